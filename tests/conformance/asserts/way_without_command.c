// shell: THIMBLE_COMMAND=/nonexistent ./tests -j 1
// shell: THIMBLE_COMMAND=false ./tests -j 1
// shell: THIMBLE_COMMAND=true ./tests -j 1 --format=json | grep -c '"outcome": "failed"'
/* Without the command `thimble` nobody knows lines; what is known by name still is shown,
 * and no failure is lost. */
#include <assert.h>

static void __attribute__((noinline)) check(int x) {
    assert(x < 3);
}

static void __attribute__((noinline)) twice(int x) {
    check(x);
    check(x + 1);
}

void test_itself(void) {
    assert(1 == 2);
}

void test_helper(void) {
    check(4);
}

void test_deeper(void) {
    twice(2);
}
