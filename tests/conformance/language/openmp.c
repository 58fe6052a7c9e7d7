// flags: -fopenmp
// libs: -fopenmp
// compilers: gcc clang-14
#include <thimble.h>

static int value(int x) {
    return x + 1;
}

static int other(int x) {
    return 100 * x;
}

static long total(void) {
    long sum = 0;
#pragma omp parallel for reduction(+ : sum) num_threads(2)
    for (int i = value(-1); i < 100; i++)
        sum += value(i);
#pragma omp parallel sections num_threads(2)
    {
#pragma omp section
        {
            int zero = value(0); /* in the update itself it is no seam on Clang */
#pragma omp atomic
            sum += zero;
        }
#pragma omp section
        {
            int x = value(1);
#pragma omp critical
            sum += x;
        }
    }
    return sum;
}

void test_unpatched(void) {
    assert(total() == 5050 + 3);
}

void test_patched(void) {
    patch(value, other);
    assert(total() == -10000 + 0 + 100);
}
