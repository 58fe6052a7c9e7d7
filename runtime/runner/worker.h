/* worker.h: the process that runs a lane's tests, or has them run. */
#ifndef RUNNER_WORKER_H
#define RUNNER_WORKER_H

#include "session.h"

/* Runs batches until there are none left to take, or the process has to be replaced by a
 * fresh one: the task's `renew` says that. */
void _thimble_worker(struct session *, struct lane *) __attribute__((noreturn));

/* The same in this process, which then has to be the keeper or the supervisor. Calls `after`
 * behind each test, where it is not null. */
void _thimble_work_here(struct session *, struct lane *, void (*after)(void *), void *data);

#endif
