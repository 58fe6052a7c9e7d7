/* interpose.h: the process's malloc family, observed.
 *
 * The functions here come before libc's for all code of the process, and call
 * the next definition. They are weak: where something else in the program owns
 * the heap (a sanitizer, a malloc of the program's own, a static libc), its
 * definitions win, and nothing can be observed.
 */
#ifndef TRACKER_INTERPOSE_H
#define TRACKER_INTERPOSE_H

#include <stdbool.h>
#include <stdint.h>

/* Every block that is made, resized or freed goes into the shadow or out of it.
 * False: it can't be observed. */
bool _thimble_observe(void);
void _thimble_observe_not(void);

/* The next definitions are known: it is time to begin, where the first block is to be seen. */
void _thimble_heap_begins(void);

/* Whether it is now, and has been since the first block of the process. */
bool _thimble_observing(void);
bool _thimble_observed_all(void);

/* Whether this is a program, no test program, whose environment says THIMBLE_MEMORY=FILE. */
bool _thimble_memory_asked(void);

/* A unit's hook has named the block that this thread made last: there is no need to find out
 * more about who called malloc there. */
void _thimble_note_named(void);

/* From now on no call of the malloc family touches the heap, in whatever state that is: for
 * a process that has one more thing to do before it ends. Where something else owns the
 * heap it does nothing. */
void _thimble_leave_heap(void);

/* An address in the object whose malloc this is. */
uintptr_t _thimble_allocator(void);

#endif
