// compilers: gcc clang-14
// not-modes: pedantic
// run: -j 1
/* Later Clangs warn of such a function wherever it stands. */
#include <thimble.h>

static int no_prototype();
static int no_prototype(a, b, c)
    int a;
    double b;
    const char *c;
{
    return a + (int)b + c[0];
}

void test_without_a_prototype(void) {
    mock_return(no_prototype, 4);
    assert(no_prototype(1, 2.5, "three") == 4);
    assert_called_once_with(no_prototype, 1, 2.5, "three");
    mock_spy(no_prototype);
    assert(no_prototype(1, 2.5, "three") == 1 + 2 + 't');
}
