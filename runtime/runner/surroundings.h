/* surroundings.h: what a test in the runner's own process may have changed and the next one is
 * not to see: the standard streams and other descriptors, the current directory, the
 * environment, the mask of new files, blocked signals and common handlers, a running alarm,
 * limits; as far as the program's units call what changes them. What the C library keeps to itself
 * (a closed stdout, the locale) stays changed. */
#ifndef RUNNER_SURROUNDINGS_H
#define RUNNER_SURROUNDINGS_H

#include "session.h"

/* Gives the test its own streams. */
void _thimble_enter_surroundings(const struct session *, const struct lane *, const struct test *);
/* Puts everything back as it was when this was first called, or since the call below. */
void _thimble_restore_surroundings(const struct session *);

/* A set-up ran: what is there now is what tests begin with. */
void _thimble_renew_surroundings(void);

#endif
