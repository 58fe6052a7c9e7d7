/* patch.h: patch, of a function whose target has been found. */
#ifndef MOCK_PATCH_H
#define MOCK_PATCH_H

#include "target.h"

/* Makes its calls go there until the test ends. Fails at the place where that cannot be. */
void _thimble_patch_with(struct place, const struct target *, void (*function)(void));

#endif
