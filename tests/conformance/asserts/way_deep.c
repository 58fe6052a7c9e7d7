// run: -j 1
/* Of a very long way both ends are shown. */
#include <assert.h>

static volatile int count;

static void check(int x) {
    assert(x == 0);
    count++;
}

static void dive(int depth) {
    if (depth == 0)
        check(1);
    else
        dive(depth - 1);
    count++;
}

void test_deep(void) {
    dive(10000);
}

void test_just_short_enough(void) {
    dive(17);
}

void test_just_too_deep(void) {
    dive(20);
}

static void left(int depth);

static void right(int depth) {
    left(depth - 1);
    count++;
}

static void left(int depth) {
    check(depth == 0);
    right(depth);
    count++;
}

void test_each_other(void) {
    left(300);
}
