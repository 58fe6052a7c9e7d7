/* For mremap. */
#define _GNU_SOURCE 1

#include "piece.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>

#include "../base/peek.h"

enum { HELD = 2, FIRST_CAPACITY = 64 * 1024 };
#define MAGIC 0x7065696563652d74u

/* In front of it, at the start of a page. */
struct piece {
    uint64_t magic;
    size_t size; /* of the mapping */
    const void *held[HELD];
    _Atomic uint32_t holders; /* its maker, and the pieces that hold it */
    _Atomic bool dropped;     /* by its maker */
    _Alignas(64) char content[];
};

static void *map(size_t size) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static struct piece *piece_of(const void *content) {
    return (struct piece *)((uintptr_t)content - offsetof(struct piece, content));
}

void *_thimble_new_piece(size_t size) {
    if (size > SIZE_MAX - sizeof(struct piece)) {
        errno = ENOMEM;
        return NULL;
    }
    struct piece *piece = map(sizeof(struct piece) + size);
    if (!piece)
        return NULL;
    piece->magic = MAGIC;
    piece->size = sizeof(struct piece) + size;
    atomic_init(&piece->holders, 1);
    return piece->content;
}

void _thimble_hold_piece(void *content, const void *held) {
    struct piece *piece = piece_of(content);
    for (int i = 0; i < HELD && held; i++) {
        if (piece->held[i])
            continue;
        piece->held[i] = held;
        atomic_fetch_add(&piece_of(held)->holders, 1);
        return;
    }
}

static void let_go(struct piece *piece) {
    if (atomic_fetch_sub(&piece->holders, 1) != 1)
        return;
    for (int i = 0; i < HELD; i++) {
        if (piece->held[i])
            let_go(piece_of(piece->held[i]));
    }
    munmap(piece, piece->size);
}

bool _thimble_drop_piece(const void *content) {
    struct piece seen;
    if (!content)
        return true;
    if ((uintptr_t)content % 4096 != offsetof(struct piece, content) ||
        _thimble_peek(&seen, piece_of(content), sizeof(seen)) != sizeof(seen) ||
        seen.magic != MAGIC || atomic_exchange(&piece_of(content)->dropped, true))
        return false;
    let_go(piece_of(content));
    return true;
}

/* ---- Piles ---- */

static bool grow(struct pile *pile, size_t size) {
    size_t capacity = pile->capacity ? pile->capacity : FIRST_CAPACITY;
    while (capacity - pile->used < size) {
        if (capacity > SIZE_MAX / 2)
            return false;
        capacity *= 2;
    }
    void *data =
        pile->data ? mremap(pile->data, pile->capacity, capacity, MREMAP_MAYMOVE) : map(capacity);
    if (!data || data == MAP_FAILED)
        return false;
    pile->data = data;
    pile->capacity = capacity;
    return true;
}

void *_thimble_pile_add(struct pile *pile, size_t size) {
    if (pile->failed)
        return NULL;
    if (pile->capacity - pile->used < size && !grow(pile, size)) {
        pile->failed = true;
        return NULL;
    }
    void *room = pile->data + pile->used;
    pile->used += size;
    return room;
}

void _thimble_drop_pile(struct pile *pile) {
    if (pile->data)
        munmap(pile->data, pile->capacity);
    *pile = (struct pile){0};
}
