/* user_signals.h: the signals by which the user ends a run. */
#ifndef RUNNER_USER_SIGNALS_H
#define RUNNER_USER_SIGNALS_H

#include "session.h"

/* Blocks those that are to be waited for, and SIGCHLD; notes how they were in
 * session->signals. Those that were ignored stay so. */
void _thimble_block_signals(struct session *, sigset_t *awaited);
/* After an interrupted run what interrupts stays blocked: the program is about to end, and an
 * impatient user's second ^C must not change its exit status. */
void _thimble_unblock_signals(const struct session *, bool interrupted);

#endif
