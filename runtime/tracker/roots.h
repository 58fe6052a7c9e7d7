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

/* The search's own memory, from mmap. */
struct scratch {
    struct range pieces[8];
    size_t count;
};

/* Zeroed; null where the system has no more. */
void *_thimble_scratch(struct scratch *, size_t size);
void _thimble_scratch_free(struct scratch *);

struct roots {
    struct ranges readable; /* all memory that can be read without a fault */
    struct ranges ranges;
    /* The allocator's own variables. They point at what lies between blocks, which
     * in glibc begins in a block's last word; only a block's start counts there. */
    struct range allocators;
};

/* `frame` is the lowest address of this thread's stack that is in use. False
 * where the memory's extent can't be found out. All scratch that is taken later
 * would be a root. */
bool _thimble_find_roots(struct roots *, struct scratch *, uintptr_t frame,
                         const struct held_threads *);

#endif
