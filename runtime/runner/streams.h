/* streams.h: standard streams of a process that runs set-ups and also reports. */
#ifndef RUNNER_STREAMS_H
#define RUNNER_STREAMS_H

#include "session.h"

/* For a process whose own streams are never needed again: nothing comes in, and what is kept
 * goes where the lane's tests write. Tests inherit that, which saves each of them the system
 * calls. */
void _thimble_give_streams(const struct session *, const struct lane *);

/* Remembers what they are, once. */
void _thimble_keep_streams(void);
/* Standard output and error go where the lane's tests write, and nothing comes in. Where
 * they do already that is made sure of only if `anew`. */
void _thimble_streams_to(const struct lane *, bool anew);
/* All are what they were again. */
void _thimble_streams_back(void);
/* What a stream was, under another number. */
int _thimble_stream_copy(int stream);

#endif
