// run: -j 1
#include <complex.h>
#include <limits.h>
#include <math.h>
#include <thimble.h>

void test_close(void) {
    assert_close(1.0, 1.0, 0);
    assert_close(1.0, 1.25, 0.25);
    assert_close(1.25f, 1, 0.25L);
    assert_close(7, 10, 3);
    assert_close(-3, 3U, 6);
    assert_close(INFINITY, INFINITY, 0);
    assert_close(-INFINITY, INFINITY, INFINITY);
    assert_close(1 + 1 * I, 4 + 5 * I, 5);
    assert_close(1e300 * I, 1e300, 1.5e300);
    assert_close(9223372036854775807LL, 9223372036854775806LL, 1);
    assert_close(LLONG_MIN, ULLONG_MAX, 2.8e19);
    assert_close('a', 96, 1.5);
}

void test_too_far(void) {
    double weight = 2.75;
    assert_close(weight, 2.5, 0.1);
}

void test_all_in_variables(void) {
    double weight = 2.75, expected = 2.5, tolerance = 0.125;
    assert_close(weight, expected, tolerance);
}

void test_by_a_hair(void) {
    assert_close(1.1, 1.0, 0.1);
}

void test_floats(void) {
    float single = 0.1f;
    assert_close(single, 0.1, 1e-9);
}

void test_large_integers(void) {
    long long large = 9223372036854775807LL;
    assert_close(large, 9223372036854775805LL, 1);
}

void test_integers_of_two_signs(void) {
    assert_close(LLONG_MIN, ULLONG_MAX, 1e19);
}

void test_larger_integers(void) {
    __extension__ typedef __int128 wide;
    __extension__ typedef unsigned __int128 unsigned_wide;
    wide large = (wide)1 << 100, least = (wide)((unsigned_wide)1 << 127);
    assert_close(large + 1, large, 1);
    assert_close(least, (unsigned_wide)-1, 6e38);
    assert_close(large + 2, large, 1);
}

void test_the_largest_distance(void) {
    __extension__ typedef unsigned __int128 unsigned_wide;
    __extension__ typedef __int128 wide;
    assert_close((wide)-1, (unsigned_wide)-1, LLONG_MAX);
}

void test_complex(void) {
    double complex z = 1 + 1 * I;
    assert_close(z, 4 + 5 * I, 4.9);
}

void test_nan(void) {
    double weight = NAN;
    assert_close(weight, NAN, 1);
}

void test_infinity(void) {
    assert_close(INFINITY, -INFINITY, 1e308);
}

void test_a_negative_tolerance(void) {
    double slack = -0.1;
    assert_close(1.0, 1.0, slack);
}

void test_nan_for_a_tolerance(void) {
    assert_close(1.0, 1.0, NAN);
}
