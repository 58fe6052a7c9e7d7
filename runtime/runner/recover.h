/* recover.h: the runner's own descriptors, in a process that runs tests itself. */
#ifndef RUNNER_RECOVER_H
#define RUNNER_RECOVER_H

#include "session.h"

/* Before a test; all but the first time without effect. */
void _thimble_note_descriptors(const struct session *, const struct lane *);
/* Behind it. False where it closed one of them or put another file in its place: then
 * they are opened anew, as far as another process of the run has them, so that the test can
 * be concluded; others should run in another process. */
bool _thimble_recover_descriptors(struct session *, struct lane *);

#endif
