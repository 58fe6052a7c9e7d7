/* death.h: a process that ran user code without a process of its own for it: a worker or the
 * keeper, in which a set-up, a teardown or a test ended it. */
#ifndef RUNNER_DEATH_H
#define RUNNER_DEATH_H

#include "session.h"

struct death {
    int status;       /* as waitpid gives it */
    bool late;        /* it was killed, for it took too long */
    bool stopped;     /* it was killed, for it had stopped itself */
    bool with_keeper; /* it was killed, for another had killed the keeper */
};

/* Concludes what the lane was busy with. A set-up is written down as one not to be tried
 * again, and the test that needed it comes next again. */
void _thimble_conclude_death(struct session *, struct lane *, const struct death *);

/* How it ended; and the set-up in which it did: the lane's task says that there is one. */
void _thimble_describe_death(struct text *, const struct session *, const struct lane *,
                             const struct death *);
const char *_thimble_maker_name(const struct session *, const struct lane *);

#endif
