/* conclude.h: from how a test's process ended to what the board says about it. */
#ifndef RUNNER_CONCLUDE_H
#define RUNNER_CONCLUDE_H

#include "await.h"
#include "session.h"

/* Writes down the result of the test on the lane's slate, which left that many
 * processes behind, tidies up behind it and makes it known. */
void _thimble_conclude(struct session *, struct lane *, const struct ending *, size_t strays);

/* The same for a test that could not begin. */
void _thimble_conclude_error(struct session *, struct lane *, const char *message);

/* Writes bytes down where the supervisor finds them. */
struct piece _thimble_spool(struct session *, const char *bytes, size_t length);

#endif
