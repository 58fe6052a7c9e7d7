// run: -j 1
#include <complex.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <thimble.h>

/* Numbers that differ. */

enum color { RED = 1, GREEN = 2, BLUE = 4 };

void test_integers(void) {
    int count = 4;
    assert_equal(count, 3);
}

void test_two_variables(void) {
    int count = 4;
    long expected = 3;
    assert_equal(count, expected);
}

void test_minus_one_and_the_largest(void) {
    unsigned size = 4294967295;
    assert_equal(-1, size);
}

void test_minus_one_and_the_largest_of_another_size(void) {
    int status = -1;
    assert_equal(18446744073709551615ULL, status);
}

void test_char_and_int(void) {
    char c = 'a';
    assert_equal(c, 98);
}

void test_chars(void) {
    char c = '\n';
    assert_equal(c, '\t' + 2);
    assert_equal(c, ((char[]){'x', 0})[0]);
}

void test_enum_and_number(void) {
    enum color color = GREEN;
    assert_equal(color, 3);
}

void test_enums(void) {
    enum color color = RED | BLUE, other = GREEN;
    assert_equal(color, other);
}

void test_bool(void) {
    bool found = true;
    assert_equal(found, false);
}

void test_float_and_double(void) {
    float single = 0.1f;
    assert_equal(single, 0.1);
}

void test_almost_the_same(void) {
    double sum = 0.1 + 0.2;
    assert_equal(sum, 0.3);
}

void test_large_integer_and_double(void) {
    long long large = 9007199254740993;
    assert_equal(large, 9007199254740992.0);
}

void test_nan(void) {
    double nan = NAN;
    assert_equal(nan, nan);
}

void test_infinity(void) {
    assert_equal(INFINITY, -INFINITY);
}

void test_complex(void) {
    double complex z = 1 + 2 * I;
    assert_equal(z, 1);
}

void test_calls(void) {
    assert_equal(abs(-3), abs(4));
}

void test_what_is_given_away(void) {
    assert_equal(1, 2);
}

void test_a_comparison(void) {
    int n = 3;
    assert_equal(n == 3, n == 4);
}

void test_a_long_operand(void) {
    int a_long_name_of_a_variable = 1, another_long_name_of_a_variable = 2;
    assert_equal(a_long_name_of_a_variable + another_long_name_of_a_variable * 3, a_long_name_of_a_variable);
}
