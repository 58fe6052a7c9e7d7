/* What is in a block, as C source. */
#include <thimble/memory.h>

#include <errno.h>
#include <string.h>

#include "../base/arena.h"
#include "../base/peek.h"
#include "../repr/repr.h"
#include "piece.h"
#include "take.h"

/* There where tests are. */
extern __typeof__(_thimble_repr_with) _thimble_repr_with __attribute__((weak));
extern __typeof__(_thimble_repr_string) _thimble_repr_string __attribute__((weak));

enum { MOST_BYTES = 64, MOST_ELEMENTS = 16, MOST_CHARACTERS = 1024, MOST_REPR = 8192 };

static void put_bytes(struct text *text, const void *address, size_t size) {
    unsigned char bytes[MOST_BYTES];
    size_t shown = _thimble_peek(bytes, address, size < MOST_BYTES ? size : MOST_BYTES);
    _thimble_puts(text, "{");
    for (size_t i = 0; i < shown; i++)
        _thimble_printf(text, "%s0x%02x", i ? ", " : "", bytes[i]);
    if (shown < size)
        _thimble_printf(text, "%s/* %zu more */", shown ? ", " : "", size - shown);
    _thimble_puts(text, "}");
}

static void put_string(struct text *text, const char *address, size_t size) {
    char bytes[MOST_CHARACTERS];
    size_t shown = _thimble_peek(bytes, address, size < sizeof(bytes) ? size : sizeof(bytes));
    const char *end = memchr(bytes, '\0', shown);
    if (end || shown == size)
        _thimble_repr_string(text, bytes, end ? (size_t)(end - bytes) : shown, MOST_CHARACTERS);
    else {
        _thimble_repr_string(text, bytes, shown, MOST_CHARACTERS);
        _thimble_printf(text, " /* of %zu bytes */", size);
    }
}

static void put_elements(struct text *text, const struct unit *unit, uint32_t type,
                         const char *address, size_t size, struct repr_style style) {
    size_t each = _thimble_bare_type(unit, type)->size, count = size / each;
    if (count == 1 && size == each) {
        _thimble_repr_with(text, unit, type, address, &style);
        return;
    }
    _thimble_puts(text, "{");
    for (size_t i = 0; i < count && i < MOST_ELEMENTS; i++) {
        _thimble_puts(text, i ? ", " : "");
        style.inside = true;
        _thimble_repr_with(text, unit, type, address + i * each, &style);
    }
    if (count > MOST_ELEMENTS)
        _thimble_printf(text, ", /* %zu more */", count - MOST_ELEMENTS);
    if (size % each)
        _thimble_printf(text, "%s/* and %zu bytes */", count ? " " : "", size % each);
    _thimble_puts(text, "}");
}

static void put_contents(struct text *text, const struct block *block,
                         const struct repr_style *style) {
    struct trace trace = _thimble_trace_of(block->trace);
    const void *address = (const void *)block->address;
    uint32_t index = trace.unit ? trace.unit->sites[trace.site].type : THIMBLE_NONE;
    const struct thimble_type *type = trace.unit ? _thimble_bare_type(trace.unit, index) : NULL;
    bool has_size = type && type->size > 0 && !(type->flags & THIMBLE_INCOMPLETE);
    if (!has_size || !_thimble_repr_with || !_thimble_repr_string)
        put_bytes(text, address, block->size);
    else if (type->kind == THIMBLE_CHAR)
        put_string(text, address, block->size);
    else
        put_elements(text, trace.unit, index, address, block->size, *style);
}

void _thimble_put_contents(struct text *text, const struct block *block) {
    put_contents(text, block, &(struct repr_style){.depth = 1, .limit = 200, .plain = true});
}

THIMBLE_API const char *thimble_tracker_repr(const struct thimble_heap_object *object) {
    struct block block;
    char buffer[MOST_REPR];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    int saved = errno;
    text.grows = true; /* into the arena */
    if (!object || !object->address)
        _thimble_puts(&text, "0 /* no object */");
    else if (_thimble_find_block((uintptr_t)object->address, &block))
        put_contents(&text, &block, &(struct repr_style){.depth = 1, .limit = MOST_REPR});
    else
        _thimble_puts(&text, "0 /* freed */");
    char *copy = _thimble_new_piece(text.length + 1);
    if (copy)
        memcpy(copy, text.data, text.length + 1);
    errno = saved;
    return copy ? copy : "";
}
