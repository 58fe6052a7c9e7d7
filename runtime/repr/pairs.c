/* For MAP_ANONYMOUS. */
#define _GNU_SOURCE 1

#include "pairs.h"

#include <string.h>
#include <sys/mman.h>

enum { FIRST_ROOM = 256, MOST_PAIRS = 1 << 22 };

static size_t mapped_size(uint32_t capacity) {
    return capacity * (sizeof(struct pair) + 2 * sizeof(uint32_t));
}

void _thimble_pairs_begin(struct pairs *pairs, const struct repr_object *a,
                          const struct repr_object *b) {
    pairs->few[0] = (struct pair){.a = *a, .b = *b, .from = NO_PAIR};
    pairs->all = pairs->few;
    pairs->count = 1;
    pairs->capacity = FEW_PAIRS;
    pairs->slots = NULL;
}

void _thimble_pairs_end(struct pairs *pairs) {
    if (pairs->slots)
        munmap(pairs->all, mapped_size(pairs->capacity));
}

static size_t hash(const struct pair *pair) {
    uint64_t hash = (uintptr_t)pair->a.data * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 29) + (uintptr_t)pair->b.data;
    hash = (hash ^ pair->a.type) * 0xbf58476d1ce4e5b9u;
    return (size_t)(hash ^ hash >> 32);
}

static bool same_object(const struct repr_object *a, const struct repr_object *b) {
    return a->data == b->data && a->type == b->type && a->unit == b->unit;
}

static bool same_pair(const struct pair *one, const struct pair *other) {
    return same_object(&one->a, &other->a) && same_object(&one->b, &other->b);
}

/* The slot that holds the pair's number, or the empty one in which it would stand. */
static uint32_t *slot_of(const struct pairs *pairs, const struct pair *pair) {
    size_t mask = 2 * (size_t)pairs->capacity - 1;
    for (size_t at = hash(pair);; at++) {
        uint32_t *slot = &pairs->slots[at & mask];
        if (!*slot || same_pair(pair, &pairs->all[*slot - 1]))
            return slot;
    }
}

static bool make_room(struct pairs *pairs) {
    struct pairs old = *pairs;
    uint32_t capacity = old.slots ? old.capacity * 2 : FIRST_ROOM;
    if (capacity > MOST_PAIRS)
        return false;
    void *memory = mmap(NULL, mapped_size(capacity), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return false;
    pairs->all = memory;
    pairs->capacity = capacity;
    pairs->slots = (uint32_t *)(pairs->all + capacity);
    memcpy(pairs->all, old.all, old.count * sizeof *old.all);
    for (uint32_t i = 0; i < old.count; i++)
        *slot_of(pairs, &pairs->all[i]) = i + 1;
    _thimble_pairs_end(&old);
    return true;
}

static bool is_among_few(const struct pairs *pairs, const struct pair *pair) {
    for (uint32_t i = 0; i < pairs->count; i++)
        if (same_pair(pair, &pairs->all[i]))
            return true;
    return false;
}

bool _thimble_pairs_add(struct pairs *pairs, const struct pair *pair) {
    if (!pairs->slots && is_among_few(pairs, pair))
        return true;
    if (pairs->count == pairs->capacity && !make_room(pairs))
        return false;
    uint32_t *slot = pairs->slots ? slot_of(pairs, pair) : NULL;
    if (slot && *slot)
        return true;
    pairs->all[pairs->count++] = *pair;
    if (slot)
        *slot = pairs->count;
    return true;
}
