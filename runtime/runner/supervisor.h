/* supervisor.h: the process that nothing stops: starts workers, replaces those that
 * tests kill, and hands results to the report. */
#ifndef RUNNER_SUPERVISOR_H
#define RUNNER_SUPERVISOR_H

#include "session.h"

/* Runs the session's tests and returns the exit status. */
int _thimble_supervise(struct session *);

#endif
