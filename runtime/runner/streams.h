/* streams.h: standard streams of a process that runs set-ups and also reports. */
#ifndef RUNNER_STREAMS_H
#define RUNNER_STREAMS_H

#include "session.h"

/* Remembers what they are, once. */
void _thimble_keep_streams(void);
/* Standard output and error go where the lane's tests write, and nothing comes in. */
void _thimble_streams_to(const struct lane *);
/* All are what they were again. */
void _thimble_streams_back(void);

#endif
