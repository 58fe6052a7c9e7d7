/* pool.h: pieces of one size that are used again and again. Safe among threads, in signal
 * handlers and after a fork: nothing is locked. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

struct pool {
    void *_Atomic free;
    size_t size; /* of a piece */
};

/* Whatever the one before it left in it; zeroed where there was none. */
void *_thimble_pool_take(struct pool *);
void _thimble_pool_give(struct pool *, void *piece);

#endif
