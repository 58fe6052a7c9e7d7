#include "intern.h"

#include "heap.h"
#include <stdlib.h>
#include <string.h>

enum { PIECE_SIZE = 64 * 1024 };

static uint32_t hash_of(const char *text, size_t length) {
    uint64_t hash = length;
    for (; length >= 8; text += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, text, 8);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    uint64_t rest = 0;
    memcpy(&rest, text, length);
    hash = (hash ^ rest) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(hash >> 32);
}

/* The slot with the text, or the free one where it belongs. */
static struct intern_slot *slot_for(const struct intern *intern, const char *text, uint32_t hash) {
    size_t at = hash & (intern->slot_capacity - 1);
    while (intern->slots[at].text &&
           (intern->slots[at].hash != hash || strcmp(intern->slots[at].text, text) != 0))
        at = (at + 1) & (intern->slot_capacity - 1);
    return &intern->slots[at];
}

static void grow_slots(struct intern *intern) {
    struct intern_slot *old = intern->slots;
    size_t old_capacity = intern->slot_capacity;
    intern->slot_capacity = old_capacity ? old_capacity * 2 : 1024;
    intern->slots = heap_new(intern->slot_capacity * sizeof(struct intern_slot));
    for (size_t i = 0; i < old_capacity; i++) {
        if (!old[i].text)
            continue;
        /* All are different: the first free slot is the one. */
        size_t at = old[i].hash & (intern->slot_capacity - 1);
        while (intern->slots[at].text)
            at = (at + 1) & (intern->slot_capacity - 1);
        intern->slots[at] = old[i];
    }
    free(old);
}

static struct intern_piece *piece_with_room(struct intern *intern, size_t size) {
    struct intern_piece *last =
        intern->piece_count ? &intern->pieces[intern->piece_count - 1] : NULL;
    if (last && size <= last->capacity - last->length)
        return last;
    uint32_t offset = last ? last->offset + (uint32_t)last->length : 0;
    intern->pieces = heap_grow(intern->pieces, &intern->piece_capacity, intern->piece_count + 1,
                               sizeof(struct intern_piece));
    size_t capacity = size > PIECE_SIZE ? size : PIECE_SIZE;
    struct intern_piece *piece = &intern->pieces[intern->piece_count++];
    *piece = (struct intern_piece){heap_new(capacity), 0, capacity, offset};
    return piece;
}

void intern_init(struct intern *intern) {
    memset(intern, 0, sizeof *intern);
    intern_add(intern, "");
}

void intern_free(struct intern *intern) {
    for (size_t i = 0; i < intern->piece_count; i++)
        free(intern->pieces[i].text);
    free(intern->pieces);
    free(intern->slots);
}

uint32_t intern_add(struct intern *intern, const char *text) {
    if (!text)
        return 0;
    if (intern->slot_count * 2 >= intern->slot_capacity)
        grow_slots(intern);
    size_t length = strlen(text);
    uint32_t hash = hash_of(text, length);
    struct intern_slot *slot = slot_for(intern, text, hash);
    if (slot->text)
        return slot->offset;

    struct intern_piece *piece = piece_with_room(intern, length + 1);
    char *copy = piece->text + piece->length;
    memcpy(copy, text, length + 1);
    *slot = (struct intern_slot){copy, hash, piece->offset + (uint32_t)piece->length};
    piece->length += length + 1;
    intern->slot_count++;
    return slot->offset;
}

const char *intern_text(const struct intern *intern, uint32_t offset) {
    size_t low = 0, high = intern->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (intern->pieces[middle].offset <= offset)
            low = middle;
        else
            high = middle;
    }
    return intern->pieces[low].text + (offset - intern->pieces[low].offset);
}

size_t intern_size(const struct intern *intern) {
    const struct intern_piece *last = &intern->pieces[intern->piece_count - 1];
    return last->offset + last->length;
}

void intern_copy(const struct intern *intern, unsigned char *to) {
    for (size_t i = 0; i < intern->piece_count; i++)
        memcpy(to + intern->pieces[i].offset, intern->pieces[i].text, intern->pieces[i].length);
}
