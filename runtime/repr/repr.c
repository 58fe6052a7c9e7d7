/* An object is walked by its type. Only what stands in it is read, and through
 * peek.h, in windows: one system call serves many members. */
#include "repr.h"

#include "../base/peek.h"
#include "literal.h"
#include <string.h>

enum {
    DEEPEST = 8,           /* structs in structs */
    MOST_CHARACTERS = 200, /* of a string */
    MOST_BYTES_SHOWN = 32, /* of what has no description */
    WINDOW = 1024,
    LARGEST_SCALAR = 32
};

struct printer {
    struct text *out;
    const struct unit *unit;
    const struct repr_style *style;
    const struct recorded_string *strings;
    size_t string_count;
    const char *object; /* where the offsets of `strings` count from */
    size_t start;       /* of what is printed, in `out` */
    unsigned depth;
    const char *window_start;
    size_t window_size;
    char window[WINDOW];
};

static void put_value(struct printer *, uint32_t type, const char *data);

static void put(struct printer *printer, const char *string) {
    _thimble_puts(printer->out, string);
}

static bool is_too_long(const struct printer *printer) {
    return printer->out->length - printer->start > printer->style->limit;
}

/* A copy of up to WINDOW bytes, or null where they can't be read. Good until the
 * next call. */
static const char *fetch(struct printer *printer, const char *address, size_t size) {
    size_t skipped = (uintptr_t)address - (uintptr_t)printer->window_start;
    if (skipped > printer->window_size || size > printer->window_size - skipped) {
        printer->window_start = address;
        printer->window_size = _thimble_peek(printer->window, address, WINDOW);
        skipped = 0;
    }
    return size <= printer->window_size - skipped ? printer->window + skipped : NULL;
}

static const char *fetch_scalar(struct printer *printer, const char *address, size_t size) {
    const char *bytes = size <= LARGEST_SCALAR ? fetch(printer, address, size) : NULL;
    if (!bytes)
        put(printer, "0 /* unreadable */");
    return bytes;
}

/* ---- Pointers ---- */

static const struct recorded_string *recorded(const struct printer *printer, const char *place) {
    for (size_t i = 0; i < printer->string_count; i++)
        if (printer->object + printer->strings[i].offset == place)
            return &printer->strings[i];
    return NULL;
}

/* A cast to the type, whose own qualifiers don't count: a value has none. */
static void put_cast(struct text *out, const struct unit *unit, uint32_t index) {
    const struct thimble_type *type = _thimble_type(unit, index);
    for (; type && type->kind == THIMBLE_QUALIFIED; type = _thimble_type(unit, index))
        index = type->target;
    _thimble_puts(out, "(");
    _thimble_repr_type(out, unit, index, "");
    _thimble_puts(out, ")");
}

static void put_address(struct printer *printer, uint32_t type, const void *address) {
    put_cast(printer->out, printer->unit, type);
    _thimble_printf(printer->out, "%p", address);
}

static void put_text(struct printer *printer, const char *bytes, size_t length, bool ended) {
    _thimble_repr_string(printer->out, bytes, length, MOST_CHARACTERS);
    if (!ended && length <= MOST_CHARACTERS)
        put(printer, "...");
}

static void put_string(struct printer *printer, uint32_t type, const char *place,
                       const char *address) {
    const struct recorded_string *known = recorded(printer, place);
    char bytes[MOST_CHARACTERS + 2];
    int ended = known && known->ended;
    ptrdiff_t length =
        known ? known->length : _thimble_peek_string(bytes, address, sizeof bytes, &ended);
    if (length >= 0) {
        put_text(printer, known ? known->bytes : bytes, (size_t)length, ended);
        return;
    }
    put_address(printer, type, address);
    put(printer, " /* unreadable */");
}

/* A function whose address a unit's symbol table holds, or null. */
static const char *function_at(const void *address) {
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count; i++) {
            const struct thimble_function *function = &unit->functions[i];
            if (function->symbol != THIMBLE_NONE &&
                _thimble_symbol(unit, function->symbol) == address)
                return _thimble_string(unit, function->name);
        }
    return NULL;
}

static void put_pointer(struct printer *printer, uint32_t named, const struct thimble_type *type,
                        const char *place) {
    const char *bytes = fetch_scalar(printer, place, type->size);
    const char *address = NULL;
    if (!bytes)
        return;
    memcpy(&address, bytes, sizeof address);
    const struct thimble_type *target = _thimble_bare_type(printer->unit, type->target);
    bool is_function = target && target->kind == THIMBLE_FUNCTION;
    const char *function = is_function && address ? function_at(address) : NULL;
    if (!address)
        put(printer, "NULL");
    else if (_thimble_is_string(printer->unit, type))
        put_string(printer, named, place, address);
    else if (function)
        put(printer, function);
    else
        put_address(printer, named, address);
}

/* ---- Arrays ---- */

/* The bytes behind which the array holds zeros only. */
static size_t used_bytes(struct printer *printer, const char *data, size_t size) {
    size_t used = 0;
    for (size_t at = 0; at < size; at += WINDOW) {
        size_t piece = size - at < WINDOW ? size - at : WINDOW;
        const char *bytes = fetch(printer, data + at, piece);
        for (size_t i = 0; bytes && i < piece; i++)
            if (bytes[i])
                used = at + i + 1;
    }
    return used;
}

static void put_char_array(struct printer *printer, const struct thimble_type *type,
                           const char *data) {
    enum { LARGEST = 65536 };
    size_t size = type->size < LARGEST ? type->size : LARGEST;
    char bytes[MOST_CHARACTERS * 4];
    size_t used = used_bytes(printer, data, size);
    size_t wanted = used < sizeof bytes ? used : sizeof bytes;
    size_t got = _thimble_peek(bytes, data, wanted);
    if (!fetch(printer, data, 1) || got < wanted)
        put(printer, "/* unreadable */ ");
    put_text(printer, bytes, got, got == used);
}

static bool is_char(const struct unit *unit, uint32_t type) {
    const struct thimble_type *bare = _thimble_bare_type(unit, type);
    return bare && bare->kind == THIMBLE_CHAR;
}

static void put_elements(struct printer *printer, const struct thimble_type *type,
                         const char *data) {
    const struct thimble_type *element = _thimble_type(printer->unit, type->target);
    uint64_t i = 0, most = printer->style->longest ? printer->style->longest : type->count;
    put(printer, "{");
    for (; element && i < type->count && i < most && !is_too_long(printer); i++) {
        put(printer, i ? ", " : "");
        put_value(printer, type->target, data + i * element->size);
    }
    if (i < type->count)
        _thimble_printf(printer->out, "%s/* %llu more */", i ? ", " : "0 ",
                        (unsigned long long)(type->count - i));
    put(printer, "}");
}

static void put_array(struct printer *printer, const struct thimble_type *type, const char *data) {
    if (is_char(printer->unit, type->target) && type->size)
        put_char_array(printer, type, data);
    else
        put_elements(printer, type, data);
}

/* ---- Structs and unions ---- */

static bool put_members(struct printer *, const struct thimble_type *, const char *data,
                        bool first);

/* What can't be initialised by its name: an array at the end of no length. */
static bool is_flexible(const struct thimble_type *type) {
    return type->kind == THIMBLE_ARRAY && !type->size;
}

static void put_bit_field(struct printer *printer, const struct thimble_member *member,
                          const char *data) {
    /* The bytes that hold it, so that no other member's need be readable. */
    struct thimble_member here = *member;
    uint64_t start = member->offset / 8;
    here.offset = member->offset % 8;
    const char *bytes =
        fetch_scalar(printer, data + start, (size_t)((here.offset + member->width + 7) / 8));
    if (bytes)
        _thimble_repr_integer(printer->out, printer->unit, member->type,
                              _thimble_load_member(printer->unit, &here, bytes));
}

/* Returns whether anything was appended that asks for a comma. */
static bool put_member(struct printer *printer, const struct thimble_member *member,
                       const char *data, bool first) {
    const struct thimble_type *type = _thimble_bare_type(printer->unit, member->type);
    const char *name = _thimble_string(printer->unit, member->name);
    const char *place = data + member->offset / 8;
    if (!type)
        return false;
    if (!*name && (type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION))
        return put_members(printer, type, place, first);
    if (is_flexible(type)) {
        _thimble_printf(printer->out, "%s/* .%s[] */", first ? "" : " ", name);
        return false;
    }
    _thimble_printf(printer->out, "%s.%s = ", first ? "" : ", ", name);
    if (member->flags & THIMBLE_BITFIELD)
        put_bit_field(printer, member, data);
    else
        put_value(printer, member->type, place);
    return true;
}

/* The first member of a union that holds all of it: what lies behind it is zero,
 * or it is as large as the others. */
static const struct thimble_member *
whole_member(struct printer *printer, const struct thimble_type *type, const char *data) {
    const struct thimble_member *member, *largest = NULL;
    size_t used = used_bytes(printer, data, (size_t)type->size), most = 0;
    for (uint64_t i = 0; (member = _thimble_member(printer->unit, type, i)); i++) {
        const struct thimble_type *inner = _thimble_bare_type(printer->unit, member->type);
        size_t size = inner ? (size_t)inner->size : 0;
        if (!(member->flags & THIMBLE_BITFIELD) && size >= used)
            return member;
        largest = !largest || size > most ? member : largest;
        most = size > most ? size : most;
    }
    return largest;
}

static bool put_union(struct printer *printer, const struct thimble_type *type, const char *data,
                      bool first) {
    const struct thimble_member *member = whole_member(printer, type, data);
    bool any = member && put_member(printer, member, data, first);
    put(printer, type->count > 1 ? " /* of a union */" : "");
    return any;
}

static bool put_members(struct printer *printer, const struct thimble_type *type, const char *data,
                        bool first) {
    const struct thimble_member *member;
    bool any = false;
    if (type->kind == THIMBLE_UNION)
        return put_union(printer, type, data, first);
    for (uint64_t i = 0; (member = _thimble_member(printer->unit, type, i)); i++) {
        if (is_too_long(printer)) {
            put(printer, first && !any ? "0 /* ... */" : ", /* ... */");
            return true;
        }
        any |= put_member(printer, member, data, first && !any);
    }
    return any;
}

static void put_braces(struct printer *printer, const struct thimble_type *type, const char *data) {
    if (type->flags & THIMBLE_INCOMPLETE) {
        put(printer, "{0 /* incomplete here */}");
        return;
    }
    if (printer->depth == DEEPEST) {
        put(printer, "{0 /* ... */}");
        return;
    }
    put(printer, "{");
    printer->depth++;
    put_members(printer, type, data, true);
    printer->depth--;
    put(printer, "}");
}

/* ---- Anything ---- */

static void put_bytes(struct printer *printer, const struct thimble_type *type, const char *data) {
    size_t size = type->size < MOST_BYTES_SHOWN ? type->size : MOST_BYTES_SHOWN;
    const char *bytes = fetch(printer, data, size);
    _thimble_printf(printer->out, "{0 /* %llu bytes:", (unsigned long long)type->size);
    for (size_t i = 0; bytes && i < size; i++)
        _thimble_printf(printer->out, " %02x", (unsigned char)bytes[i]);
    put(printer, !bytes ? " unreadable */}" : size < type->size ? " ... */}" : " */}");
}

static void put_scalar(struct printer *printer, uint32_t named, const struct thimble_type *type,
                       const char *data) {
    const char *bytes = fetch_scalar(printer, data, type->size);
    if (!bytes)
        return;
    if (type->kind == THIMBLE_COMPLEX)
        _thimble_repr_complex(printer->out, printer->unit, type, bytes);
    else if (type->kind == THIMBLE_FLOAT)
        _thimble_repr_real(printer->out, type, bytes);
    else
        _thimble_repr_integer(printer->out, printer->unit, named,
                              _thimble_load_integer(printer->unit, type, bytes));
}

static bool is_number(const struct unit *unit, const struct thimble_type *type) {
    return _thimble_is_integer(type) || _thimble_is_real(unit, type);
}

static bool is_scalar(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_type *part =
        type->kind == THIMBLE_COMPLEX ? _thimble_bare_type(unit, type->target) : NULL;
    return is_number(unit, type) || (part && is_number(unit, part));
}

/* The value as it stands inside another's braces. */
static void put_value(struct printer *printer, uint32_t named, const char *data) {
    const struct thimble_type *type = _thimble_bare_type(printer->unit, named);
    if (!type)
        put(printer, "{0 /* of a type that is not known */}");
    else if (is_scalar(printer->unit, type))
        put_scalar(printer, named, type, data);
    else if (type->kind == THIMBLE_POINTER)
        put_pointer(printer, named, type, data);
    else if (type->kind == THIMBLE_ARRAY)
        put_array(printer, type, data);
    else if (type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION)
        put_braces(printer, type, data);
    else
        put_bytes(printer, type, data);
}

/* Braces are a value by themselves only behind a type, which has to have a name. */
static bool takes_cast(const struct unit *unit, uint32_t named) {
    const struct thimble_type *type = _thimble_bare_type(unit, named);
    const struct thimble_type *outer = _thimble_type(unit, named);
    while (outer && outer->kind == THIMBLE_QUALIFIED)
        outer = _thimble_type(unit, outer->target);
    if (!type || !outer)
        return false;
    if (type->kind == THIMBLE_ARRAY)
        return !(type->size && is_char(unit, type->target));
    return (type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION) &&
           *_thimble_string(unit, outer->name);
}

static void put_whole(struct printer *printer, uint32_t type, const void *data) {
    printer->start = printer->out->length;
    printer->depth = 0;
    printer->window_start = NULL;
    printer->window_size = 0;
    if (!printer->style->inside && takes_cast(printer->unit, type))
        put_cast(printer->out, printer->unit, type);
    put_value(printer, type, data);
}

/* ---- How it looks ---- */

enum { DEFAULT_DEPTH = 3, DEFAULT_LIMIT = 8192 };

const struct repr_style _thimble_repr_shallow = {.limit = DEFAULT_LIMIT, .longest = 32};

struct repr_style _thimble_repr_style(void) {
    return (struct repr_style){.depth = DEFAULT_DEPTH, .limit = DEFAULT_LIMIT};
}

void _thimble_repr_with(struct text *out, const struct unit *unit, uint32_t type, const void *data,
                        const struct repr_style *style) {
    struct printer printer;
    printer.out = out;
    printer.unit = unit;
    printer.style = style;
    printer.string_count = 0;
    put_whole(&printer, type, data);
}

void _thimble_repr(struct text *out, const struct unit *unit, uint32_t type, const void *data) {
    struct repr_style style = _thimble_repr_style();
    _thimble_repr_with(out, unit, type, data, &style);
}

void _thimble_repr_recorded(struct text *out, const struct unit *unit, uint32_t type,
                            const void *data, const struct recorded_string *strings, size_t count) {
    struct printer printer;
    printer.out = out;
    printer.unit = unit;
    printer.style = &_thimble_repr_shallow;
    printer.strings = strings;
    printer.string_count = count;
    printer.object = data;
    put_whole(&printer, type, data);
}

/* Of an array the data points to where a pointer to it stands. */
struct repr_object _thimble_value_object(const struct thimble_value *value) {
    bool described =
        value->type.kind == THIMBLE_REF_TYPE || value->type.kind == THIMBLE_REF_ARRAY;
    const struct unit *unit = described ? _thimble_ref_unit(value->type) : NULL;
    struct repr_object object = {unit, value->type.index, value->data};
    if (unit && !_thimble_type(unit, object.type))
        object.unit = NULL;
    if (value->type.kind == THIMBLE_REF_ARRAY)
        memcpy(&object.data, value->data, sizeof object.data);
    return object;
}
