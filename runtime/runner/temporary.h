/* temporary.h: folders for tests. */
#ifndef RUNNER_TEMPORARY_H
#define RUNNER_TEMPORARY_H

#include <stdbool.h>

/* A new folder for the run, in $TEST_TMPDIR, $TMPDIR or /tmp. Null, and errno, where none can be
 * made. */
const char *_thimble_new_temporary(void);

/* A new folder in it for the test of this name. */
const char *_thimble_test_folder(const char *temporary, const char *test);

/* Removes a folder and what is in it, whatever permissions it has. False where
 * something stays. Follows no links. */
bool _thimble_remove_folder(const char *path);

#endif
