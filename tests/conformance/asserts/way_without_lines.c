// flags: -g0
// run: -j 1
/* Who says -g0 gets no lines. What is known by name is shown. */
#include <assert.h>
#include <stdlib.h>

static void __attribute__((noinline)) check(int x) {
    assert(x < 3);
}

static void __attribute__((noinline)) twice(int x) {
    check(x);
    check(x + 1);
}

static int __attribute__((noinline)) compare(const void *left, const void *right) {
    twice(*(const int *)left);
    return *(const int *)left - *(const int *)right;
}

void test_itself(void) {
    assert(1 == 2);
}

void test_helper(void) {
    check(4);
}

void test_callback(void) {
    int numbers[] = {9, 8, 7};
    compare(numbers, numbers + 1);
    qsort(numbers, 3, sizeof *numbers, compare);
}
