/* records.h: blocks that do not fit into their cells: huge ones, those of allocators whose
 * blocks are not sixteen bytes apart, those of which more has to be known. Their first cell
 * holds the number of a record instead, and records of one granule are chained.
 *
 * Whoever writes here has the lock; who only looks needs none.
 */
#ifndef TRACKER_RECORDS_H
#define TRACKER_RECORDS_H

#include <stdatomic.h>

#include "tracker.h"

enum record_flag {
    RECORD_OWN = 1,     /* of an allocator whose blocks are not from the malloc family */
    RECORD_PAIRED = 2,  /* its allocator has a release function of its own */
    RECORD_GRANTED = 4, /* which is about to release it */
    RECORD_LEAK_OK = 8  /* it is no leak, and what only it leads to is none */
};

struct record {
    struct block block;
    uint32_t flags;
    _Atomic uint32_t next; /* 0: none; in the chain, or among the free ones */
};

/* False where a signal handler has interrupted its own thread in here. */
bool _thimble_records_lock(void);
void _thimble_records_unlock(void);

/* Record number i; null for 0 and for what there is none of. */
struct record *_thimble_record_at(uint32_t i);

/* The number of the next one in the chain; 0: none. */
static inline uint32_t _thimble_next_record(const struct record *record) {
    return atomic_load_explicit(&record->next, memory_order_relaxed);
}

/* A zeroed one, and its number; 0 where there is no memory. The lock is held. */
uint32_t _thimble_record_new(void);
void _thimble_record_free(uint32_t);
/* All of them. */
void _thimble_records_clear(void);

void _thimble_records_memory(void (*visit)(void *context, const void *start, size_t size),
                             void *context);

#endif
