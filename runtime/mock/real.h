/* real.h: the function behind a name, whatever its calls go to now. */
#ifndef MOCK_REAL_H
#define MOCK_REAL_H

#include "target.h"

/* Its address: `known`, which the unit that asks has for it, or what the program's units, its calls
 * so far and its symbols say; of a pointer, what stood in it before the oldest replacement that
 * there is. Fails at the place where nobody knows. */
void (*_thimble_real(struct place, const struct target *, void (*known)(void)))(void);

/* The same where it is not needed before a call of the function has gone to its replacement: null
 * where that call will tell. */
void (*_thimble_real_later(struct place, const struct target *, void (*known)(void)))(void);

/* Where the function is, as far as calls have told; or null. */
void (*_thimble_told_address(const char *identity))(void);

#endif
