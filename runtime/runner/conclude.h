/* conclude.h: from how a test's process ended to what the board says about it. */
#ifndef RUNNER_CONCLUDE_H
#define RUNNER_CONCLUDE_H

#include "await.h"
#include "session.h"

/* Writes down the result of the lane's test from its slate, which left that many processes
 * behind, tidies up behind it and makes it known. One that the user's interrupt ended is
 * forgotten instead. */
void _thimble_conclude(struct session *, struct lane *, const struct ending *, size_t strays);

/* The same for a test that could not begin, or is not to. */
void _thimble_conclude_unrun(struct session *, struct lane *, enum outcome, const char *why);

/* The same for what stands for a teardown, which is known only where it failed. */
void _thimble_conclude_teardown(struct session *, struct lane *);

/* What will become of the lane's test if it ends by what it is stopped at, and, unless that is a
 * failed assert, the words about it. */
enum outcome _thimble_conclude_stop(const struct session *, const struct lane *, struct text *);

#endif
