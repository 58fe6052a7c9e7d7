/* peek.h: reading memory that may not be there. errno is left as it was. What
 * AddressSanitizer has fenced off or knows to be freed is not there either. */
#ifndef BASE_PEEK_H
#define BASE_PEEK_H

#include <stddef.h>

/* Copies up to size bytes from address and returns how many could be read, from
 * the start; never faults. */
size_t _thimble_peek(void *to, const void *address, size_t size);

/* Copies the string at address, zero-terminated, up to size - 1 characters.
 * Returns its length so far as copied, or -1 if its first byte can't be read.
 * *ended says whether its end was reached. */
ptrdiff_t _thimble_peek_string(char *to, const char *address, size_t size, int *ended);

#endif
