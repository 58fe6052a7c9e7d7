// modes: O2 O3 lto fortify
// run:
/* There is no such function: plain linking allows it as long as no call is left. */
#include <thimble.h>

extern void there_is_no_such_function(void);
extern int nor_this_one(int);

static const int debugging = 0;

static int is_constant(int x) {
    return __builtin_constant_p(x) ? x : nor_this_one(x);
}

static int kind_of_size(int size) {
    switch (size) {
    case 4:
        return 1;
    default:
        there_is_no_such_function();
        return 0;
    }
}

/* Goes with its only call, whatever it refers to itself. */
static int reports(int x) {
    return nor_this_one(x);
}

static int passes_on(int x) {
    return reports(x) + 1;
}

static int step(int x) {
    return x + 1;
}

void test_calls_that_go(void) {
    if (debugging) {
        if (passes_on(1))
            there_is_no_such_function();
    }
    if (sizeof(int) != 4)
        there_is_no_such_function();
    assert(kind_of_size(sizeof(int)) == 1);
    assert(is_constant(5) == 5);
    assert(step(1) == 2);
}
