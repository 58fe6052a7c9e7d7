/* intern.h: each different string of a unit once, with the offset that it will
 * have in the blob. */
#ifndef CORE_INTERN_H
#define CORE_INTERN_H

#include <stddef.h>
#include <stdint.h>

/* Text lies in pieces that never move, so that pointers into it stay; offsets
 * run on from piece to piece. */
struct intern_piece {
    char *text;
    size_t length, capacity;
    uint32_t offset; /* of its first character */
};

struct intern_slot {
    const char *text; /* null: free */
    uint32_t hash, offset;
};

struct intern {
    struct intern_piece *pieces;
    size_t piece_count, piece_capacity;
    struct intern_slot *slots;
    size_t slot_count, slot_capacity; /* a power of two */
};

/* With "" at offset 0. */
void intern_init(struct intern *);
void intern_free(struct intern *);
/* The string's offset; that of "" for null. */
uint32_t intern_add(struct intern *, const char *text);
/* The string at an offset that intern_add returned. Stays as long as the intern. */
const char *intern_text(const struct intern *, uint32_t offset);
/* All the strings with their ending zeros, one after another. */
size_t intern_size(const struct intern *);
void intern_copy(const struct intern *, unsigned char *to);

#endif
