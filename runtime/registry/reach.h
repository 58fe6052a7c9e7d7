/* reach.h: what of the system the program's own code changes, by the functions that its
 * units call. */
#ifndef REGISTRY_REACH_H
#define REGISTRY_REACH_H

#include <stdbool.h>

enum reach {
    REACH_STREAMS, /* close, dup2 and their like */
    REACH_FOLDER,  /* chdir */
    REACH_SIGNALS, /* handlers, masks and alarms */
    REACH_LIMITS,
    REACH_MASK, /* umask */
    REACH_COUNT
};

/* Quick once it has been asked. What other code does for the program is not seen. */
bool _thimble_reaches(enum reach);

#endif
