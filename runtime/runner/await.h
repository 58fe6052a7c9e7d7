/* await.h: waiting for the process of a test. */
#ifndef RUNNER_AWAIT_H
#define RUNNER_AWAIT_H

#include <stddef.h>
#include <sys/types.h>

#include "../debug/stop.h"

/* How the process of a test ended. */
struct ending {
    enum { ENDED_BY_ITSELF, ENDED_BY_TIMEOUT, ENDED_STOPPED, ENDED_WITH_WORKER } kind;
    int status; /* as waitpid gives it */
};

/* Seconds of a clock that is never set. */
double _thimble_now(void);

/* Waits up to that long for all other children of this process to end by
 * themselves, and returns how many did. Needs SIGCHLD blocked, too. */
size_t _thimble_await_children(double seconds);

/* Waits with SIGCHLD blocked, and ends the process's group when it has run for
 * `timeout` seconds (0: any time), or has stopped itself for a second; time at the desk does not
 * count. Calls `meanwhile`
 * now and then while the process takes long; it returns how many seconds more there are from
 * now on at most, or less than 0 where nothing has changed. */
struct ending _thimble_await(pid_t process, double timeout, struct stop_desk *,
                             double (*meanwhile)(void *), void *data);

#endif
