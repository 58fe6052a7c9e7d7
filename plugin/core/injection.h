/* injection.h: what a test says about a function, held against the function's type: the
 * arguments that it should have been called with, what a mock is to return, what it writes where
 * a parameter points to. What the unit cannot see, and what is in doubt, the runtime checks when
 * it comes to it.
 */
#ifndef CORE_INJECTION_H
#define CORE_INJECTION_H

#include "given.h"

/* Whether the header's function of this name is given something that is checked here. */
bool injection_checks(const char *callee);

/* False with a message that has the function's prototype, and which of those that were given is
 * wrong. */
bool injection_fits(const struct model *, const char *callee, const struct given *, size_t count,
                    char *message, size_t size, size_t *wrong);

#endif
