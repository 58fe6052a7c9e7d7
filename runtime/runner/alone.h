/* alone.h: a run in one process, the user's: --isolate none. */
#ifndef RUNNER_ALONE_H
#define RUNNER_ALONE_H

#include <stdbool.h>

#include "results.h"

/* Runs all tests here. What would end the process (a fault, exit, the user's ^C, a test that
 * takes too long) is caught where the running test lets that be. Where it does not (another
 * thread exits) the run ends with that test, and `finish`, which gives the exit status. */
void _thimble_run_alone(struct session *, struct results *,
                        int (*finish)(struct session *, struct results *));

/* The running test is left by this signal when so many seconds have passed; 0: never. */
void _thimble_limit_time(double seconds);
bool _thimble_is_time_limit(int signal);

/* Whether the signal is the user's, who wants the run to end. */
bool _thimble_is_interrupt(int signal);

#endif
