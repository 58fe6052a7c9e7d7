/* fails.h: failures that are waited for. */
#ifndef CHECK_FAILS_H
#define CHECK_FAILS_H

#include "../base/text.h"
#include "block.h"

/* False where this thread is in no assert_fails; else the failure with this text, "FILE:LINE:
 * what", is that block's and nobody else's. */
bool _thimble_hear_failure(const struct text *);

#endif
