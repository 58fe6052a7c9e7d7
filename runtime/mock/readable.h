/* readable.h: memory that is there for certain, so that it can be read without
 * asking the system: the program's own segments, the first thread's stack, and the
 * heap. Most of what tests pass lies in one of them, and asking costs as much as
 * all the rest of recording a call. */
#ifndef MOCK_READABLE_H
#define MOCK_READABLE_H

#include <stddef.h>

/* Copies up to size bytes from the address and returns how many could be read, from the
 * start; never faults, as _thimble_peek, but is quick where it can be. */
size_t _thimble_fetch(char *to, const char *address, size_t size);

#endif
