/* counters.h: what each thread allocated, by trace, and what is live in bytes. Each thread
 * counts in memory of its own; what a thread that ended has counted, the next one goes on
 * with. */
#ifndef TRACKER_COUNTERS_H
#define TRACKER_COUNTERS_H

#include "tracker.h"

extern bool _thimble_counting;

/* A block was made, by whomever. */
void _thimble_count_made(const struct block *);
/* It was given a trace: what `before` counted for counts for the new one. */
void _thimble_count_named(const struct block *before, uint32_t trace, size_t size);
/* It has another size, and counts as made anew. */
void _thimble_count_resized(const struct block *before, size_t size);
/* It is gone. */
void _thimble_count_gone(const struct block *);

size_t _thimble_counters_size(void);

#endif
