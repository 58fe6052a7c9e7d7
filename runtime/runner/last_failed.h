/* last_failed.h: which tests of this program failed when they last ran, for --lf and --ff.
 * They are kept in $XDG_CACHE_HOME/thimble, or in ~/.cache/thimble, a file a program. That
 * they can't be kept is no error. */
#ifndef RUNNER_LAST_FAILED_H
#define RUNNER_LAST_FAILED_H

#include "select.h"
#include "test.h"

/* Finds the file, as the tests may change the environment, and reads it if it is wanted. */
void _thimble_last_failed_open(const struct tests *, bool read);

/* By the tests' places in the list that was opened with. Null where none is known. */
const bool *_thimble_last_failed(void);

/* Why they are not kept, or null. */
const char *_thimble_last_failed_missing(void);

/* At the end of a run: which of selection->list, all rounds of it, ran, and which of those
 * failed. The other tests of the program stay as they are, those that it has no more are
 * dropped. False, and errno, where something was to be written and can't be. */
bool _thimble_last_failed_update(const struct selection *, const bool *failed, const bool *ran);

#endif
