/* thimble/check.h: what has to hold.
 *
 *     void test_feeds(void) {
 *         struct animal spot = feed(3);
 *         assert(spot.grams == 3 && strcmp(spot.name, "Spot") == 0);
 *         assert_equal(spot, (struct animal){.name = "Spot", .grams = 3});
 *     }
 *
 * `assert` is <assert.h>'s. What fails is told with the values of all operands that
 * were evaluated. An assert_… ends the test there, an expect… lets it go on; the test
 * has failed either way.
 */
#ifndef THIMBLE_CHECK_H
#define THIMBLE_CHECK_H

#pragma GCC system_header

#include <thimble/base.h>

/* Like assert, but the test goes on. */
#define thimble_expect(...) \
    ((__VA_ARGS__) ? (void)0 : thimble_expect_failed(#__VA_ARGS__, __FILE__, __LINE__))
THIMBLE_API void thimble_expect_failed(const char *text, const char *file, int line);

/* a equals b: numbers by their mathematical value, so -1 is not 4294967295; strings by
 * content; structs and unions of one type by field, arrays by element, pointers by what
 * they point to, as deep as that goes. A type's own `_Bool equal_NAME(const struct NAME
 * *, const struct NAME *)` decides for it, wherever in the program it stands. Operands
 * that no C program could compare are a compile error. Follows TestCase.assertEqual. */
#define thimble_assert_equal(a, ...)                                                   \
    thimble_assert_equal_at(__FILE__, __LINE__, (struct thimble_value)THIMBLE_OBJECT_(a), \
                            (struct thimble_value)THIMBLE_OBJECT_((__VA_ARGS__)))
THIMBLE_API void thimble_assert_equal_at(const char *file, int line, struct thimble_value a,
                                         struct thimble_value b);

#define thimble_expect_equal(a, ...)                                                   \
    thimble_expect_equal_at(__FILE__, __LINE__, (struct thimble_value)THIMBLE_OBJECT_(a), \
                            (struct thimble_value)THIMBLE_OBJECT_((__VA_ARGS__)))
THIMBLE_API void thimble_expect_equal_at(const char *file, int line, struct thimble_value a,
                                         struct thimble_value b);

/* The numbers a and b, real or complex, are at most `tolerance` apart. Infinities of one
 * sign are close, a NaN is close to nothing. Follows TestCase.assertAlmostEqual with its
 * delta. */
#define thimble_assert_close(a, b, ...)                                                \
    thimble_assert_close_at(__FILE__, __LINE__, (struct thimble_value)THIMBLE_VALUE_(a),  \
                            (struct thimble_value)THIMBLE_VALUE_(b),                   \
                            (struct thimble_value)THIMBLE_VALUE_((__VA_ARGS__)))
THIMBLE_API void thimble_assert_close_at(const char *file, int line, struct thimble_value a,
                                         struct thimble_value b, struct thimble_value tolerance);

#ifndef THIMBLE_PREFIXED_ONLY
#define expect thimble_expect
#define assert_equal thimble_assert_equal
#define expect_equal thimble_expect_equal
#define assert_close thimble_assert_close
#endif

#endif
