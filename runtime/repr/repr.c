/* An object is walked by its type. Only what stands in it is read, and through
 * peek.h, in windows: one system call serves many members. */
#include "repr.h"

#include "literal.h"
#include "printer.h"
#include <string.h>

/* ---- Types ---- */

static uint32_t without_qualifiers(const struct unit *unit, uint32_t index) {
    const struct thimble_type *type = _thimble_type(unit, index);
    for (; type && type->kind == THIMBLE_QUALIFIED; type = _thimble_type(unit, index))
        index = type->target;
    return index;
}

static void put_cast(struct text *out, const struct unit *unit, uint32_t type) {
    _thimble_puts(out, "(");
    _thimble_repr_type(out, unit, type, "");
    _thimble_puts(out, ")");
}

bool _thimble_has_name(const struct unit *unit, uint32_t index) {
    const struct thimble_type *type = _thimble_type(unit, index);
    for (int depth = 0; type && depth < 64; depth++) {
        bool passes = type->kind == THIMBLE_QUALIFIED || type->kind == THIMBLE_ARRAY ||
                      type->kind == THIMBLE_POINTER || type->kind == THIMBLE_COMPLEX;
        if (!passes)
            return type->kind == THIMBLE_VOID || type->kind == THIMBLE_FUNCTION ||
                   *_thimble_string(unit, type->name);
        type = _thimble_type(unit, type->target);
    }
    return false;
}

/* Where a pointer's type can't be named, one to void becomes one of that type. */
void _thimble_put_cast(struct text *out, const struct unit *unit, uint32_t type) {
    if (_thimble_has_name(unit, type))
        put_cast(out, unit, without_qualifiers(unit, type));
    else
        _thimble_puts(out, "(void *)");
}

/* ---- Anything ---- */

static bool is_vector(const struct unit *unit, const struct thimble_type *type) {
    return type->kind == THIMBLE_OPAQUE && type->count && _thimble_type(unit, type->target);
}

static void put_bytes(struct printer *printer, const struct thimble_type *type, const char *data) {
    enum { MOST = 32 };
    size_t size = type->size < MOST ? (size_t)type->size : MOST;
    const char *bytes = _thimble_look(&printer->window, data, size);
    _thimble_printf(printer->out, "{0 /* %llu bytes:", (unsigned long long)type->size);
    for (size_t i = 0; bytes && i < size; i++)
        _thimble_printf(printer->out, " %02x", (unsigned char)bytes[i]);
    _thimble_put_here(printer, !bytes              ? " unreadable */}"
                               : size < type->size ? " ... */}"
                                                   : " */}");
}

static bool is_number(const struct unit *unit, const struct thimble_type *type) {
    return _thimble_is_integer(type) || _thimble_has_digits(unit, type);
}

static bool is_scalar(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_type *part =
        type->kind == THIMBLE_COMPLEX ? _thimble_bare_type(unit, type->target) : NULL;
    bool is_complex = part && part->size <= type->size / 2 && is_number(unit, part);
    return is_number(unit, type) || is_complex || _thimble_bit_int_width(unit, type);
}

static void put_scalar(struct printer *printer, uint32_t named, const struct thimble_type *type,
                       const char *data) {
    const char *bytes = _thimble_look_at_scalar(printer, data, (size_t)type->size);
    if (!bytes)
        return;
    if (type->kind == THIMBLE_COMPLEX)
        _thimble_repr_complex(printer->out, printer->unit, type, bytes);
    else if (type->kind == THIMBLE_FLOAT)
        _thimble_repr_digits(printer->out, printer->unit, type, bytes);
    else if (type->kind == THIMBLE_OPAQUE)
        _thimble_repr_bit_int(printer->out, printer->unit, type, bytes);
    else
        _thimble_repr_integer(printer->out, printer->unit, named,
                              _thimble_load_integer(printer->unit, type, bytes));
}

/* The form of its own that each kind of type has. */
static void put_bare(struct printer *printer, uint32_t named, const struct thimble_type *type,
                     const char *data) {
    if (is_scalar(printer->unit, type))
        put_scalar(printer, named, type, data);
    else if (type->kind == THIMBLE_POINTER && type->size == sizeof(void *))
        _thimble_put_pointer(printer, named, type, data);
    else if (type->kind == THIMBLE_ARRAY || is_vector(printer->unit, type))
        _thimble_put_array(printer, type, data);
    else if (type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION)
        _thimble_put_aggregate(printer, type, data);
    else
        put_bytes(printer, type, data);
}

/* Whether that form stands in braces. */
static bool has_braces(const struct unit *unit, const struct thimble_type *type) {
    if (type->kind == THIMBLE_ARRAY)
        return !_thimble_is_text_array(unit, type);
    return type->kind != THIMBLE_POINTER && !is_scalar(unit, type);
}

/* An array's braces initialise one, and are no expression with a type in front either:
 * that would be a pointer. */
static bool takes_cast(const struct unit *unit, uint32_t named, const struct thimble_type *type,
                       enum form form) {
    if (form == AS_EXPRESSION && (type->kind == THIMBLE_ARRAY || !has_braces(unit, type)))
        return false;
    return form != INSIDE && _thimble_has_name(unit, named);
}

void _thimble_put_value(struct printer *printer, uint32_t named, const char *data, enum form form) {
    const struct unit *unit = printer->unit;
    const struct thimble_type *type = _thimble_bare_type(unit, named);
    if (!type) {
        _thimble_put_here(printer, "{0 /* of a type that is not known */}");
        return;
    }
    bool aggregate = type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION;
    if (aggregate && _thimble_put_own(printer, named, type, data))
        return;
    if (takes_cast(unit, named, type, form))
        put_cast(printer->out, unit, without_qualifiers(unit, named));
    bool more = form == AS_LITERAL && !has_braces(unit, type);
    _thimble_put_here(printer, more ? "{" : "");
    put_bare(printer, named, type, data);
    _thimble_put_here(printer, more ? "}" : "");
}

/* ---- The whole ---- */

static void start(struct printer *printer, struct text *out, const struct unit *unit,
                  const struct repr_style *style) {
    enum { SYMBOL_SEARCHES = 1000 };
    printer->out = out;
    printer->unit = unit;
    printer->style = style;
    printer->is_recorded = false;
    printer->start = out->length;
    printer->end = style->limit < SIZE_MAX - out->length ? out->length + style->limit : SIZE_MAX;
    printer->depth = style->depth;
    printer->nesting = 0;
    printer->opened = NULL;
    printer->symbol_searches = SYMBOL_SEARCHES;
    printer->in_one_line = printer->in_lines = printer->any = false;
    printer->indent = style->indent;
    printer->window.start = NULL;
    printer->window.size = 0;
}

static void put_whole(struct printer *printer, uint32_t type, const void *data) {
    const struct thimble_type *bare = _thimble_bare_type(printer->unit, type);
    struct opened opened = {NULL, data, bare ? (size_t)bare->size : 0};
    printer->opened = &opened;
    _thimble_put_value(printer, type, data, printer->style->inside ? INSIDE : AS_EXPRESSION);
}

const struct repr_style _thimble_repr_shallow = {
    .limit = 8192, .elements = 32, .characters = 200, .plain = true};

void _thimble_repr_with(struct text *out, const struct unit *unit, uint32_t type, const void *data,
                        const struct repr_style *style) {
    struct printer printer;
    start(&printer, out, unit, style);
    put_whole(&printer, type, data);
}

void _thimble_repr_elements(struct text *out, const struct unit *unit, uint32_t type,
                            const void *data, size_t count, const struct repr_style *style) {
    const struct thimble_type *element = _thimble_bare_type(unit, type);
    const struct thimble_type array = {
        .kind = THIMBLE_ARRAY, .target = type, .count = count, .size = count * element->size};
    if (count == 1 && !_thimble_is_text_array(unit, &array)) {
        _thimble_repr_with(out, unit, type, data, style);
        return;
    }
    struct printer printer;
    struct opened opened = {NULL, data, (size_t)array.size};
    start(&printer, out, unit, style);
    printer.opened = &opened;
    _thimble_put_array(&printer, &array, data);
}

void _thimble_repr(struct text *out, const struct unit *unit, uint32_t type, const void *data) {
    struct repr_style style = _thimble_repr_style();
    _thimble_repr_with(out, unit, type, data, &style);
}

const struct recorded *_thimble_recorded_at(const struct recorded *recorded, size_t count,
                                            const void *place) {
    for (size_t i = 0; i < count; i++)
        if (recorded[i].place == place)
            return &recorded[i];
    return NULL;
}

static void put_recorded(struct text *out, const struct repr_object *object,
                         const struct recorded *recorded, size_t count,
                         const struct repr_style *style) {
    struct printer printer;
    start(&printer, out, object->unit, style);
    printer.is_recorded = true;
    printer.recorded = recorded;
    printer.recorded_count = count;
    put_whole(&printer, object->type, object->data);
}

void _thimble_repr_recorded(struct text *out, const struct unit *unit, uint32_t type,
                            const void *data, const struct recorded *recorded, size_t count) {
    static const struct repr_style style = {
        .depth = 2, .limit = 1024, .elements = 32, .characters = 200, .plain = true};
    put_recorded(out, &(struct repr_object){unit, type, data}, recorded, count, &style);
}

void _thimble_repr_recorded_whole(struct text *out, const struct unit *unit, uint32_t type,
                                  const void *data, const struct recorded *recorded, size_t count) {
    static const struct repr_style style = {.depth = 2, .limit = SIZE_MAX, .plain = true};
    put_recorded(out, &(struct repr_object){unit, type, data}, recorded, count, &style);
}

/* Of an array the data points to where a pointer to it stands. */
struct repr_object _thimble_value_object(const struct thimble_value *value) {
    bool described = value->type.kind == THIMBLE_REF_TYPE || value->type.kind == THIMBLE_REF_ARRAY;
    const struct unit *unit = described ? _thimble_ref_unit(value->type) : NULL;
    struct repr_object object = {unit, value->type.index, value->data};
    if (unit && !_thimble_type(unit, object.type))
        object.unit = NULL;
    if (value->type.kind == THIMBLE_REF_ARRAY)
        memcpy(&object.data, value->data, sizeof object.data);
    return object;
}
