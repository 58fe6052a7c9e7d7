// compilers: gcc clang-19
// not-modes: pedantic
// run: -j 1
/* Up to version 17 Clang has a way of its own. */
#include <thimble.h>

static __int128 wide(int a, int b, int c, int d, int e, __int128 f, int g, int h, __int128 i) {
    return a + b + c + d + e + f + g + h + i;
}

void test_behind_the_registers(void) {
    __int128 six = (__int128)6 << 80, nine = (__int128)9 << 90;
    mock_spy(wide);
    assert(wide(1, 2, 3, 4, 5, six, 7, 8, nine) == six + nine + 30);
    assert_called_once_with(wide, 1, 2, 3, 4, 5, six, 7, 8, nine);
}
