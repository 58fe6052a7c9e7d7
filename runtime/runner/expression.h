/* expression.h: what -k takes: words with `and`, `or`, `not` and parentheses. A
 * word is true of a name that contains it, whatever the case of its letters. */
#ifndef RUNNER_EXPRESSION_H
#define RUNNER_EXPRESSION_H

#include <stdbool.h>

/* Whether the expression is true of the name. Where it is no expression, *error
 * says why; else that is null. */
bool _thimble_expression_matches(const char *expression, const char *name, const char **error);

#endif
