/* sort.h: sorting where libc's must not be called: that may call malloc, and the heap may be in any
 * state. */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <stddef.h>

/* As qsort, with items of at most MOST_SORTED bytes. */
enum { MOST_SORTED = 64 };
void _thimble_sort(void *items, size_t count, size_t size,
                   int (*compare)(const void *, const void *));

#endif
