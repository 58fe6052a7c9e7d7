/* batches.h: which tests are taken together. */
#ifndef RUNNER_BATCHES_H
#define RUNNER_BATCHES_H

#include "session.h"

/* Sets the session's tests, with what stands for teardowns, and its batches. */
void _thimble_make_batches(struct session *, const struct selection *);

#endif
