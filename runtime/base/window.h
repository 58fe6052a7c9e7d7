/* window.h: looking at memory that may not be there, a piece at a time: one system call
 * serves many small reads that lie near each other. */
#ifndef BASE_WINDOW_H
#define BASE_WINDOW_H

#include <stddef.h>

enum { WINDOW_SIZE = 2048 };

/* All zero at first. What was seen once may be shown again, whatever changed since. */
struct window {
    const char *start;
    size_t size;
    char bytes[WINDOW_SIZE];
};

/* A copy of the bytes, no more than WINDOW_SIZE, or null where they can't be read. Good
 * until the next call. */
const char *_thimble_look(struct window *, const void *address, size_t size);

/* As many bytes as come without asking the system again, if that is any, up to `most`;
 * *there says how many, 0 where they can't be read. */
const char *_thimble_look_along(struct window *, const char *address, size_t most, size_t *there);

#endif
