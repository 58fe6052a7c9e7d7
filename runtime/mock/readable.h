/* readable.h: memory that is there for certain, so that it can be read without
 * asking the system: the program's own segments and the first thread's stack.
 * Most strings that tests pass lie in one of them, and asking costs as much as
 * all the rest of recording a call. */
#ifndef MOCK_READABLE_H
#define MOCK_READABLE_H

#include <stddef.h>

/* Copies the string to `to` with its end, if it ends within size bytes and all of
 * it is there for certain. Returns its length, or -1. */
ptrdiff_t _thimble_copy_certain_string(char *to, const char *address, size_t size);

#endif
