/* keeper.h: starting workers, and starting others for those that end before the work does. */
#ifndef RUNNER_KEEPER_H
#define RUNNER_KEEPER_H

#include "session.h"

/* This process keeps workers from now on: notes which children it has, and that orphans come
 * to it. */
void _thimble_keeper_begins(struct session *);
void _thimble_start_workers(struct session *);
/* Looks after the workers once, and replaces them. False when there are none left. */
bool _thimble_keep_workers(struct session *);
/* Ends what processes left behind. */
void _thimble_keeper_ends(struct session *);

/* Ends what a test in this process left behind, once that had so many seconds to end by
 * itself. Returns how many processes there were. */
size_t _thimble_end_left_behind(struct session *, double patience);

/* Another process keeps the workers, for it makes the session's values first. Returns
 * whether it could be started. */
bool _thimble_start_keeper(struct session *);
/* Looks after that process. False when it has ended for good. */
bool _thimble_keep_keeper(struct session *);

/* The user wants no more: ends the tests that run. What set up is still torn down, until
 * this is called again with `at_once`. */
void _thimble_end_workers(struct session *, bool at_once);

#endif
