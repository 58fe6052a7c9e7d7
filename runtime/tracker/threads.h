/* threads.h: holding the process's other threads still, so that what they point
 * to can be read off their stacks. A thread that is held has left its registers
 * there: a signal's handler waits on top of its stack. */
#ifndef TRACKER_THREADS_H
#define TRACKER_THREADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct held_thread {
    int id;
    _Atomic uintptr_t frame; /* what lies above it on that stack is in use; 0: not yet held */
    uintptr_t self;          /* its pthread_t: an address in its stack's mapping, mostly */
};

struct held_threads {
    struct held_thread *items;
    size_t count, capacity;
};

/* Call with all signals blocked. The threads, into `items`; false where one of
 * them can't be held, for instance as it blocks all signals: then all go on.
 * While they are held nothing may be called that takes a lock of libc's. */
bool _thimble_hold_threads(struct held_threads *);
void _thimble_let_threads_go(struct held_threads *);

/* Calls visit for each thread, of which /proc/self/task tells, opened; 0 for what is none. False
 * where visit did, or they can't be read. */
bool _thimble_each_thread(int tasks, bool (*visit)(void *context, int id), void *context);

#endif
