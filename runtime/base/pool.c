#include "pool.h"

#include <stdatomic.h>

#include "arena.h"

/* In front of each piece. */
union head {
    void *next;
    max_align_t alignment;
};

static void give_all(struct pool *pool, union head *first, union head *last) {
    void *free = atomic_load(&pool->free);
    do
        last->next = free;
    while (!atomic_compare_exchange_weak(&pool->free, &free, first));
}

/* The whole list is taken, so that nobody can change it meanwhile, and what is left of it
 * put back. */
void *_thimble_pool_take(struct pool *pool) {
    union head *piece = atomic_exchange(&pool->free, NULL);
    if (!piece)
        return (union head *)_thimble_alloc(&_thimble_arena, sizeof(union head) + pool->size) + 1;
    union head *rest = piece->next, *last = rest;
    void *none = NULL;
    if (rest && !atomic_compare_exchange_strong(&pool->free, &none, rest)) {
        while (last->next)
            last = last->next;
        give_all(pool, rest, last);
    }
    return piece + 1;
}

void _thimble_pool_give(struct pool *pool, void *piece) {
    union head *head = (union head *)piece - 1;
    give_all(pool, head, head);
}
