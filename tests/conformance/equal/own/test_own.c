// run: -j 1
#include "animal.h"
#include <thimble.h>

static _Bool equal_number(const union number *a, const union number *b) {
    return a->whole == b->whole;
}

static int calls;

/* Says all itself but for what is behind its pointers. */
static _Bool equal_tree(const struct tree *a, const struct tree *b) {
    calls++;
    assert_equal(*a, *b);
    return 1;
}

/* Not one: it takes something else. */
static _Bool equal_kennel(const struct kennel *a, int count) {
    return a->count == count;
}

void test_decides(void) {
    struct animal spot = {"Spot", 3}, shout = {"SPOT", 5}, *p = &spot, *q = &shout;
    assert_equal(spot, shout);
    assert_equal(p, q);
    assert_equal(((range){1, 2}), ((range){3, 4}));
    assert_equal(((union number){.bytes = {1, 0, 0, 0, 5}}), ((union number){.whole = 1}));
    assert(equal_kennel(&(struct kennel){.count = 3}, 3));
}

void test_decides_inside(void) {
    struct animal spot = {"Spot", 3}, shout = {"SPOT", 5}, jojo = {"Jojo", 3};
    struct kennel a = {2, {&spot, &jojo}, {0, 1}}, b = {2, {&shout, &jojo}, {10, 11}};
    assert_equal(a, b);
}

void test_says_no(void) {
    struct animal spot = {"Spot", 3}, jojo = {"Jojo", 3};
    assert_equal(spot, jojo);
}

void test_says_no_inside(void) {
    struct animal spot = {"Spot", 3}, jojo = {"Jojo", 3};
    struct kennel a = {2, {&spot, &jojo}, {0, 1}}, b = {2, {&spot, &spot}, {10, 11}};
    assert_equal(a, b);
}

void test_says_no_of_what_looks_alike(void) {
    union number a = {.whole = 1}, b = {.whole = 2};
    range x = {1, 2}, y = {1, 2.5};
    expect_equal(a, b);
    expect_equal(x, y);
}

void test_of_many(void) {
    struct animal a[] = {{"Spot", 1}, {"Jojo", 2}, {"Mimi", 3}}, b[] = {{"SPOT", 9}, {"Jo", 2}, {"mimi", 3}};
    assert_equal(a, b);
}

void test_that_compares_itself(void) {
    struct tree leaf = {.key = 1}, twin = leaf, a = {&leaf, NULL, 2, 0}, b = {&twin, NULL, 2, 0};
    assert_equal(a, b);
    assert_equal(calls, 1);
    twin.key = 5;
    assert_equal(a, b);
}

void test_that_was_left_by_a_failure(void) {
    struct tree a = {.key = 1}, b = {.key = 1};
    calls = 0;
    assert_equal(a, b);
    assert_equal(calls, 1);
}

void test_of_what_cannot_be_read(void) {
    struct animal spot = {"Spot", 3}, *p = &spot, *wild = (struct animal *)24;
    assert_equal(p, wild);
}
