// compilers: gcc
// libs: -Wl,-z,execstack
// not-modes: pedantic
#include <thimble.h>

static int base(int x) {
    return x;
}

static int seven(int x) {
    return x + 7;
}

static int outer(int n) {
    int inner(int x) {
        int innermost(int y) {
            return base(y) + n;
        }
        return innermost(x) + base(1);
    }
    return inner(10);
}

void test_calls_inside_nested_functions(void) {
    assert(outer(100) == 111);
    patch(base, seven);
    assert(outer(100) == 125);
}

void test_a_nested_function_as_replacement(void) {
    int add(int x) {
        return x + 1000;
    }
    patch(base, add);
    assert(base(1) == 1001);
}
