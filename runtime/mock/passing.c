#include "passing.h"

#include "../base/arena.h"
#include "../base/text.h"
#include "../repr/number.h"
#include <string.h>

/* Larger ones are passed in memory by every convention, whatever is in them. */
enum { LARGEST_IN_REGISTERS = 64 };

static ffi_type *refuse(const char **why, const char *reason) {
    *why = reason;
    return NULL;
}

ffi_type *_thimble_passed_struct(const struct thimble_type *type, size_t elements) {
    ffi_type *passed = _thimble_alloc(&_thimble_arena, sizeof *passed);
    passed->size = type->size;
    passed->alignment = (unsigned short)type->align;
    passed->type = FFI_TYPE_STRUCT;
    passed->elements = _thimble_alloc(&_thimble_arena, (elements + 1) * sizeof *passed->elements);
    return passed;
}

/* ---- Scalars ---- */

static ffi_type *passing_wide_integer(const struct thimble_type *type, const char **why) {
#ifdef __x86_64__
    ffi_type *passed = _thimble_passed_struct(type, 2);
    passed->elements[0] = passed->elements[1] = &ffi_type_uint64;
    return (void)why, passed;
#else
    return (void)type, refuse(why, "is wider than the closure library's integers");
#endif
}

static ffi_type *passing_integer(const struct unit *unit, const struct thimble_type *type,
                                 const char **why) {
    bool is_signed = _thimble_is_signed(unit, type);
    switch (type->size) {
    case 1:
        return is_signed ? &ffi_type_sint8 : &ffi_type_uint8;
    case 2:
        return is_signed ? &ffi_type_sint16 : &ffi_type_uint16;
    case 4:
        return is_signed ? &ffi_type_sint32 : &ffi_type_uint32;
    case 8:
        return is_signed ? &ffi_type_sint64 : &ffi_type_uint64;
    default:
        return passing_wide_integer(type, why);
    }
}

static ffi_type *passing_real(const struct thimble_type *type) {
    return type->size == sizeof(float)    ? &ffi_type_float
           : type->size == sizeof(double) ? &ffi_type_double
                                          : &ffi_type_longdouble;
}

static ffi_type *passing_complex(const struct thimble_type *part) {
    return part->size == sizeof(float)    ? &ffi_type_complex_float
           : part->size == sizeof(double) ? &ffi_type_complex_double
                                          : &ffi_type_complex_longdouble;
}

/* ---- Structs ---- */

static bool is_aggregate(const struct thimble_type *type) {
    return type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION;
}

/* The type of an array's innermost elements, or of what is no array. */
static const struct thimble_type *innermost(const struct unit *unit, uint32_t index) {
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    while (type && type->kind == THIMBLE_ARRAY)
        type = _thimble_bare_type(unit, type->target);
    return type;
}

static bool holds_union_or_bit_field(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_member *member;
    if (type->kind == THIMBLE_UNION)
        return true;
    for (uint64_t i = 0; (member = _thimble_member(unit, type, i)); i++) {
        const struct thimble_type *inner = innermost(unit, member->type);
        if (member->flags & THIMBLE_BITFIELD)
            return true;
        if (inner && is_aggregate(inner) && holds_union_or_bit_field(unit, inner))
            return true;
    }
    return false;
}

static bool ends_in_flexible_array(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_member *last =
        type->count ? _thimble_member(unit, type, type->count - 1) : NULL;
    const struct thimble_type *inner = last ? _thimble_bare_type(unit, last->type) : NULL;
    return type->kind == THIMBLE_STRUCT && inner && inner->kind == THIMBLE_ARRAY &&
           (inner->flags & THIMBLE_INCOMPLETE);
}

static uint64_t rounded_up(uint64_t value, uint64_t to) {
    return to ? (value + to - 1) / to * to : value;
}

/* Whether the library, which lays a struct out by its elements, comes to the
 * compiler's layout. */
static bool is_laid_out_plainly(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_member *member;
    uint64_t offset = 0, align = 1;
    for (uint64_t i = 0; (member = _thimble_member(unit, type, i)); i++) {
        const struct thimble_type *inner = innermost(unit, member->type);
        if (!inner)
            return false;
        offset = rounded_up(offset, inner->align);
        if (member->offset != offset * 8)
            return false;
        offset += _thimble_type(unit, member->type)->size;
        align = inner->align > align ? inner->align : align;
    }
    return align == type->align && rounded_up(offset, align) == type->size;
}

static ffi_type *passing_array(const struct unit *unit, const struct thimble_type *type,
                               const char **why) {
    ffi_type *element = _thimble_passing(unit, type->target, why);
    size_t count = type->size > LARGEST_IN_REGISTERS ? 1 : (size_t)type->count;
    if (!element)
        return NULL;
    ffi_type *passed = _thimble_passed_struct(type, count);
    for (size_t i = 0; i < count; i++)
        passed->elements[i] = element;
    return passed;
}

/* What is wrong with a member is so with the whole. */
static void blame_member(const struct unit *unit, const struct thimble_member *member,
                         const char **why) {
    static const char beginning[] = "holds a member that ";
    struct text reason = _thimble_growing_text();
    const struct thimble_type *type = innermost(unit, member->type);
    if (!type || !is_aggregate(type) || strncmp(*why, beginning, sizeof beginning - 1))
        _thimble_puts(&reason, beginning);
    _thimble_puts(&reason, *why);
    *why = reason.data;
}

static ffi_type *passing_members(const struct unit *unit, const struct thimble_type *type,
                                 const char **why) {
    ffi_type *passed = _thimble_passed_struct(type, (size_t)type->count);
    const struct thimble_member *member;
    size_t count = 0;
    for (uint64_t i = 0; (member = _thimble_member(unit, type, i)); i++) {
        const struct thimble_type *inner = _thimble_bare_type(unit, member->type);
        if (inner && inner->kind == THIMBLE_ARRAY && !inner->size)
            continue;
        passed->elements[count] = _thimble_passing(unit, member->type, why);
        if (!passed->elements[count++]) {
            blame_member(unit, member, why);
            return NULL;
        }
    }
    return passed;
}

static ffi_type *passing_aggregate(const struct unit *unit, const struct thimble_type *type,
                                   const char **why) {
    if (type->flags & THIMBLE_INCOMPLETE)
        return refuse(why, "is incomplete here");
    if (!type->size)
        return refuse(why, "has no members");
    if (type->flags & THIMBLE_PACKED)
        return refuse(why, "is packed");
    if (ends_in_flexible_array(unit, type))
        return refuse(why, "ends in a flexible array, which GCC and Clang pass in different ways");
    if (holds_union_or_bit_field(unit, type))
        return _thimble_passing_by_eightbytes(unit, type, why);
    if (!is_laid_out_plainly(unit, type))
        return refuse(why, "is aligned or packed in a way of its own");
    return passing_members(unit, type, why);
}

ffi_type *_thimble_passing(const struct unit *unit, uint32_t index, const char **why) {
    const struct thimble_type *named = _thimble_type(unit, index);
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    if (!type)
        return refuse(why, "is not described");
    if (_thimble_is_integer(type))
        return passing_integer(unit, type, why);
    if (_thimble_is_real(unit, type))
        return passing_real(type);
    if (_thimble_is_complex(unit, type))
        return passing_complex(_thimble_bare_type(unit, type->target));
    if (is_aggregate(type) && named->align > type->align)
        return refuse(why, "is aligned in a way of its own");
    switch (type->kind) {
    case THIMBLE_VOID:
        return &ffi_type_void;
    case THIMBLE_POINTER:
        return &ffi_type_pointer;
    case THIMBLE_ARRAY:
        return passing_array(unit, type, why);
    case THIMBLE_STRUCT:
    case THIMBLE_UNION:
        return passing_aggregate(unit, type, why);
    default:
        return refuse(why, "has no counterpart in the closure library");
    }
}
