/* Functions as they were written before prototypes. */
#if defined __clang__ && __clang_major__ >= 15
#pragma GCC diagnostic ignored "-Wdeprecated-non-prototype"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#endif
#include <thimble.h>

static int add(a, b) int a;
char b;
{
    return a + b;
}

static float half(x) float x;
{
    return x / 2;
}

static int fake_add(a, b) int a;
char b;
{
    return a * b;
}

static int undeclared_parameters() {
    return 4;
}

void test_unpatched(void) {
    assert(add(2, (char)3) == 5);
    assert(half(3.0f) == 1.5f);
    assert(undeclared_parameters() == 4);
}

void test_patched(void) {
    patch(add, fake_add);
    assert(add(2, (char)3) == 6);
}

void test_mocked(void) {
    mock_return(add, 9);
    assert(add(2, (char)3) == 9);
    assert_called_once_with(add, 2, 3);
    mock_return(half, 2.5f);
    assert(half(1.0f) == 2.5f);
    mock_return(undeclared_parameters, 5);
    assert(undeclared_parameters() == 5);
}
