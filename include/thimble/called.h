/* thimble/called.h: what mocks were called with.
 *
 *     assert_called_once_with(feed, "Spot", 3);
 *     assert_called_with(feed, ANY, BETWEEN(1, 5));
 *     assert_any_call(feed, arg("name", STARTS_WITH("Sp")));
 *     assert_has_calls(feed, call("Spot", 3), call("Jojo", 2));
 *
 * A call is kept as it was when it was made: strings and what pointers pointed to, too.
 * An expected value converts to the parameter's type as in a call; in its place may stand a
 * matcher. `char *` are equal by content; another pointer to data is where the address
 * is the same or what it pointed to then is equal to what the expected one points to now.
 * A check that fails says what was expected and shows every recorded call.
 */
#ifndef THIMBLE_CALLED_H
#define THIMBLE_CALLED_H

#pragma GCC system_header

#include <thimble/base.h>

/* ---- Matchers: what an argument is compared with, where that is not a value ---- */

enum thimble_matcher_kind {
    THIMBLE_MATCH_ANY = 1,
    THIMBLE_MATCH_EQ,
    THIMBLE_MATCH_NE,
    THIMBLE_MATCH_LT,
    THIMBLE_MATCH_GT,
    THIMBLE_MATCH_BETWEEN,     /* two values */
    THIMBLE_MATCH_CLOSE,       /* two */
    THIMBLE_MATCH_CONTAINS,    /* a string */
    THIMBLE_MATCH_STARTS_WITH, /* a string */
    THIMBLE_MATCH_MATCHES,     /* a string */
    THIMBLE_MATCH_BYTES,       /* a pointer and a count */
    THIMBLE_MATCH_SAME,
    THIMBLE_MATCH_POINTS_TO, /* may be a matcher */
    THIMBLE_MATCH_WHERE,     /* a function */
    THIMBLE_MATCH_ARG        /* the argument `name` with what the value says, which may be a matcher */
};

struct thimble_matcher {
    int kind;         /* enum thimble_matcher_kind */
    const char *name; /* ARG */
    size_t count;
    const struct thimble_value *values;
};

#define THIMBLE_MATCHER_(kind, name, ...)                      \
    ((struct thimble_matcher){kind, name,                      \
                              THIMBLE_VALUES_(THIMBLE_TEXTLESS_, 0, __VA_ARGS__)})
#define THIMBLE_TEXTLESS_(x) THIMBLE_VALUE_OF_(THIMBLE_REF_TYPE, x, (const char *)0)
#define THIMBLE_OBJECT_MATCHER_(kind, x)                                         \
    ((struct thimble_matcher){kind, (const char *)0, 1,                          \
                              (struct thimble_value[]){THIMBLE_VALUE_OF_(        \
                                  THIMBLE_REF_OBJECT, x, (const char *)0)}})

/* Equal to whatever it is compared with. Follows unittest.mock.ANY. */
#define thimble_ANY ((struct thimble_matcher){.kind = THIMBLE_MATCH_ANY})
/* As a value without a matcher; and all others. */
#define thimble_EQ(...) THIMBLE_MATCHER_(THIMBLE_MATCH_EQ, (const char *)0, (__VA_ARGS__))
#define thimble_NE(...) THIMBLE_MATCHER_(THIMBLE_MATCH_NE, (const char *)0, (__VA_ARGS__))
/* Numbers by their value, pointers by address, strings by strcmp. */
#define thimble_LT(...) THIMBLE_MATCHER_(THIMBLE_MATCH_LT, (const char *)0, (__VA_ARGS__))
#define thimble_GT(...) THIMBLE_MATCHER_(THIMBLE_MATCH_GT, (const char *)0, (__VA_ARGS__))
/* Both ends count. */
#define thimble_BETWEEN(least, ...) \
    THIMBLE_MATCHER_(THIMBLE_MATCH_BETWEEN, (const char *)0, least, (__VA_ARGS__))
/* A number that is at most `tolerance` away. */
#define thimble_CLOSE(value, ...) \
    THIMBLE_MATCHER_(THIMBLE_MATCH_CLOSE, (const char *)0, value, (__VA_ARGS__))
/* Strings. The last is a POSIX extended regular expression, found anywhere in the string. */
#define thimble_CONTAINS(...) THIMBLE_MATCHER_(THIMBLE_MATCH_CONTAINS, (const char *)0, (__VA_ARGS__))
#define thimble_STARTS_WITH(...) \
    THIMBLE_MATCHER_(THIMBLE_MATCH_STARTS_WITH, (const char *)0, (__VA_ARGS__))
#define thimble_MATCHES(...) THIMBLE_MATCHER_(THIMBLE_MATCH_MATCHES, (const char *)0, (__VA_ARGS__))
/* A pointer to these n bytes. */
#define thimble_BYTES(p, ...) \
    THIMBLE_MATCHER_(THIMBLE_MATCH_BYTES, (const char *)0, p, (__VA_ARGS__))
/* A pointer with this address. */
#define thimble_SAME(...) THIMBLE_MATCHER_(THIMBLE_MATCH_SAME, (const char *)0, (__VA_ARGS__))
/* A pointer to something that is equal to this value, or that this matcher accepts. */
#define thimble_POINTS_TO(...) THIMBLE_OBJECT_MATCHER_(THIMBLE_MATCH_POINTS_TO, (__VA_ARGS__))
/* Whatever the function says of it, which takes what the parameter takes: WHERE(is_even). */
#define thimble_WHERE(...) THIMBLE_MATCHER_(THIMBLE_MATCH_WHERE, (const char *)0, (__VA_ARGS__))

/* The argument of that name with this value or matcher; those that no arg speaks of are ANY.
 * Leading underscores don't count; "1" is the first one. */
#define thimble_arg(name, ...) THIMBLE_MATCHER_(THIMBLE_MATCH_ARG, name, (__VA_ARGS__))

/* ---- Checks ---- */

#define THIMBLE_NAME_OF_FIRST_(f, ...) THIMBLE_NAME_(f)

/* How often f's mock was called. Follows Mock.call_count. */
#define thimble_mock_call_count(f) thimble_mock_call_count_at(__FILE__, __LINE__, THIMBLE_NAME_(f))
THIMBLE_API size_t thimble_mock_call_count_at(const char *file, int line, struct thimble_name f);

/* f's mock was called; once; never. Follow Mock.assert_called and so on. */
#define thimble_assert_called(f) thimble_assert_called_at(__FILE__, __LINE__, THIMBLE_NAME_(f))
THIMBLE_API void thimble_assert_called_at(const char *file, int line, struct thimble_name f);
#define thimble_assert_called_once(f) \
    thimble_assert_called_once_at(__FILE__, __LINE__, THIMBLE_NAME_(f))
THIMBLE_API void thimble_assert_called_once_at(const char *file, int line, struct thimble_name f);
#define thimble_assert_not_called(f) \
    thimble_assert_not_called_at(__FILE__, __LINE__, THIMBLE_NAME_(f))
THIMBLE_API void thimble_assert_not_called_at(const char *file, int line, struct thimble_name f);

/* Behind the function come the arguments: (f, a, b, …), up to 32. `written` is all of that as it
 * stands in the source. */
#define THIMBLE_CHECK_(check, written, ...)                                               \
    check(__FILE__, __LINE__, THIMBLE_NAME_OF_FIRST_(__VA_ARGS__, ), written,             \
          THIMBLE_VALUES_(THIMBLE_TEXTLESS_, __VA_ARGS__))

/* The last call of f's mock had these arguments. Follows Mock.assert_called_with. */
#define thimble_assert_called_with(...) \
    THIMBLE_CHECK_(thimble_assert_called_with_at, #__VA_ARGS__, __VA_ARGS__)
THIMBLE_API void thimble_assert_called_with_at(const char *file, int line, struct thimble_name f,
                                               const char *written, size_t count,
                                               const struct thimble_value *values);

/* f's mock was called once, with these arguments. Follows
 * Mock.assert_called_once_with. */
#define thimble_assert_called_once_with(...) \
    THIMBLE_CHECK_(thimble_assert_called_once_with_at, #__VA_ARGS__, __VA_ARGS__)
THIMBLE_API void thimble_assert_called_once_with_at(const char *file, int line,
                                                    struct thimble_name f, const char *written,
                                                    size_t count,
                                                    const struct thimble_value *values);

/* Some call of f's mock had these arguments. Follows Mock.assert_any_call. */
#define thimble_assert_any_call(...) \
    THIMBLE_CHECK_(thimble_assert_any_call_at, #__VA_ARGS__, __VA_ARGS__)
THIMBLE_API void thimble_assert_any_call_at(const char *file, int line, struct thimble_name f,
                                            const char *written, size_t count,
                                            const struct thimble_value *values);

/* One call(a, b, …) of a list. */
struct thimble_expected_call {
    size_t count;
    const struct thimble_value *values;
};

/* Calls with these arguments were made one right after the other, whatever calls of f came
 * before and behind: (f, call(a, b), call(c, d)), up to 32. Follows Mock.assert_has_calls. */
#define thimble_assert_has_calls(...) \
    THIMBLE_CHECK_CALLS_(thimble_assert_has_calls_at, #__VA_ARGS__, __VA_ARGS__)
THIMBLE_API void thimble_assert_has_calls_at(const char *file, int line, struct thimble_name f,
                                             const char *written, size_t count,
                                             const struct thimble_expected_call *calls);

/* The same in any order, and with any others between them: each stands for a call of its own.
 * Follows assert_has_calls(…, any_order=True). */
#define thimble_assert_has_calls_any_order(...) \
    THIMBLE_CHECK_CALLS_(thimble_assert_has_calls_any_order_at, #__VA_ARGS__, __VA_ARGS__)
THIMBLE_API void thimble_assert_has_calls_any_order_at(const char *file, int line,
                                                       struct thimble_name f, const char *written,
                                                       size_t count,
                                                       const struct thimble_expected_call *calls);

#define THIMBLE_CHECK_CALLS_(check, written, ...)                                    \
    check(__FILE__, __LINE__, THIMBLE_NAME_OF_FIRST_(__VA_ARGS__, ), written,        \
          THIMBLE_CALLS_(THIMBLE_SOME_(__VA_ARGS__), THIMBLE_COUNT_(__VA_ARGS__), __VA_ARGS__))

/* `call` is no macro, so that it can be a name of the program's own: it becomes one here. */
#define THIMBLE_EXPECTED_CALL_(c) THIMBLE_##c
#define THIMBLE_call(...) \
    {THIMBLE_PASTE_(THIMBLE_CALL_, THIMBLE_IS_EMPTY_(__VA_ARGS__))(__VA_ARGS__)}
#define THIMBLE_thimble_call THIMBLE_call
#define THIMBLE_CALL_1(...) 0, (struct thimble_value *)0
#define THIMBLE_CALL_0(...) THIMBLE_VALUES_(THIMBLE_TEXTLESS_, 0, __VA_ARGS__)

/* 1 where there is nothing at all. */
#define THIMBLE_IS_EMPTY_(...)                                                            \
    THIMBLE_IS_EMPTY_BY_(THIMBLE_SOME_(__VA_ARGS__), THIMBLE_SOME_(THIMBLE_COMMA_ __VA_ARGS__), \
                         THIMBLE_SOME_(__VA_ARGS__()), THIMBLE_SOME_(THIMBLE_COMMA_ __VA_ARGS__()))
#define THIMBLE_COMMA_(...) ,
#define THIMBLE_IS_EMPTY_BY_(a, b, c, d) THIMBLE_IS_EMPTY_PASTE_(a, b, c, d)
#define THIMBLE_IS_EMPTY_PASTE_(a, b, c, d) THIMBLE_FIRST_OF_TWO_(THIMBLE_EMPTY_##a##b##c##d, 0, )
#define THIMBLE_EMPTY_0001 , 1
#define THIMBLE_FIRST_OF_TWO_(...) THIMBLE_SECOND_(__VA_ARGS__)
#define THIMBLE_SECOND_(a, b, ...) b

/* A chain of its own beside THIMBLE_EACH_, which the calls' values go through. */
#define THIMBLE_CALLS_(some, count, ...) \
    THIMBLE_PASTE_(THIMBLE_CALLS_, some)(count, __VA_ARGS__)
#define THIMBLE_CALLS_0(count, f) 0, (struct thimble_expected_call *)0
#define THIMBLE_CALLS_1(count, f, ...) \
    count, ((struct thimble_expected_call[]){ \
        THIMBLE_PASTE_(THIMBLE_EACH_CALL_, count)(THIMBLE_EXPECTED_CALL_, __VA_ARGS__)})
#define THIMBLE_EACH_CALL_1(V, a) V(a)
#define THIMBLE_EACH_CALL_2(V, a, ...) V(a), THIMBLE_EACH_CALL_1(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_3(V, a, ...) V(a), THIMBLE_EACH_CALL_2(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_4(V, a, ...) V(a), THIMBLE_EACH_CALL_3(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_5(V, a, ...) V(a), THIMBLE_EACH_CALL_4(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_6(V, a, ...) V(a), THIMBLE_EACH_CALL_5(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_7(V, a, ...) V(a), THIMBLE_EACH_CALL_6(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_8(V, a, ...) V(a), THIMBLE_EACH_CALL_7(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_9(V, a, ...) V(a), THIMBLE_EACH_CALL_8(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_10(V, a, ...) V(a), THIMBLE_EACH_CALL_9(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_11(V, a, ...) V(a), THIMBLE_EACH_CALL_10(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_12(V, a, ...) V(a), THIMBLE_EACH_CALL_11(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_13(V, a, ...) V(a), THIMBLE_EACH_CALL_12(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_14(V, a, ...) V(a), THIMBLE_EACH_CALL_13(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_15(V, a, ...) V(a), THIMBLE_EACH_CALL_14(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_16(V, a, ...) V(a), THIMBLE_EACH_CALL_15(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_17(V, a, ...) V(a), THIMBLE_EACH_CALL_16(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_18(V, a, ...) V(a), THIMBLE_EACH_CALL_17(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_19(V, a, ...) V(a), THIMBLE_EACH_CALL_18(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_20(V, a, ...) V(a), THIMBLE_EACH_CALL_19(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_21(V, a, ...) V(a), THIMBLE_EACH_CALL_20(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_22(V, a, ...) V(a), THIMBLE_EACH_CALL_21(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_23(V, a, ...) V(a), THIMBLE_EACH_CALL_22(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_24(V, a, ...) V(a), THIMBLE_EACH_CALL_23(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_25(V, a, ...) V(a), THIMBLE_EACH_CALL_24(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_26(V, a, ...) V(a), THIMBLE_EACH_CALL_25(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_27(V, a, ...) V(a), THIMBLE_EACH_CALL_26(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_28(V, a, ...) V(a), THIMBLE_EACH_CALL_27(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_29(V, a, ...) V(a), THIMBLE_EACH_CALL_28(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_30(V, a, ...) V(a), THIMBLE_EACH_CALL_29(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_31(V, a, ...) V(a), THIMBLE_EACH_CALL_30(V, __VA_ARGS__)
#define THIMBLE_EACH_CALL_32(V, a, ...) V(a), THIMBLE_EACH_CALL_31(V, __VA_ARGS__)

/* ---- Recorded calls ---- */

struct thimble_call {
    const char *function; /* its name in the mock; null behind the last call */
    size_t count;         /* of arguments, those behind the `...` too */
    const void *record;
};

/* All calls of f's mock, and of all mocks, in the order in which they were made; behind them a
 * zero. They live until the test ends. Follow Mock.call_args_list and mock_calls. */
#define thimble_mock_calls(f) thimble_mock_calls_at(__FILE__, __LINE__, THIMBLE_NAME_(f))
THIMBLE_API const struct thimble_call *thimble_mock_calls_at(const char *file, int line,
                                                             struct thimble_name f);
THIMBLE_API const struct thimble_call *thimble_mock_calls_all(void);

/* The argument of that name (or place: "1") of a recorded call, as a T: the parameter's type,
 * one that holds its value, or, for a pointer, the type of what it pointed to then. A `char *`
 * points to the string as it was. A name or type that is not the argument's fails the
 * test. */
#define thimble_call_argument(T, call, ...)                                              \
    (*(__typeof__(T) *)thimble_call_argument_at(                                         \
        __FILE__, __LINE__, (call), (__VA_ARGS__),                                       \
        THIMBLE_MARKER_(THIMBLE_REF_TYPE, (__typeof__(T) *)0)))
THIMBLE_API void *thimble_call_argument_at(const char *file, int line,
                                           const struct thimble_call *call, const char *name,
                                           struct thimble_ref type);

#ifndef THIMBLE_PREFIXED_ONLY
#define ANY thimble_ANY
#define EQ(...) thimble_EQ(__VA_ARGS__)
#define NE(...) thimble_NE(__VA_ARGS__)
#define LT(...) thimble_LT(__VA_ARGS__)
#define GT(...) thimble_GT(__VA_ARGS__)
#define BETWEEN(...) thimble_BETWEEN(__VA_ARGS__)
#define CLOSE(...) thimble_CLOSE(__VA_ARGS__)
#define CONTAINS(...) thimble_CONTAINS(__VA_ARGS__)
#define STARTS_WITH(...) thimble_STARTS_WITH(__VA_ARGS__)
#define MATCHES(...) thimble_MATCHES(__VA_ARGS__)
#define BYTES(...) thimble_BYTES(__VA_ARGS__)
#define SAME(...) thimble_SAME(__VA_ARGS__)
#define POINTS_TO(...) thimble_POINTS_TO(__VA_ARGS__)
#define WHERE(...) thimble_WHERE(__VA_ARGS__)
#define arg(...) thimble_arg(__VA_ARGS__)
#define mock_call_count thimble_mock_call_count
#define mock_calls thimble_mock_calls
#define mock_calls_all thimble_mock_calls_all
#define call_argument thimble_call_argument
#define assert_called thimble_assert_called
#define assert_called_once thimble_assert_called_once
#define assert_not_called thimble_assert_not_called
#define assert_called_with thimble_assert_called_with
#define assert_called_once_with thimble_assert_called_once_with
#define assert_any_call thimble_assert_any_call
#define assert_has_calls thimble_assert_has_calls
#define assert_has_calls_any_order thimble_assert_has_calls_any_order
#endif

#endif
