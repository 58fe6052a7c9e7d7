/* matchers.h: what a check expects of each argument, and whether a call had it. */
#ifndef MOCK_MATCHERS_H
#define MOCK_MATCHERS_H

#include "calls.h"
#include <thimble/called.h>

struct expected {
    int matcher;      /* an enum thimble_matcher_kind; 0 for a value */
    const void *data; /* the value, of the parameter's type */
};

/* Reads the value for parameter number i. False with why where it cannot be one. */
bool _thimble_expect(const struct signature *, size_t i, const struct thimble_value *,
                     struct expected *, struct text *why);

/* Whether the call's argument is what is expected. */
bool _thimble_matches(const struct signature *, size_t i, const struct call *,
                      const struct expected *);

void _thimble_put_expected(struct text *, const struct signature *, size_t i,
                           const struct expected *);

#endif
