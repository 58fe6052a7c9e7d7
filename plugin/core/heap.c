#include "heap.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_die(void *block) {
    if (block)
        return block;
    fputs("thimble: out of memory\n", stderr);
    exit(EXIT_FAILURE);
}

void *heap_new(size_t size) {
    return or_die(calloc(1, size ? size : 1));
}

void *heap_grow(void *array, size_t *capacity, size_t needed, size_t size) {
    if (needed <= *capacity)
        return array;
    size_t room = *capacity * 2 < 16 ? 16 : *capacity * 2;
    if (room < needed)
        room = needed;
    array = or_die(room <= SIZE_MAX / size ? realloc(array, room * size) : NULL);
    *capacity = room;
    return array;
}

char *heap_copy_text(const char *text, size_t length) {
    char *copy = heap_new(length + 1);
    memcpy(copy, text, length);
    return copy;
}
