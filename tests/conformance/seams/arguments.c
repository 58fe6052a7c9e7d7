// not-modes: pedantic
#include <stdarg.h>
#include <thimble.h>

typedef int callback(int);

static double ten(char a, short b, int c, long d, float e, double f, const char *g, unsigned h,
                  long long i, callback *j) {
    return a + b + c + d + (double)e + f + g[0] + h + (double)i + j(1);
}

static long double longest(long double x, _Bool b) {
    return b ? x : -x;
}

static double _Complex turned(double _Complex z) {
    return z * 1.0i;
}

static int sum(int count, ...) {
    va_list arguments;
    va_start(arguments, count);
    int total = 0;
    for (int i = 0; i < count; i++)
        total += va_arg(arguments, int);
    va_end(arguments);
    return total;
}

static int product(int count, ...) {
    va_list arguments;
    va_start(arguments, count);
    int total = 1;
    for (int i = 0; i < count; i++)
        total *= va_arg(arguments, int);
    va_end(arguments);
    return total;
}

static int plus_one(int x) {
    return x + 1;
}

static double fake_ten(char a, short b, int c, long d, float e, double f, const char *g, unsigned h,
                       long long i, callback *j) {
    return a == 'a' && b == -2 && c == 3 && d == -4 && e == 5.5f && f == -6.25 && g[0] == 'g' &&
           h == 4000000000u && i == -9 && j(9) == 10;
}

void test_ten_arguments_patched(void) {
    patch(ten, fake_ten);
    assert(ten('a', -2, 3, -4, 5.5f, -6.25, "g", 4000000000u, -9, plus_one) == 1);
}

void test_ten_arguments_mocked(void) {
    mock_return(ten, 2.5);
    assert(ten('a', -2, 3, -4, 5.5f, -6.25, "g", 4000000000u, -9, plus_one) == 2.5);
    assert_called_once_with(ten, 'a', -2, 3, -4, 5.5f, -6.25, "g", 4000000000u, -9, plus_one);
    assert_called_with(ten, ANY, ANY, ANY, -4, 5.5, ANY, ANY, 4e9, ANY, ANY);
}

void test_long_double_and_bool(void) {
    mock_return(longest, 1.5L);
    assert(longest(-2.5L, 7) == 1.5L);
    assert_called_once_with(longest, -2.5L, 1);
}

void test_complex(void) {
    mock_return(turned, 1.5 + 2.0i);
    assert(turned(3.0i) == 1.5 + 2.0i);
    assert_called_once_with(turned, 3.0i);
}

void test_variadic(void) {
    assert(sum(3, 1, 2, 4) == 7);
    patch(sum, product);
    assert(sum(3, 2, 3, 4) == 24);
    assert(sum(0) == 1);
    assert(sum(9, 1, 1, 1, 2, 2, 2, 3, 3, 3) == 216);
}

void test_variadic_mocked(void) {
    mock_return(sum, 11);
    assert(sum(2, 5, 6) == 11);
    assert(mock_call_count(sum) == 1);
}

static int called;

static void count_call(void) {
    called++;
}

static void nothing(void) {
}

void test_no_arguments_and_no_value(void) {
    patch(nothing, count_call);
    nothing();
    nothing();
    assert(called == 2);
    mock(nothing);
    nothing();
    assert_called_once_with(nothing);
    assert(called == 2);
}
