/* poke.h: writing to memory that may not be there, or not be writable. */
#ifndef MOCK_POKE_H
#define MOCK_POKE_H

#include <stdbool.h>
#include <stddef.h>

/* False where not all of it can be written; never faults. errno is left as it was. What
 * AddressSanitizer has fenced off or knows to be freed cannot be written either. */
bool _thimble_poke(void *to, const void *from, size_t size);

#endif
