// not-modes: sanitize
// run: -j 1
#define _GNU_SOURCE
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct animal {
    const char *name;
    long weight;
};

struct node {
    struct node *next;
    int value;
};

/* Kept where the tracker's search for pointers does not look. */
static uintptr_t hidden;

static void hide(void *block) {
    hidden = ~(uintptr_t)block;
}

static struct animal *make_animal(const char *name) {
    struct animal *animal = malloc(sizeof(*animal));
    animal->name = strdup(name);
    animal->weight = 5;
    return animal;
}

void test_one_block_with_its_type(void) {
    struct animal *animal = calloc(1, sizeof(struct animal));
    hide(animal);
}

void test_type_by_cast(void) {
    hide((double *)memset(malloc(40), 0, 40));
}

void test_type_by_target(void) {
    int *numbers = calloc(10, 4);
    hide(numbers);
}

void test_made_in_the_code_under_test(void) {
    hide(make_animal("Jojo"));
}

void test_many_of_one_site(void) {
    for (int i = 0; i < 100; i++)
        hide(memcpy(malloc(7), &(char[7]){1, 2, 3, i}, 7));
}

void test_several_sites(void) {
    hide(strdup("1234567"));
    hide(calloc(3, sizeof(struct node)));
    hide(memset(realloc(NULL, 50), 0, 50));
}

void test_a_block_that_grew(void) {
    char *text = strcpy(malloc(10), "grows");
    text = realloc(text, 100000);
    hide(text);
}

void test_a_circle(void) {
    struct node *a = malloc(sizeof(*a)), *b = malloc(sizeof(*b));
    *a = (struct node){b, 1};
    *b = (struct node){a, 2};
    hide(a);
}

void test_a_line_read_by_libc_into_our_block(void) {
    char *line = malloc(8);
    size_t size = 8;
    char text[200];
    memset(text, 'x', sizeof(text));
    text[199] = '\n';
    FILE *memory = fmemopen(text, sizeof(text), "r");
    assert(getline(&line, &size, memory) == 200);
    fclose(memory);
    hide(line);
}

void test_asprintf(void) {
    char *text;
    assert(asprintf(&text, "%d", 12345) == 5);
    hide(text);
}

void test_posix_memalign(void) {
    void *block;
    assert(posix_memalign(&block, 64, 128) == 0);
    hide(memset(block, 0, 128));
}

void test_an_array_of_pointers(void) {
    struct animal **animals = malloc(3 * sizeof(*animals));
    for (int i = 0; i < 3; i++)
        animals[i] = make_animal("Spot");
    hide(animals);
}
