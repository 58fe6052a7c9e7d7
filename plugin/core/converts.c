#include "converts.h"

#include "model_data.h"
#include "same_type.h"
#include "type_text.h"

enum { LONGEST_TYPE = 256, BITS_IN_BYTE = 8 };

/* ---- Kinds of types ---- */

bool converts_is_integer(const struct thimble_type *type) {
    return type && (type->kind == THIMBLE_BOOL || type->kind == THIMBLE_CHAR ||
                    type->kind == THIMBLE_INTEGER || type->kind == THIMBLE_ENUM);
}

bool converts_is_number(const struct thimble_type *type) {
    return converts_is_integer(type) ||
           (type && (type->kind == THIMBLE_FLOAT || type->kind == THIMBLE_COMPLEX));
}

bool converts_is_pointer(const struct thimble_type *type) {
    return type && (type->kind == THIMBLE_POINTER || type->kind == THIMBLE_ARRAY ||
                    type->kind == THIMBLE_FUNCTION);
}

bool converts_is_char(const struct thimble_type *type) {
    return type && type->size == 1 && (type->kind == THIMBLE_CHAR || type->kind == THIMBLE_INTEGER);
}

bool converts_is_unknown(const struct thimble_type *type) {
    return !type || type->kind == THIMBLE_OPAQUE ||
           ((type->flags & THIMBLE_INCOMPLETE) && type->kind != THIMBLE_ARRAY);
}

uint32_t converts_target(const struct model *model, uint32_t type) {
    const struct thimble_type *pointer = model_bare_type(model, type);
    if (!pointer || (pointer->kind != THIMBLE_POINTER && pointer->kind != THIMBLE_ARRAY))
        return THIMBLE_NONE;
    return pointer->target;
}

/* ---- Pointers ---- */

static bool says_nothing(const struct thimble_type *target) {
    return !target || target->kind == THIMBLE_VOID || target->kind == THIMBLE_OPAQUE;
}

/* Whether a pointer to one goes for a pointer to the other, qualifiers aside. Integers of one
 * size do up to a warning about signs. */
static bool targets_go_together(const struct model *model, uint32_t one, uint32_t other) {
    const struct thimble_type *a = model_bare_type(model, one);
    const struct thimble_type *b = model_bare_type(model, other);
    if (says_nothing(a) || says_nothing(b) || alike_type(model, one, other))
        return true;
    if (a->kind == THIMBLE_BOOL || b->kind == THIMBLE_BOOL)
        return false;
    if (converts_is_integer(a) && converts_is_integer(b))
        return a->size == b->size;
    if (a->kind == THIMBLE_ARRAY && b->kind == THIMBLE_ARRAY)
        return true;
    if (a->kind == THIMBLE_FUNCTION && b->kind == THIMBLE_FUNCTION)
        return (a->flags | b->flags) & THIMBLE_UNPROTOTYPED;
    return a->kind == THIMBLE_POINTER && b->kind == THIMBLE_POINTER &&
           targets_go_together(model, a->target, b->target);
}

/* A function's name stands for its address. */
static uint32_t pointed_to(const struct model *model, uint32_t type) {
    const struct thimble_type *bare = model_bare_type(model, type);
    return bare->kind == THIMBLE_FUNCTION ? type : bare->target;
}

/* ---- Numbers ---- */

/* As _thimble_integer_fits of the runtime has it: a negative number that the width holds goes
 * for an unsigned type, as in a call. */
static bool integer_fits(const struct thimble_type *type, bool negative, uint64_t magnitude) {
    if (type->kind == THIMBLE_BOOL || type->size == 0 || type->size >= sizeof magnitude * 2)
        return true;
    uint64_t most_negative = UINT64_C(1) << (type->size * BITS_IN_BYTE - 1);
    return magnitude <= (negative ? most_negative : (most_negative - 1) * 2 + 1);
}

/* 2.0 is the integer 2; 2.5 is none, nor is infinity. */
static bool real_fits_integer(const struct thimble_type *type, long double real) {
    const long double too_large = 18446744073709551616.0L;
    long double size = real < 0 ? -real : real;
    if (type->kind == THIMBLE_BOOL)
        return true;
    if (!(size < too_large))
        return size - size == 0 && type->size > sizeof(uint64_t);
    return (long double)(uint64_t)size == size && integer_fits(type, real < 0, (uint64_t)size);
}

static bool is_infinite(long double value) {
    return value != 0 && value + value == value;
}

static bool real_fits_real(const struct thimble_type *type, long double real) {
    if (is_infinite(real) || real != real)
        return true;
    return !(type->size == sizeof(float) && is_infinite((float)real)) &&
           !(type->size == sizeof(double) && is_infinite((double)real));
}

static bool constant_fits(const struct thimble_type *type, const struct given *value) {
    if (value->constant == CONSTANT_INTEGER)
        return !converts_is_integer(type) || integer_fits(type, value->negative, value->magnitude);
    if (value->constant == CONSTANT_REAL)
        return converts_is_integer(type)     ? real_fits_integer(type, value->real)
               : type->kind == THIMBLE_FLOAT ? real_fits_real(type, value->real)
                                             : true;
    return true;
}

static void put_constant(struct line *to, const struct given *value) {
    if (value->constant == CONSTANT_REAL)
        line_add(to, "%Lg", value->real);
    else
        line_add(to, "%s%llu", value->negative ? "-" : "", (unsigned long long)value->magnitude);
}

/* ---- Any type ---- */

static bool is_null(const struct given *value) {
    return value->constant == CONSTANT_INTEGER && value->magnitude == 0;
}

static bool kinds_convert(const struct model *model, const struct given *value, uint32_t type,
                          const struct thimble_type *from, const struct thimble_type *to) {
    if (to->kind == THIMBLE_POINTER && converts_is_pointer(from))
        return targets_go_together(model, to->target, pointed_to(model, value->type));
    if (to->kind == THIMBLE_POINTER)
        return converts_is_integer(from) && is_null(value);
    if (to->kind == THIMBLE_BOOL)
        return converts_is_number(from) || converts_is_pointer(from);
    if (converts_is_number(to))
        return converts_is_number(from);
    if (to->kind == THIMBLE_UNION && (to->flags & THIMBLE_TRANSPARENT))
        return true;
    return alike_type(model, type, value->type);
}

bool converts_to(const struct model *model, const struct given *value, uint32_t type,
                 enum converts_range range, struct line *why) {
    const struct thimble_type *to = model_bare_type(model, type);
    const struct thimble_type *from = model_bare_type(model, value->type);
    char one[LONGEST_TYPE], other[LONGEST_TYPE];
    if (converts_is_unknown(to) || converts_is_unknown(from))
        return true;
    type_text(model, type, other, sizeof other);
    if (value->matcher) {
        line_add(why, "a matcher is no value for a '%s'", other);
        return false;
    }
    if (!kinds_convert(model, value, type, from, to)) {
        type_text(model, value->type, one, sizeof one);
        line_add(why, "a '%s' does not convert to a '%s'", one, other);
        return false;
    }
    if (range == RANGE_IS_NOTHING || constant_fits(to, value))
        return true;
    put_constant(why, value);
    line_add(why, " does not fit a '%s'", other);
    return false;
}
