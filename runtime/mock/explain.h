/* explain.h: how a failed check of a mock's calls reads:
 *
 *     assert_called_once_with(feed, "Spot", 3)
 *       expected  feed(name = "Spot", grams = 3)
 *       calls (2):
 *         1. feed(name = "Jojo", grams = 3)
 *         2. feed(name = "Spot", grams = 4)
 *                                ^^^^^^^^^
 */
#ifndef MOCK_EXPLAIN_H
#define MOCK_EXPLAIN_H

#include "matchers.h"
#include "mocks.h"

/* A check that stands in a test, with what it looks at. */
struct check {
    struct place place;
    const struct mock *mock;
    const char *written; /* what stands in the parentheses */
    size_t count;     /* of the values, which are as many as there are parameters */
    const struct thimble_value *values;
    struct expected *expected;
    const struct call **calls; /* all that were kept, in order */
    size_t call_count;
};

/* How many arguments of the call differ from what is expected; in differs[i], if
 * that is not null, whether argument i does. */
size_t _thimble_differing(const struct check *, size_t call, bool *differs);

/* The latest call of those that differ least; 0 where there is none. */
size_t _thimble_nearest(const struct check *);

/* Fails; what differs in call number `marked` is marked. */
void _thimble_fail_check(const struct check *, size_t marked) __attribute__((noreturn));

/* Fails because the number of arguments is not the function's. */
void _thimble_fail_count(const struct check *) __attribute__((noreturn));

/* Fails because a value cannot be what parameter number i holds. */
void _thimble_fail_argument(const struct check *, size_t i, const struct text *why)
    __attribute__((noreturn));

/* Fails with "VERB(WRITTEN): …" and all calls of the mock below. */
void _thimble_fail_calls(struct place, const struct mock *, const char *written,
                         const char *format, ...) __attribute__((noreturn, format(printf, 4, 5)));

/* Appends the assert_has_calls that the mock's calls would pass, as source to be pasted. */
void _thimble_put_learned(struct text *, const struct mock *, const char *written);

#endif
