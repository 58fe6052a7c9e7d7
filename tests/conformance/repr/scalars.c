// not-modes: pedantic
// run: -s -q
#include <complex.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <thimble.h>

void test_integers(void) {
    print_repr(5, -5, INT_MAX, INT_MIN, 5U, 5L, LONG_MIN, 5UL, ULONG_MAX, 5LL, 5ULL, LLONG_MIN);
    print_repr((signed char)-128, (unsigned char)255, (short)-32768, (unsigned short)65535);
    print_repr((size_t)3, (int64_t)-3, (uint8_t)3, (intptr_t)0);
    print_repr((__int128)-5, (__int128)1 << 100, ~(unsigned __int128)0, (__int128)ULLONG_MAX);
}

void test_booleans(void) {
    struct {
        bool it;
    } broken;
    bool yes = true;
    memset(&broken, 7, sizeof broken);
    print_repr(yes, (_Bool)0, 1 == 1, &broken.it);
}

void test_reals(void) {
    print_repr(0.1, 0.1f, 0.1L, 1.0, -0.0, 1e22, 1e300, 5e-324, 0.0001, 0.00001, 123456.75);
    print_repr((double)INFINITY, -(float)INFINITY, (long double)INFINITY, (double)NAN, -(float)NAN);
    union {
        unsigned long bits;
        double number;
    } odd = {.bits = 0x7ff0000000000001};
    print_repr(odd.number, 3.4028235e38f, 1.0 / 3, 2 / 3.0f, 1e-40f);
}

void test_complex_numbers(void) {
    double complex z = 1 - 0.5 * I;
    print_repr(z, (float complex)2, 0.5L * I, __builtin_complex(-0.0, 1.0),
               __builtin_complex(1.0, (double)INFINITY));
}
