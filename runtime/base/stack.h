/* stack.h: what called what: return addresses, the nearest caller's first. */
#ifndef BASE_STACK_H
#define BASE_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the address is on the caller's stack, in a frame that is in use. */
bool _thimble_on_stack(uintptr_t address);

/* Loads what the functions below need, so that they never allocate themselves. */
void _thimble_stack_prepare(void);

/* By frame pointers, from the function with this frame address: told are the addresses that it,
 * its caller and so on return to. Reads only memory of this thread's stack, and ends where a
 * frame can't be one. */
size_t _thimble_stack_by_frames(const void *frame, uintptr_t *addresses, size_t most);

/* By the unwinder's tables, for code that keeps no frame pointers: a hundred times as slow.
 * Told are the return addresses from `place` on, which is one; 0 where it isn't found, or there
 * is no unwinder. */
size_t _thimble_stack_by_tables(const void *place, uintptr_t *addresses, size_t most);

#endif
