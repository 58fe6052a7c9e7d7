/* heap.h: growing arrays. A compiler without memory cannot go on, so neither do
 * we: these end the process with a message and never return null. */
#ifndef CORE_HEAP_H
#define CORE_HEAP_H

#include <stddef.h>

/* Zeroed. */
void *heap_new(size_t size);

/* The array, moved if need be, with room for `needed` items of `size` bytes;
 * *capacity counts items and at least doubles when it grows. */
void *heap_grow(void *array, size_t *capacity, size_t needed, size_t size);

char *heap_copy_text(const char *text, size_t length);

#endif
