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

/* The blocks: what the code in braces behind them does has to end it.
 *
 *     assert_exits(2) {
 *         usage("zoo");
 *     }
 *     assert_called_once_with(print, "usage: zoo FILE");
 *
 * They run in this process, so that all of it can be looked at afterwards, and go on behind
 * the block; variables have the values that the code gave them. One that is left in another
 * way (at its end, by break, continue, goto or return) without what it waits for fails the
 * test at its line; whatever else happens passes outward, to the next block that waits for it.
 * They nest, in each other and in with_patch, which is undone on the way. They catch in the
 * thread and the process that entered them: not in other threads, nor in a process that was
 * forked in them. They work in tests, and in setup, fixtures and teardown. What a block
 * allocated before it was ended is no leak. Follows TestCase.assertRaises.
 *
 * The code behind them calls exit with this status, of which the lowest eight bits count: by
 * exit, quick_exit and what calls them anywhere (errx in a library), and by _exit in files
 * compiled with the flag. What was registered with atexit in the block runs, all that was
 * before stays. */
#define thimble_assert_exits(...) \
    THIMBLE_CATCHING_BLOCK_(      \
        thimble_assert_exits_at(__FILE__, __LINE__, (__VA_ARGS__), #__VA_ARGS__))
THIMBLE_API struct thimble_block thimble_assert_exits_at(const char *file, int line, int status,
                                                         const char *text);

/* It aborts: abort, a failed check of libc's (a double free, a smashed stack), SIGABRT. */
#define thimble_assert_aborts() \
    THIMBLE_CATCHING_BLOCK_(thimble_assert_aborts_at(__FILE__, __LINE__))
THIMBLE_API struct thimble_block thimble_assert_aborts_at(const char *file, int line);

/* It gets that signal: by a fault (an overflow of the stack, too), raise, kill or a timer, and
 * also where it was blocked. The signal's handler and whether it is blocked are put back
 * behind the block. SIGKILL and SIGSTOP cannot be caught: an error. A signal for which the
 * code installs a handler of its own goes to that. */
#define thimble_assert_signals(...) \
    THIMBLE_CATCHING_BLOCK_(        \
        thimble_assert_signals_at(__FILE__, __LINE__, (__VA_ARGS__), #__VA_ARGS__))
THIMBLE_API struct thimble_block thimble_assert_signals_at(const char *file, int line, int signal,
                                                           const char *text);

/* Something fails in it, an assert, expect or check of a mock, and this is a part of what would
 * be shown: the line that begins with FILE:LINE, and the operands below. What fails in it does
 * not count for the test; an assert ends the block, after an expect it goes on. Follows
 * TestCase.assertRaisesRegex. */
#define thimble_assert_fails(...) \
    THIMBLE_CATCHING_BLOCK_(thimble_assert_fails_at(__FILE__, __LINE__, (__VA_ARGS__)))
THIMBLE_API struct thimble_block thimble_assert_fails_at(const char *file, int line,
                                                         const char *text);

/* A part of a test that fails by itself: subtest("%d legs", legs) { … } An assert that fails in
 * it ends it, is reported with its name, formatted as by printf, and the test goes on; it has
 * failed in the end. skip() in it skips it. One within another is named "outer: inner".
 * Follows TestCase.subTest. */
#define thimble_subtest(...) THIMBLE_CATCHING_BLOCK_(thimble_subtest_of(__VA_ARGS__))
THIMBLE_API struct thimble_block thimble_subtest_of(const char *format, ...)
    __attribute__((__format__(__printf__, 1, 2)));

/* e returns -1 of its type, NULL or MAP_FAILED, and errno, which is cleared before e is
 * evaluated, is then `error`. e is an integer or a pointer. */
#define thimble_assert_errno(error, ...)                                             \
    (thimble_errno_clear(),                                                          \
     thimble_assert_errno_at(__FILE__, __LINE__, (error),                            \
                             THIMBLE_CLOSE_((__VA_ARGS__), #__VA_ARGS__),            \
                             THIMBLE_INTEGER_OR_POINTER_((__VA_ARGS__), #__VA_ARGS__)))
THIMBLE_API int thimble_errno_clear(void);
THIMBLE_API void thimble_assert_errno_at(const char *file, int line, int error,
                                         struct thimble_value value, size_t integer_or_pointer);

/* Is 1; a compile error where x is anything else. */
#define THIMBLE_INTEGER_OR_POINTER_(x, text)                                                \
    (__extension__ sizeof(struct {                                                          \
        THIMBLE_REQUIRE_(__builtin_classify_type(x) >= 1 && __builtin_classify_type(x) <= 5, \
                         assert_errno_is_for_integers_and_pointers,                         \
                         "assert_errno is for what returns an integer or a pointer, not for " text) \
        char is;                                                                            \
    }))

/* Ends the test here, or the subtest: it is skipped, neither passed nor failed, and this is
 * why. In a thread or a process that the test made it is a failure. Follows pytest.skip. */
#define thimble_skip(...) thimble_skip_at(__FILE__, __LINE__, __VA_ARGS__)
THIMBLE_API void thimble_skip_at(const char *file, int line, const char *why)
    __attribute__((__noreturn__));

/* The same where the condition holds: skip_if(getuid() == 0, "root may write anywhere"). */
#define thimble_skip_if(condition, ...) ((condition) ? thimble_skip(__VA_ARGS__) : (void)0)

/* Ends the test here: it is known to fail, and this is why. Follows pytest.xfail. */
#define thimble_xfail(...) thimble_xfail_at(__FILE__, __LINE__, __VA_ARGS__)
THIMBLE_API void thimble_xfail_at(const char *file, int line, const char *why)
    __attribute__((__noreturn__));

#ifndef THIMBLE_PREFIXED_ONLY
#define expect thimble_expect
#define assert_equal thimble_assert_equal
#define expect_equal thimble_expect_equal
#define assert_close thimble_assert_close
#define assert_exits thimble_assert_exits
#define assert_aborts thimble_assert_aborts
#define assert_signals thimble_assert_signals
#define assert_fails thimble_assert_fails
#define assert_errno thimble_assert_errno
#define subtest thimble_subtest
#define skip thimble_skip
#define skip_if thimble_skip_if
#define xfail thimble_xfail
#endif

#endif
