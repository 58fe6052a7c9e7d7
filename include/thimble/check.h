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

/* Like assert, but the test goes on: it has failed, and all its failures are shown in
 * order, of very many the first hundred. In any thread or process of the test; outside a
 * test the text goes to standard error. */
#define thimble_expect(...) \
    ((__VA_ARGS__) ? (void)0 : thimble_expect_failed(#__VA_ARGS__, __FILE__, __LINE__))
THIMBLE_API void thimble_expect_failed(const char *text, const char *file, int line);

/* a equals b, by their type. Operands that no C program could compare are a compile error.
 *
 *   numbers   by their value in mathematics; nothing is converted: -1 is not 4294967295,
 *             0.1f is not 0.1, 'a' is 97, 2.0 + 0.0i is 2. -0.0 is 0.0. NaN is equal to
 *             nothing, wherever it stands.
 *   strings   (char * and arrays of char; wchar_t, char16_t, char32_t and char8_t) by
 *             content, up to the zero; what stands behind it doesn't count. An array
 *             without a zero is a string to its end.
 *   pointers  are equal where the addresses are; else by the one object that each points
 *             to, as deep as that goes, through circles too. Beside an array a pointer
 *             stands for as many elements. void *, pointers to functions and to structs
 *             that no file compiled with the flag describes: by address. NULL is equal to
 *             NULL. What can't be read is equal to nothing.
 *   arrays    of one length, by element. One whose bound only the run knows is a pointer.
 *   structs   by field, never by padding. A flexible array member is left out, for its
 *             length is nowhere written.
 *   unions    by all their bytes, for nobody knows which member counts.
 *
 * A struct or union decides for itself, wherever it occurs, with a function `_Bool
 * equal_NAME(const struct NAME *, const struct NAME *)` in any file of the program. While
 * that runs, others of its type are compared by field.
 *
 * Memory is read in a way that cannot fault. Follows TestCase.assertEqual. */
#define thimble_assert_equal(a, ...)                                  \
    thimble_assert_equal_at(__FILE__, __LINE__, THIMBLE_EQUAL_(a, #a), \
                            THIMBLE_EQUAL_((__VA_ARGS__), #__VA_ARGS__))
THIMBLE_API void thimble_assert_equal_at(const char *file, int line, struct thimble_value a,
                                         struct thimble_value b);

#define thimble_expect_equal(a, ...)                                  \
    thimble_expect_equal_at(__FILE__, __LINE__, THIMBLE_EQUAL_(a, #a), \
                            THIMBLE_EQUAL_((__VA_ARGS__), #__VA_ARGS__))
THIMBLE_API void thimble_expect_equal_at(const char *file, int line, struct thimble_value a,
                                         struct thimble_value b);

#define THIMBLE_EQUAL_(x, text) \
    ((struct thimble_value)THIMBLE_VALUE_OF_(THIMBLE_REF_OBJECT, x, text))

/* The numbers a and b, real or complex, are at most `tolerance` apart. Infinities of one
 * sign are close, a NaN is close to nothing. A tolerance is a real number, zero or more.
 * Follows TestCase.assertAlmostEqual with its delta. */
#define thimble_assert_close(a, b, ...)                                                    \
    thimble_assert_close_at(__FILE__, __LINE__, THIMBLE_CLOSE_(a, #a), THIMBLE_CLOSE_(b, #b), \
                            THIMBLE_CLOSE_((__VA_ARGS__), #__VA_ARGS__))
THIMBLE_API void thimble_assert_close_at(const char *file, int line, struct thimble_value a,
                                         struct thimble_value b, struct thimble_value tolerance);

#define THIMBLE_CLOSE_(x, text) ((struct thimble_value)THIMBLE_VALUE_OF_(THIMBLE_REF_TYPE, x, text))

#ifndef THIMBLE_PREFIXED_ONLY
#define expect thimble_expect
#define assert_equal thimble_assert_equal
#define expect_equal thimble_expect_equal
#define assert_close thimble_assert_close
#endif

#endif
