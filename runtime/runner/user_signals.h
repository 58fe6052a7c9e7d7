/* user_signals.h: the signals by which the user ends a run. */
#ifndef RUNNER_USER_SIGNALS_H
#define RUNNER_USER_SIGNALS_H

#include "session.h"

/* Blocks those that are to be waited for, and SIGCHLD; notes how they were in
 * session->signals. Those that were ignored stay so. */
void _thimble_block_signals(struct session *, sigset_t *awaited);
void _thimble_unblock_signals(const struct session *);

#endif
