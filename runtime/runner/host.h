/* host.h: a test in a process of its own, or in this one. */
#ifndef RUNNER_HOST_H
#define RUNNER_HOST_H

#include "session.h"

/* Each runs the lane's test, which has begun, and concludes it. */
void _thimble_run_forked(struct session *, struct lane *, const struct test *);
void _thimble_run_inside(struct session *, struct lane *, const struct test *);

/* Concludes a test for which something could not be made: errno says why. */
void _thimble_conclude_no_start(struct session *, struct lane *, const char *what);

#endif
