/* symbolise.h: the functions and lines of frames, from the command. */
#ifndef MEMORY_SYMBOLISE_H
#define MEMORY_SYMBOLISE_H

#include "ask.h"
#include "snapshot.h"

struct thimble_filter;

/* A copy in which each frame that is known has become one for each function at its address, the
 * innermost first; null where there is no memory. */
struct snapshot *_thimble_symbolise(const struct snapshot *);

/* Calls `add` for each function at the frame's address, the innermost first. False: nobody
 * knows. */
struct located {
    const char *function, *file;
    uint32_t line;
};
bool _thimble_locate(struct symbols *, const struct snapshot *, const struct snapshot_frame *,
                     void (*add)(void *context, const struct located *), void *context);

/* ---- results.c ---- */

size_t _thimble_inner_filters(const struct thimble_filter *, size_t count,
                              struct snapshot_filter *);
bool _thimble_asks_for_frames(const struct thimble_filter *, size_t count);

#endif
