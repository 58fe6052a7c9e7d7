/* expression.h: what -k takes: words with `and`, `or`, `not` and parentheses. A word is
 * true of a test whose name or one of whose tags contains it, whatever the case of its
 * letters, as pytest's is. */
#ifndef RUNNER_EXPRESSION_H
#define RUNNER_EXPRESSION_H

#include <stdbool.h>

#include "test.h"

/* Why it is no expression, or null. */
const char *_thimble_expression_mistake(const char *expression);

/* Whether one that has no mistake is true of the test. */
bool _thimble_expression_matches(const char *expression, const struct test *);

#endif
