/* counters.h: what each thread allocated, by trace, and what is live in bytes. Each thread
 * counts in memory of its own; what a thread that ended has counted, the next one goes on
 * with. */
#ifndef TRACKER_COUNTERS_H
#define TRACKER_COUNTERS_H

#include <stdatomic.h>

#include "../base/hot.h"

#include "tracker.h"

extern bool _thimble_counting;

/* Blocks with a smaller number do not count. */
extern uint32_t _thimble_counted_since;

typedef _Atomic uint64_t number;

struct counter {
    number count, bytes;
};

/* Chunk k holds 1 << (8 + k) counters. */
#define COUNTERS_FIRST_BITS 8
#define COUNTERS_CHUNKS 21

struct counters {
    /* All that the thread has made and freed. A thread may free what another has made. */
    number made_count, made_bytes, gone_bytes;
    /* Bytes live, by these two, of which the others were told, and from and up to which they
     * need not hear of more. */
    _Atomic int64_t told, low;
    number room;
    /* What has a trace. */
    struct counter *_Atomic chunks[COUNTERS_CHUNKS];
    struct counters *next; /* of all that there ever were */
    _Atomic bool used;     /* by a thread that lives */
};

extern __thread struct counters *_thimble_counters __attribute__((tls_model("initial-exec")));

/* The thread's first ones; null where the system has no memory. */
struct counters *_thimble_take_counters(void);
struct counter *_thimble_make_counters(struct counters *, unsigned chunk);
void _thimble_count_tell(struct counters *, int64_t live);

size_t _thimble_counters_size(void);

/* ---- What malloc and free do ---- */

HOT_INLINE struct counters *own_counters(void) {
    struct counters *own = _thimble_counters;
    return __builtin_expect(own != NULL, 1) ? own : _thimble_take_counters();
}

/* Only the thread itself writes it, and a signal's handler that interrupts it. */
HOT_INLINE void add_number(number *to, uint64_t value) {
#ifdef __x86_64__
    __asm__("addq %1, %0" : "+m"(*to) : "er"(value));
#else
    atomic_store_explicit(to, atomic_load_explicit(to, memory_order_relaxed) + value,
                          memory_order_relaxed);
#endif
}

HOT_INLINE void add_traced(struct counters *own, uint32_t trace, uint64_t blocks, uint64_t bytes) {
    uint32_t row = (trace >> COUNTERS_FIRST_BITS) + 1;
    unsigned chunk = 31u - (unsigned)__builtin_clz(row);
    struct counter *counters = atomic_load_explicit(&own->chunks[chunk], memory_order_relaxed);
    if (__builtin_expect(!counters, 0) && !(counters = _thimble_make_counters(own, chunk)))
        return;
    struct counter *counter =
        &counters[trace - (((UINT32_C(1) << chunk) - 1) << COUNTERS_FIRST_BITS)];
    add_number(&counter->count, blocks);
    add_number(&counter->bytes, bytes);
}

HOT_INLINE void look_at_live(struct counters *own) {
    int64_t live = (int64_t)(atomic_load_explicit(&own->made_bytes, memory_order_relaxed) -
                             atomic_load_explicit(&own->gone_bytes, memory_order_relaxed));
    uint64_t above =
        (uint64_t)live - (uint64_t)atomic_load_explicit(&own->low, memory_order_relaxed);
    if (__builtin_expect(above > atomic_load_explicit(&own->room, memory_order_relaxed), 0))
        _thimble_count_tell(own, live);
}

/* A block was made, by whomever. */
HOT_INLINE void count_made(uint32_t trace, size_t size) {
    struct counters *own = own_counters();
    if (__builtin_expect(!own, 0))
        return;
    add_number(&own->made_count, 1);
    add_number(&own->made_bytes, size);
    if (__builtin_expect(trace != 0, 0))
        add_traced(own, trace, 1, size);
    look_at_live(own);
}

/* It was given a trace: what it counted for before counts for the new one. */
HOT_INLINE void count_named(uint32_t before, uint32_t trace, size_t size) {
    struct counters *own = own_counters();
    if (__builtin_expect(!own, 0))
        return;
    if (before)
        add_traced(own, before, UINT64_MAX, -(uint64_t)size);
    if (trace)
        add_traced(own, trace, 1, size);
}

/* It is not as large as was thought. */
static inline void count_corrected(size_t before, size_t size) {
    struct counters *own = own_counters();
    if (__builtin_expect(own != NULL, 1))
        add_number(&own->made_bytes, (uint64_t)size - before);
}

/* It is gone. */
HOT_INLINE void count_gone(const struct block *block) {
    struct counters *own = own_counters();
    if (__builtin_expect(!own, 0) || block->number < _thimble_counted_since)
        return;
    add_number(&own->gone_bytes, block->size);
    look_at_live(own);
}

#endif
