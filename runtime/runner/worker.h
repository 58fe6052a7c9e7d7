/* worker.h: the process that runs a lane's tests, and theirs. */
#ifndef RUNNER_WORKER_H
#define RUNNER_WORKER_H

#include "session.h"

/* Runs tests until there are none left to take. */
void _thimble_worker(struct session *, struct lane *) __attribute__((noreturn));

/* In the process of a test: runs it and ends the process. `worker` is its parent. */
void _thimble_test_process(struct session *, struct lane *, const struct test *, pid_t worker)
    __attribute__((noreturn));

#endif
