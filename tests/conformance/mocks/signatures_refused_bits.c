// compilers: clang
// not-modes: pedantic
// run: -j 1
#include <thimble.h>

static int take(unsigned _BitInt(37) wide) {
    return (int)wide;
}

static int fake(unsigned _BitInt(37) wide) {
    return -(int)wide;
}

void test_patch(void) {
    patch(take, fake);
    assert(take(5) == -5);
}

void test_mock(void) {
    mock(take);
}
