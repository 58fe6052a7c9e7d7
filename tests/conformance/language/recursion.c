#include <thimble.h>

static int factorial(int n) {
    return n <= 1 ? 1 : n * factorial(n - 1);
}

/* A tail call each time: compilers make a loop of it, and have to go on doing so. */
static long count_down(long n, long sum) {
    if (n == 0)
        return sum;
    return count_down(n - 1, sum + 1);
}

static int is_odd(int n);

static int is_even(int n) {
    return n == 0 ? 1 : is_odd(n - 1);
}

static int is_odd(int n) {
    return n == 0 ? 0 : is_even(n - 1);
}

static int seven(int n) {
    (void)n;
    return 7;
}

void test_recursion(void) {
    assert(factorial(5) == 120);
    assert(count_down(1000, 0) == 1000);
    assert(is_even(10) && !is_odd(10));
}

void test_the_inner_calls_are_seams_too(void) {
    int (*volatile outermost)(int) = factorial;
    patch(factorial, seven);
    assert(factorial(5) == 7);
    assert(outermost(5) == 35);
}
