/* running.h: the running test, as the runner starts and ends it. check.h is how
 * the rest of the runtime sees it. */
#ifndef CHECK_RUNNING_H
#define CHECK_RUNNING_H

#include <stdbool.h>

#include "slate.h"

/* This process, in this thread, is that of a test from now on. */
void _thimble_test_begins(struct slate *);

/* Calls user code. False where it failed, and was left by a jump. */
bool _thimble_guarded(void (*call)(void *), void *data);

/* Whether this is the first thread of the test's own process, and no process that
 * the test forked. */
bool _thimble_is_test_itself(void);

/* Whether a test is running, in whatever thread or process of it. */
bool _thimble_is_in_test(void);

/* Does what _thimble_at_test_end was told. */
void _thimble_test_ends(void);

/* From now on failed asserts of every unit, those to come too, fail the test. */
void _thimble_catch_asserts(void);

#endif
