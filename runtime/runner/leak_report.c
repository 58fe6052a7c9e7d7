#include "leak_report.h"

#include <string.h>

#include "../check/running.h"
#include "../check/trace.h"
#include "../repr/repr.h"

/* Of a slate's text, so that what comes behind finds room, too. */
#define MOST_TEXT (SLATE_TEXT_SIZE / 2)

static const struct repr_style style = {.depth = 1, .limit = 400, .elements = 8, .characters = 72};

/* ---- Objects ---- */

struct object {
    const struct unit *unit;
    uint32_t type; /* of an element, or THIMBLE_NONE */
    const char *data;
    size_t size;
    struct text *text;
};

/* With its zero, where it has one. */
static size_t string_size(const char *bytes, size_t size) {
    const char *end = memchr(bytes, '\0', size);
    return end ? (size_t)(end - bytes) + 1 : size;
}

/* A string is shown as one; of other bytes only what somebody wrote. */
static void put_bytes(const struct object *object) {
    enum { MOST = 16 };
    const unsigned char *bytes = (const unsigned char *)object->data;
    size_t size = object->size, used = size, length = string_size(object->data, size);
    while (used > 0 && bytes[used - 1] == 0)
        used--;
    if (used == 0)
        return;
    if (length > 1 && length < size + 1 && !bytes[length - 1] &&
        _thimble_reads_as_text(object->data, length - 1)) {
        _thimble_repr_string(object->text, object->data, length - 1, style.characters);
        return;
    }
    for (size_t i = 0; i < used && i < MOST; i++)
        _thimble_printf(object->text, "%s0x%02x", i ? ", " : "{", bytes[i]);
    if (used > MOST)
        _thimble_printf(object->text, " /* %zu more */", size - MOST);
    _thimble_puts(object->text, "}");
}

/* A type's own repr_NAME is user code. */
static void put_object(void *data) {
    const struct object *object = data;
    const struct thimble_type *type = _thimble_bare_type(object->unit, object->type);
    if (!type || type->size == 0 || object->size < type->size || type->kind == THIMBLE_VOID) {
        put_bytes(object);
        return;
    }
    size_t size = object->size;
    if (type->kind == THIMBLE_CHAR)
        size = string_size(object->data, size);
    _thimble_repr_elements(object->text, object->unit, object->type, object->data,
                           size / (size_t)type->size, &style);
}

/* Nothing where it could not be shown, as its own function failed. */
static void put_objects(struct text *text, const struct leak *leak, const struct trace *trace) {
    uint32_t type = trace->unit->sites[trace->site].type;
    for (size_t i = 0; i < LEAK_EXAMPLES && i < leak->count; i++) {
        char buffer[2048];
        struct text shown = _thimble_text(buffer, sizeof buffer);
        struct object object = {trace->unit, type, (const char *)~leak->inverted[i], leak->sizes[i],
                                &shown};
        struct left left = _thimble_guarded(put_object, &object, true);
        if (left.by == LEFT_RETURNED && shown.length > 0)
            _thimble_printf(text, "\n  %s", shown.data);
    }
}

/* ---- Lines ---- */

static void put_line(struct text *text, const char *before, const struct leak *leak) {
    if (text->length > 0)
        _thimble_puts(text, "\n");
    _thimble_puts(text, before);
    _thimble_describe_leak(text, leak);
}

/* True where the rest is left out. */
static bool is_enough(struct text *text, const char *before, size_t left) {
    if (text->length < MOST_TEXT)
        return false;
    _thimble_printf(text, "\n%s... and at %zu more site%s", before, left, left == 1 ? "" : "s");
    return true;
}

void _thimble_report_leaks(struct slate *slate, const struct leak *leaks, size_t count) {
    struct text text = _thimble_growing_text();
    for (size_t i = 0; i < count && !is_enough(&text, "", count - i); i++) {
        struct trace trace = _thimble_trace_of(leaks[i].trace);
        put_line(&text, "", &leaks[i]);
        put_objects(&text, &leaks[i], &trace);
        _thimble_put_frames(&text, _thimble_trace_function(&trace), trace.frames, trace.frame_count,
                            false);
    }
    _thimble_slate_add(slate, text.data, text.length);
}

void _thimble_report_reachable(struct slate *slate, const struct leak *leaks, size_t count) {
    static const char before[] = {NOTE_MARK, '\0'};
    struct text text = _thimble_growing_text();
    for (size_t i = 0; i < count && !is_enough(&text, before, count - i); i++) {
        put_line(&text, before, &leaks[i]);
    }
    if (text.length > 0)
        _thimble_slate_add(slate, text.data, text.length);
}
