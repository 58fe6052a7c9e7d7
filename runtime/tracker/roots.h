/* roots.h: the memory in which a pointer keeps a block from being a leak, heap
 * blocks apart: as the kernel lists the process's memory, less what is known to
 * hold no pointers of the program's. */
#ifndef TRACKER_ROOTS_H
#define TRACKER_ROOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "threads.h"

struct range {
    uintptr_t start, end;
};

/* In ascending order where nothing else is said. */
struct ranges {
    struct range *items;
    size_t count, capacity;
};

/* The search's own memory: one mapping, handed out from the front. */
struct scratch {
    struct range all;
    uintptr_t used; /* up to here */
};

/* What _thimble_find_roots takes of it. */
size_t _thimble_roots_size(void);

/* False where the system has no more. */
bool _thimble_scratch_open(struct scratch *, size_t size);
void _thimble_scratch_close(struct scratch *);

/* Zeroed. There has to be as much. */
void *_thimble_scratch(struct scratch *, size_t size);

struct roots {
    struct ranges readable; /* all memory that can be read without a fault */
    struct ranges ranges;
    /* The allocator's own variables. They point at what lies between blocks, which
     * in glibc begins in a block's last word; only a block's start counts there. */
    struct range allocators;
};

/* `frame` is the lowest address of this thread's stack that is in use. False
 * where the memory's extent can't be found out. */
bool _thimble_find_roots(struct roots *, struct scratch *, uintptr_t frame,
                         const struct held_threads *);

#endif
