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

#include "expectation.h"
#include "mocks.h"

/* A check that stands in a test, with what it looks at. */
struct check {
    struct place place;
    const struct mock *mock;
    const char *written; /* what stands in the parentheses */
    size_t count;        /* of the expected calls */
    struct expectation *expectations;
    const struct call **calls; /* all that were kept, in order */
    size_t call_count;
};

/* Stands for no call. */
#define NO_CALL SIZE_MAX

/* The latest call of those that differ least from number `expected`; NO_CALL where there is
 * none. Those of which taken[i] is set are left out, if `taken` is not null. */
size_t _thimble_nearest(const struct check *, size_t expected, const bool *taken);

/* Fails, as one call was expected: what differs in call number `marked` is marked. */
void _thimble_fail_check(const struct check *, size_t marked) __attribute__((noreturn));

/* Fails, as several were expected. The note, if there is one, says what about them; what differs
 * in call number `marked` from number `expected` is marked. found[i], if `found` is not null,
 * says whether number i was there. */
struct several {
    const bool *found;
    const char *note;
    size_t marked, expected;
};
void _thimble_fail_several(const struct check *, const struct several *) __attribute__((noreturn));

/* Fails because what is expected is not what the function takes. */
void _thimble_fail_misfit(const struct check *, const struct text *why) __attribute__((noreturn));

/* Fails with "VERB(WRITTEN): …" and all calls of the mock below. */
void _thimble_fail_calls(struct place, const struct mock *, const char *written, const char *format,
                         ...) __attribute__((noreturn, format(printf, 4, 5)));

/* "calls (2):" and a line for each, with what it returned; of very many, the first and the
 * last. */
void _thimble_put_calls(struct text *, const struct mock *);

/* The value that the mock returns, as the library has it at `slot`. Calls no user's code. */
void _thimble_put_returned(struct text *, const struct mock *, const void *slot);

/* Appends the assert_has_calls that the mock's calls would pass, as source to be pasted. */
void _thimble_put_learned(struct text *, const struct mock *, const char *written);

#endif
