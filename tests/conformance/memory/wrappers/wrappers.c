// not-modes: sanitize
// run: -j 1
#include <assert.h>
#include <malloc.h>
#include <stdint.h>
#include <string.h>

#include "wrappers.h"

/* Kept where the search for pointers does not look. */
static uintptr_t hidden;

static __attribute__((noinline)) void hide_at(char *block, size_t offset) {
    memset(block, 0, malloc_usable_size(block));
    hidden = ~(uintptr_t)(block + offset);
}

static void hide(void *block) {
    hide_at(block, 0);
}

static void *defined_later(size_t size);

static void *in_the_same_unit(int size) {
    return malloc((size_t)size);
}

/* The block begins in front of what it returns. */
static void *with_a_header(size_t size) {
    long *block = malloc(sizeof(long) + size);
    *block++ = 1;
    return block;
}

static void *of_rounded_size(size_t size) {
    char *block = in_the_same_unit((int)((size + 15) & ~(size_t)15));
    return block;
}

/* What it returns was made before. */
static char *into(char *buffer, int at) {
    return buffer + at;
}

static void by_holder(size_t size, void **holder) {
    *holder = malloc(size);
}

static void *through_a_helper(size_t size) {
    void *block;
    by_holder(size, &block);
    return block;
}

void test_defined_before_and_after(void) {
    struct animal *one = in_the_same_unit(sizeof(struct animal));
    hide(one);
    hide((double *)defined_later(24));
}

void test_in_another_unit_and_in_a_header(void) {
    double *numbers = elsewhere(4 * sizeof(*numbers));
    hide(numbers);
    short *more = in_a_header(3, 2);
    hide(more);
}

void test_that_resizes(void) {
    int *numbers = elsewhere(8);
    numbers = elsewhere_again(numbers, 4000);
    hide(numbers);
}

void test_through_a_pointer(void) {
    struct allocator allocator = own_allocator();
    struct animal *own = allocator.allocate(allocator.state, sizeof(*own));
    hide(own);
    void *(*libcs)(size_t) = malloc;
    hide((long *)libcs(80));
}

void test_a_chain_with_a_header_and_a_helper(void) {
    hide((int *)of_rounded_size(33));
    float *behind_a_header = with_a_header(16);
    hide_at((char *)behind_a_header - sizeof(long), sizeof(long));
    struct animal *helped = through_a_helper(16);
    hide(helped);
}

void test_characters(void) {
    hide(text_of(10));
}

void test_a_type_that_is_known_inside(void) {
    hide(knows_its_type(2));
}

void test_an_old_block_stays_what_it_is(void) {
    char *text = malloc(20);
    assert(*into(text, 3) != *into(text, 3) + 1);
    hide_at(into(text, 5) - 5, 5);
}

void test_where_a_variable_tells(void) {
    void *block = elsewhere(sizeof(long));
    struct animal *animal = block;
    animal->weight = 2;
    hide(block);
}

static void *defined_later(size_t size) {
    return elsewhere(size);
}
