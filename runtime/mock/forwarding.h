/* forwarding.h: calling a function with the arguments that a closure received. */
#ifndef MOCK_FORWARDING_H
#define MOCK_FORWARDING_H

#include "signature.h"

struct forwarding;

/* How such a call is to be made, where the closure's own interface will not do; else null. */
const struct forwarding *_thimble_forwarding(const struct signature *);

/* Calls it; what it returns is untouched. `forwarding` may be null. */
void _thimble_forward(const struct forwarding *, ffi_cif *, void (*function)(void), void *returned,
                      void **arguments);

#endif
