/* run_test.h: a test with all that is around it, in the process that it has. */
#ifndef RUNNER_RUN_TEST_H
#define RUNNER_RUN_TEST_H

#include "../check/running.h"
#include "session.h"

/* Sets up, runs and tears down. The lane's slate says what became of it. With `catches`,
 * what would end the process comes back here where that can be. */
void _thimble_run_test(const struct session *, const struct lane *, const struct test *,
                       bool catches);

/* Says on the slate how a function called `what` was left, where it did not simply
 * return. */
void _thimble_say_left(struct slate *, const struct left *, const char *what);

/* The process of a test: runs it and ends. `parent` forked it. */
void _thimble_test_process(const struct session *, const struct lane *, const struct test *,
                           pid_t parent) __attribute__((noreturn));

/* The test that this process runs, with what is around it, and its folder; or null. */
const struct test *_thimble_running_test(const char **folder);

#endif
