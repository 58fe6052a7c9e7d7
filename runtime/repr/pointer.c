/* Pointers: by name where what they point to has one, else by what stands there, down to
 * the style's depth, else by the address. */
#include "printer.h"

#include "../base/peek.h"
#include "../base/symbols.h"
#include "complete.h"
#include "literal.h"
#include <stdio.h>
#include <string.h>

/* A pointer that is being printed. */
struct pointer {
    uint32_t named; /* its type */
    uint32_t target_named;
    const struct thimble_type *target; /* bare; null for none */
    const char *place, *address;
};

static void put_address(struct printer *printer, const struct pointer *pointer) {
    _thimble_put_cast(printer->out, printer->unit, pointer->named);
    _thimble_printf(printer->out, "%p", (const void *)pointer->address);
}

/* ---- Functions ---- */

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

static void put_function(struct printer *printer, const struct pointer *pointer) {
    const char *name = function_at(pointer->address);
    struct symbol symbol;
    if (!name && printer->symbol_searches && printer->symbol_searches-- &&
        _thimble_find_symbol(pointer->address, &symbol) && symbol.is_function)
        name = symbol.name;
    if (name)
        _thimble_put_here(printer, name);
    else
        put_address(printer, pointer);
}

/* ---- Strings ---- */

/* What stands at the address up to the character that is zero. */
struct string {
    size_t length; /* characters that can be read, as many as there is room for at most */
    bool ended, unreadable;
};

static struct string measure(const struct printer *printer, const char *address, unsigned width) {
    static const char zero[4];
    struct string string = {0};
    char piece[512];
    size_t room = _thimble_is_too_long(printer) ? 0 : printer->end - printer->out->length;
    size_t got = sizeof piece;
    while (got == sizeof piece && string.length <= room && !string.ended) {
        got = _thimble_peek(piece, address + string.length * width, sizeof piece);
        size_t count = got / width, i = 0;
        while (i < count && memcmp(piece + i * width, zero, width) != 0)
            i++;
        string.length += i;
        string.ended = i < count;
    }
    string.unreadable = !string.ended && got < sizeof piece;
    return string;
}

static void put_string(struct printer *printer, const struct pointer *pointer, const char *prefix) {
    unsigned width = (unsigned)pointer->target->size;
    struct string string = measure(printer, pointer->address, width);
    size_t most = printer->style->characters ? printer->style->characters : SIZE_MAX;
    struct copy copy;
    if (!string.length && string.unreadable) {
        put_address(printer, pointer);
        _thimble_put_here(printer, " /* unreadable */");
        return;
    }
    if (pointer->target->kind == THIMBLE_INTEGER && width == 1) /* literals are of plain char */
        _thimble_put_cast(printer->out, printer->unit, pointer->named);
    _thimble_copy(&copy, pointer->address, string.length * width);
    size_t put = _thimble_put_literal(printer->out, prefix, copy.bytes, copy.size / width, width,
                                      most, printer->end);
    _thimble_drop_copy(&copy);
    if (put < string.length || !string.ended)
        _thimble_put_here(printer, put == string.length && string.unreadable
                                       ? " /* without an end */"
                                       : " /* ... */");
}

/* Of bytes, which are called unsigned characters, whether they are a text. */
static bool is_text(const struct printer *printer, const struct pointer *pointer) {
    struct copy copy;
    if (printer->style->plain || pointer->target->kind != THIMBLE_INTEGER ||
        pointer->target->size != 1 || _thimble_is_signed(printer->unit, pointer->target) ||
        _thimble_is_too_long(printer))
        return false;
    struct string string = measure(printer, pointer->address, 1);
    if (!string.length || !string.ended)
        return false;
    _thimble_copy(&copy, pointer->address, string.length);
    bool text = _thimble_reads_as_text(copy.bytes, copy.size);
    _thimble_drop_copy(&copy);
    return text;
}

/* ---- Objects ---- */

static bool is_open(const struct printer *printer, const char *address) {
    for (const struct opened *opened = printer->opened; opened; opened = opened->outer)
        if (address == opened->start ||
            (uintptr_t)address - (uintptr_t)opened->start < opened->size)
            return true;
    return false;
}

static bool is_whole(const struct thimble_type *type) {
    return type && type->kind != THIMBLE_VOID && type->kind != THIMBLE_FUNCTION &&
           !(type->flags & (THIMBLE_INCOMPLETE | THIMBLE_VARIABLE));
}

/* The pointer's own unit may leave open what the target looks like. */
static bool find_followed(const struct printer *printer, const struct pointer *pointer,
                          struct followed *followed) {
    const struct thimble_type *type = pointer->target;
    const struct unit *unit = printer->unit;
    uint32_t named = pointer->target_named;
    *followed = (struct followed){unit, named, type};
    if (is_whole(type))
        return true;
    if (!type || (type->kind != THIMBLE_STRUCT && type->kind != THIMBLE_UNION) ||
        !_thimble_complete_type(&unit, &named))
        return false;
    *followed = (struct followed){unit, named, _thimble_bare_type(unit, named)};
    return true;
}

/* A literal can't be atomic, but a pointer to one may say so. */
static bool is_atomic(const struct unit *unit, uint32_t index) {
    const struct thimble_type *type = _thimble_type(unit, index);
    for (int i = 0; type && i < 64; i++, type = _thimble_type(unit, type->target)) {
        if (type->kind != THIMBLE_QUALIFIED && type->kind != THIMBLE_TYPEDEF)
            return false;
        if (type->flags & THIMBLE_ATOMIC)
            return true;
    }
    return false;
}

/* What stands at the address, as the operand of an &, or in a comment where its type has no
 * name. */
static void put_literal(struct printer *printer, const struct pointer *pointer,
                        const struct followed *followed) {
    bool named = _thimble_has_name(followed->unit, followed->named);
    if (!named)
        _thimble_printf(printer->out, "(void *)%p /* ", (const void *)pointer->address);
    else if (is_atomic(printer->unit, pointer->target_named))
        _thimble_put_cast(printer->out, printer->unit, pointer->named);
    size_t inner = printer->out->length;
    _thimble_put_here(printer, named ? "&" : "");
    _thimble_put_value(printer, followed->named, pointer->address, named ? AS_LITERAL : INSIDE);
    if (!named) {
        _thimble_make_comment(printer->out, inner);
        _thimble_put_here(printer, " */");
    }
}

static void follow(struct printer *printer, const struct pointer *pointer,
                   const struct followed *followed) {
    const struct unit *unit = printer->unit;
    struct opened opened = {printer->opened, pointer->address, (size_t)followed->type->size};
    printer->unit = followed->unit;
    printer->opened = &opened;
    printer->depth--;
    printer->nesting++;
    put_literal(printer, pointer, followed);
    printer->nesting--;
    printer->depth++;
    printer->opened = opened.outer;
    printer->unit = unit;
}

static void put_object(struct printer *printer, const struct pointer *pointer) {
    struct followed followed;
    bool known = find_followed(printer, pointer, &followed);
    if (_thimble_put_symbol(printer, pointer->named, &followed, pointer->address))
        return;
    bool cycle = is_open(printer, pointer->address);
    bool deep = printer->depth && printer->nesting < DEEPEST_NESTING;
    bool readable =
        known && (!followed.type->size || _thimble_look(&printer->window, pointer->address, 1));
    if (known && deep && readable && !cycle) {
        follow(printer, pointer, &followed);
        return;
    }
    put_address(printer, pointer);
    if (cycle)
        _thimble_put_here(printer, " /* a cycle */");
    else if (known && deep && !readable)
        _thimble_put_here(printer, " /* unreadable */");
    else if (!known && !printer->style->plain)
        _thimble_put_block(printer, pointer->address);
}

/* ---- What was recorded ---- */

/* Text in what is no string by its type: long enough to be told from a number that happens to
 * be a character. */
static bool is_recorded_text(const struct recorded *known) {
    enum { SHORTEST = 3 };
    const char *end = memchr(known->bytes, '\0', known->size);
    size_t length = end ? (size_t)(end - known->bytes) : known->size;
    return length >= SHORTEST && _thimble_reads_as_text(known->bytes, length);
}

static void put_recorded_text(struct printer *printer, const struct pointer *pointer,
                              const struct recorded *known) {
    const char *end = memchr(known->bytes, '\0', known->size);
    size_t length = end ? (size_t)(end - known->bytes) : known->size;
    if (pointer->target->kind != THIMBLE_VOID)
        _thimble_put_cast(printer->out, printer->unit, pointer->named);
    _thimble_put_literal(printer->out, "", known->bytes, length, 1, SIZE_MAX, printer->end);
    _thimble_put_here(printer, end ? "" : " /* ... */");
}

static void put_recorded_string(struct printer *printer, const struct recorded *known,
                                const char *prefix, unsigned width) {
    size_t length = known->length / width;
    size_t most = printer->style->characters ? printer->style->characters : SIZE_MAX;
    size_t put =
        _thimble_put_literal(printer->out, prefix, known->bytes, length, width, most, printer->end);
    _thimble_put_here(printer, put < length || !known->ended ? " /* ... */" : "");
}

static bool is_byte(const struct thimble_type *type) {
    return type->kind == THIMBLE_VOID || (type->kind == THIMBLE_INTEGER && type->size == 1);
}

static void put_recorded(struct printer *printer, const struct pointer *pointer,
                         const struct recorded *known, const char *prefix) {
    struct followed followed;
    struct pointer then = *pointer;
    then.address = known->address;
    bool whole = known->bytes && find_followed(printer, pointer, &followed) &&
                 followed.type->size <= known->size && printer->depth;
    if (known->bytes && prefix) {
        put_recorded_string(printer, known, prefix, (unsigned)pointer->target->size);
    } else if (known->bytes && pointer->target && is_byte(pointer->target) &&
               is_recorded_text(known)) {
        put_recorded_text(printer, pointer, known);
    } else if (whole) {
        follow(printer, pointer, &followed);
    } else {
        bool any = !pointer->target || pointer->target->kind == THIMBLE_VOID;
        put_address(printer, &then);
        _thimble_put_here(printer, known->bytes || any ? "" : " /* unreadable */");
    }
}

const char *_thimble_stream_name(const void *stream) {
    return stream == (void *)stdout   ? "stdout"
           : stream == (void *)stderr ? "stderr"
           : stream == (void *)stdin  ? "stdin"
                                      : NULL;
}

static void put_not_recorded(struct printer *printer, const struct pointer *pointer) {
    const char *stream = _thimble_stream_name(pointer->address);
    if (stream)
        _thimble_put_here(printer, stream);
    else
        put_address(printer, pointer);
}

/* ---- Anything ---- */

static void put_data_pointer(struct printer *printer, const struct pointer *pointer) {
    const struct recorded *known =
        printer->is_recorded
            ? _thimble_recorded_at(printer->recorded, printer->recorded_count, pointer->place)
            : NULL;
    const char *prefix =
        pointer->target ? _thimble_literal_prefix(printer->unit, pointer->target_named) : NULL;
    if (known)
        put_recorded(printer, pointer, known, prefix);
    else if (printer->is_recorded)
        put_not_recorded(printer, pointer);
    else if (!printer->style->plain && _thimble_put_freed(printer, pointer->address))
        put_address(printer, pointer);
    else if (prefix)
        put_string(printer, pointer, prefix);
    else if (pointer->target && is_text(printer, pointer))
        put_string(printer, pointer, "");
    else
        put_object(printer, pointer);
}

void _thimble_put_pointer(struct printer *printer, uint32_t named, const struct thimble_type *type,
                          const char *place) {
    const char *bytes = _thimble_look_at_scalar(printer, place, type->size);
    struct pointer pointer = {.named = named, .target_named = type->target, .place = place};
    if (!bytes)
        return;
    memcpy(&pointer.address, bytes, sizeof pointer.address);
    pointer.target = _thimble_bare_type(printer->unit, type->target);
    if (!pointer.address)
        _thimble_put_here(printer, "NULL");
    else if (pointer.target && pointer.target->kind == THIMBLE_FUNCTION)
        put_function(printer, &pointer);
    else
        put_data_pointer(printer, &pointer);
}
