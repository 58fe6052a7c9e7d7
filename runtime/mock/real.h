/* real.h: the function behind a name, whatever its calls go to now. */
#ifndef MOCK_REAL_H
#define MOCK_REAL_H

#include "target.h"

/* Its address: `known`, which the unit that asks has for it, or what the program's units and
 * symbols say; of a pointer, what stood in it before the oldest replacement that there is.
 * Fails at the place where nobody knows. */
void (*_thimble_real(struct place, const struct target *, void (*known)(void)))(void);

#endif
