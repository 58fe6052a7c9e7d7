/* expectation.h: the arguments that a check expects of one call.
 *
 * Values and matchers stand for the parameters in their order; behind them args name theirs,
 * and then the rest is ANY. Each kind of call has a signature of its own where the function is
 * variadic, and what is expected is read for each.
 */
#ifndef MOCK_EXPECTATION_H
#define MOCK_EXPECTATION_H

#include "matchers.h"

struct expectation {
    size_t count;
    const struct thimble_value *values;
    struct fitted *fitted; /* for the signatures that there were so far; null at first */
};

/* What is expected of calls of one signature. */
struct fitted {
    struct fitted *next;
    const struct signature *signature;
    struct expected *expected; /* as many as the signature has parameters */
    size_t missing;            /* expected arguments that such a call has not */
};

/* Reads what is expected for the function itself. False with why, which names the argument,
 * where it does not fit that. `name`: the function's. */
bool _thimble_fit_function(struct expectation *, const struct signature *, const char *name,
                           struct text *why);

/* The same for a call of it. */
const struct fitted *_thimble_fit(struct expectation *, const struct signature *);

/* How many arguments of the call differ; in differs[i], if that is not null, whether argument i
 * does. */
size_t _thimble_differs(struct expectation *, const struct call *, bool *differs);

/* feed(name = "Spot", grams = 3) */
void _thimble_put_expectation(struct text *, const struct expectation *, const char *name);

/* Number i of the parameters by its name, with the "= ", and a comma in front of all but the
 * first. */
void _thimble_put_name(struct text *, const struct signature *, size_t i, bool first);

/* The parameter of that name, or of that place: "1" is the first. False with why. */
bool _thimble_find_parameter(const struct signature *, const char *name, size_t *i,
                             struct text *why);

#endif
