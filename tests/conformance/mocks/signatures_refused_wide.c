// compilers: clang-14
// not-modes: pedantic
// run: -j 1
#include <thimble.h>

struct wide { __int128 a; };

static int take(int a, int b, int c, int d, int e, __int128 f) { return a + b + c + d + e + (int)f; }
static int fake(int a, int b, int c, int d, int e, __int128 f) { return a - b - c - d - e - (int)f; }
static int take_struct(int a, int b, int c, int d, int e, int f, struct wide g) { return a + b + c + d + e + f + (int)g.a; }

void test_patch(void) {
    patch(take, fake);
    assert(take(1, 2, 3, 4, 5, 6) == -19);
}

void test_mock(void) { mock(take); }

void test_mock_of_a_struct(void) {
    struct wide wide = {7};
    assert(take_struct(1, 2, 3, 4, 5, 6, wide) == 28);
    mock(take_struct);
}
