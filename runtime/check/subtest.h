/* subtest.h: the subtests of a test that is running. */
#ifndef CHECK_SUBTEST_H
#define CHECK_SUBTEST_H

#include "../base/text.h"
#include "block.h"
#include "slate.h"

/* The innermost that this thread is in, or null. */
struct open_block *_thimble_subtest(void);

/* It has failed. */
void _thimble_subtest_fails(struct open_block *);

/* Adds to the slate what a subtest has to say, or (null) the test itself. Nothing that it
 * says may stand between the two calls but what belongs to it, too. */
void _thimble_begin_saying(struct slate *, struct open_block *, const struct text *);
void _thimble_end_saying(struct slate *, const struct open_block *);

#endif
