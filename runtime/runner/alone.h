/* alone.h: a run in one process, the user's: --isolate none. */
#ifndef RUNNER_ALONE_H
#define RUNNER_ALONE_H

#include "results.h"

/* Runs all tests here. What would end the process (a fault, exit, the user's ^C, a test that
 * takes too long) is caught where the running test lets that be. */
void _thimble_run_alone(struct session *, struct results *);

#endif
