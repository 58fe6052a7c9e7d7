#include "window.h"

#include <stdbool.h>
#include <stdint.h>

#include "peek.h"

/* Divides every page size: what stands in front of an address to there can be read if the
 * address can. Lists run backwards as often as not. */
enum { ALIGNMENT = 1024 };

static void open_at(struct window *window, const char *start) {
    window->start = start;
    window->size = _thimble_peek(window->bytes, start, WINDOW_SIZE);
}

/* Moves the window unless that many bytes are in it; returns how many are, in the end. */
static size_t move(struct window *window, const char *address, size_t size) {
    size_t skipped = (uintptr_t)address - (uintptr_t)window->start;
    if (skipped < window->size && size <= window->size - skipped)
        return window->size - skipped;
    skipped = size <= WINDOW_SIZE - ALIGNMENT ? (uintptr_t)address % ALIGNMENT : 0;
    open_at(window, address - skipped);
    if (window->size <= skipped && skipped) { /* a sanitizer's fence stands in between */
        skipped = 0;
        open_at(window, address);
    }
    return skipped < window->size ? window->size - skipped : 0;
}

const char *_thimble_look(struct window *window, const void *address, size_t size) {
    bool there = move(window, address, size) >= size;
    return there ? window->bytes + ((const char *)address - window->start) : NULL;
}

const char *_thimble_look_along(struct window *window, const char *address, size_t most,
                                size_t *there) {
    size_t rest = move(window, address, 1);
    *there = most < rest ? most : rest;
    return window->bytes + (address - window->start);
}
