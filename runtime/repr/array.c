#include "printer.h"

#include <string.h>

enum {
    SHORTEST_RUN = 8,       /* of equal elements that are written as one range */
    LARGEST_REPEATED = 512, /* bytes of an element that is compared with those behind it */
    MOST_COMPARED = 16 << 20
};

/* ---- Text ---- */

bool _thimble_is_text_array(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_type *element = _thimble_bare_type(unit, type->target);
    return element && element->size && type->size && _thimble_literal_prefix(unit, type->target);
}

/* Zeros at the end are the literal's own. */
static void put_text_array(struct printer *printer, const struct thimble_type *type,
                           const char *data) {
    enum { LARGEST = 1 << 20 };
    unsigned width = (unsigned)_thimble_bare_type(printer->unit, type->target)->size;
    const char *prefix = _thimble_literal_prefix(printer->unit, type->target);
    size_t size = type->size < LARGEST ? (size_t)type->size : LARGEST;
    size_t count = (_thimble_used_bytes(printer, data, size) + width - 1) / width;
    size_t room = _thimble_is_too_long(printer) ? 0 : printer->end - printer->out->length;
    size_t most = printer->style->characters ? printer->style->characters : SIZE_MAX;
    size_t wanted = (count < room ? count : room) * width;
    struct copy copy;
    _thimble_copy(&copy, data, wanted);
    bool readable = _thimble_look(&printer->window, data, 1) && copy.size == wanted;
    size_t put = _thimble_put_literal(printer->out, prefix, copy.bytes, copy.size / width, width,
                                      most, printer->end);
    if (!readable)
        _thimble_put_here(printer, " /* unreadable */");
    else if (put < count || size < type->size)
        _thimble_put_here(printer, " /* ... */");
    _thimble_drop_copy(&copy);
}

/* ---- Elements ---- */

/* How many elements from number i on have the bytes of that one. */
static uint64_t run_length(struct printer *printer, const char *data, size_t size, uint64_t left) {
    char first[LARGEST_REPEATED];
    const char *bytes =
        size && size <= sizeof first ? _thimble_look(&printer->window, data, size) : NULL;
    if (!bytes)
        return 1;
    memcpy(first, bytes, size);
    uint64_t most = MOST_COMPARED / size < left ? MOST_COMPARED / size : left, length = 1;
    while (length < most && (bytes = _thimble_look(&printer->window, data + length * size, size)) &&
           memcmp(first, bytes, size) == 0)
        length++;
    return length;
}

static bool is_readable(struct printer *printer, const char *data, size_t size) {
    return size == 0 || _thimble_look(&printer->window, data, 1);
}

/* Element number i, and those behind it that are the same. Returns how many. */
static uint64_t put_run(struct printer *printer, const struct thimble_type *type, const char *data,
                        uint64_t i) {
    size_t size = (size_t)_thimble_type(printer->unit, type->target)->size;
    uint64_t length = run_length(printer, data + i * size, size, type->count - i);
    length = length < SHORTEST_RUN ? 1 : length;
    _thimble_begin_part(printer);
    if (length > 1)
        _thimble_printf(printer->out, "[%llu ... %llu] = ", (unsigned long long)i,
                        (unsigned long long)(i + length - 1));
    size_t end = _thimble_enter_part(printer, type->count - i - length);
    _thimble_put_value(printer, type->target, data + i * size, INSIDE);
    _thimble_leave_part(printer, end);
    return length;
}

static void put_elements(struct printer *printer, const struct thimble_type *type,
                         const char *data) {
    size_t size = (size_t)_thimble_type(printer->unit, type->target)->size;
    size_t most = printer->style->elements ? printer->style->elements : SIZE_MAX;
    char comment[64] = "unreadable";
    bool readable = true;
    uint64_t i = 0;
    for (size_t put = 0; i < type->count && put < most && !_thimble_is_too_long(printer); put++) {
        readable = is_readable(printer, data + i * size, size);
        if (!readable)
            break;
        i += put_run(printer, type, data, i);
    }
    if (i == type->count)
        return;
    struct text text = _thimble_text(comment, sizeof comment);
    if (i || readable)
        _thimble_printf(&text, "%llu more%s", (unsigned long long)(type->count - i),
                        readable ? "" : ", unreadable");
    else
        _thimble_puts(&text, "unreadable");
    _thimble_leave_out(printer, comment);
}

/* Numbers are read in rows. */
static bool takes_lines(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_type *element = _thimble_bare_type(unit, type->target);
    return element && (element->kind == THIMBLE_STRUCT || element->kind == THIMBLE_UNION ||
                       element->kind == THIMBLE_ARRAY || element->kind == THIMBLE_POINTER);
}

void _thimble_put_array(struct printer *printer, const struct thimble_type *type,
                        const char *data) {
    if (!_thimble_type(printer->unit, type->target)) {
        _thimble_put_here(printer, "{0 /* of a type that is not known */}");
        return;
    }
    if (_thimble_is_text_array(printer->unit, type))
        put_text_array(printer, type, data);
    else
        _thimble_put_braces(printer, put_elements, type, data, takes_lines(printer->unit, type));
}
