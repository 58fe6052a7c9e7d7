// modes: O2 O3 lto fortify
/* A million tail calls: only where they are made into a loop does the stack suffice. */
#include <assert.h>

static long count_down(long n, long sum) {
    if (n == 0)
        return sum;
    return count_down(n - 1, sum + n % 3);
}

void test_a_loop_is_made_of_it(void) {
    volatile long n = 3000000;
    assert(count_down(n, 0) == 3000000);
}
