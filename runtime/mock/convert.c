#include "convert.h"

#include "../repr/number.h"
#include "../repr/quantity.h"
#include "../repr/repr.h"
#include "../repr/spelling.h"
#include <string.h>

/* The value, with what it is to become. */
struct conversion {
    const struct unit *unit; /* of the value */
    uint32_t named;
    const struct thimble_type *type;
    const void *data;
    const struct unit *to_unit;
    uint32_t to_named;
    const struct thimble_type *to_type;
    void *to;
    struct text *why;
};

/* ---- Why not ---- */

static bool is_of_no_use(const struct conversion *conversion) {
    struct text *why = conversion->why;
    _thimble_repr(why, conversion->unit, conversion->named, conversion->data);
    _thimble_puts(why, " is of type ");
    _thimble_repr_type(why, conversion->unit, conversion->named, "");
    _thimble_puts(why, ", not ");
    _thimble_repr_type(why, conversion->to_unit, conversion->to_named, "");
    return false;
}

static bool does_not_fit(const struct conversion *conversion) {
    struct text *why = conversion->why;
    _thimble_repr(why, conversion->unit, conversion->named, conversion->data);
    _thimble_puts(why, " does not fit ");
    _thimble_repr_type(why, conversion->to_unit, conversion->to_named, "");
    return false;
}

/* ---- Numbers ---- */

/* Makes a whole number of one that was written as 2.0. */
static bool make_whole(struct quantity *number) {
    const long double too_large = 2.0L * (long double)((magnitude)1 << (sizeof(magnitude) * 8 - 1));
    long double size = number->real < 0 ? -number->real : number->real;
    if (number->whole)
        return true;
    if (number->imaginary != 0 || !(size < too_large) || (long double)(magnitude)size != size)
        return false;
    number->whole = true;
    number->integer.magnitude = (magnitude)size;
    number->integer.negative = number->real < 0;
    return true;
}

static bool to_integer(const struct conversion *conversion, struct quantity *number) {
    const struct thimble_type *type = conversion->to_type;
    if (type->kind == THIMBLE_BOOL) {
        number->integer = _thimble_integer(number->real != 0 || number->imaginary != 0);
    } else if (!make_whole(number) || !_thimble_integer_fits(type, number->integer)) {
        return does_not_fit(conversion);
    }
    _thimble_store_integer(conversion->to, type->size, number->integer);
    return true;
}

static bool store_real(const struct conversion *conversion, const struct thimble_type *type,
                       void *to, long double value) {
    _thimble_store_real(type, to, value);
    return !_thimble_is_infinite(_thimble_load_real(type, to)) || _thimble_is_infinite(value) ||
           does_not_fit(conversion);
}

static bool convert_number(const struct conversion *conversion) {
    const struct thimble_type *type = conversion->to_type;
    struct quantity number;
    if (!_thimble_load_quantity(conversion->unit, conversion->type, conversion->data, &number))
        return is_of_no_use(conversion);
    if (_thimble_is_integer(type))
        return to_integer(conversion, &number);
    if (type->kind == THIMBLE_COMPLEX) {
        const struct thimble_type *part = _thimble_bare_type(conversion->to_unit, type->target);
        char *second = (char *)conversion->to + part->size;
        return store_real(conversion, part, conversion->to, number.real) &&
               store_real(conversion, part, second, number.imaginary);
    }
    if (number.imaginary != 0)
        return does_not_fit(conversion);
    return store_real(conversion, type, conversion->to, number.real);
}

/* ---- Pointers ---- */

static bool is_zero(const struct conversion *conversion) {
    return _thimble_is_integer(conversion->type) &&
           !_thimble_load_integer(conversion->unit, conversion->type, conversion->data).magnitude;
}

static bool convert_to_pointer(const struct conversion *conversion) {
    if (conversion->type->kind == THIMBLE_POINTER)
        memcpy(conversion->to, conversion->data, sizeof(void *));
    else if (is_zero(conversion))
        memset(conversion->to, 0, sizeof(void *));
    else
        return is_of_no_use(conversion);
    return true;
}

static bool convert_pointer_to_bool(const struct conversion *conversion) {
    void *pointer;
    memcpy(&pointer, conversion->data, sizeof pointer);
    _thimble_store_integer(conversion->to, conversion->to_type->size,
                           _thimble_integer(pointer != NULL));
    return true;
}

/* ---- Anything ---- */

static bool is_same_type(const struct conversion *conversion) {
    const struct thimble_type *a = conversion->type, *b = conversion->to_type;
    return a->kind == b->kind && a->size == b->size &&
           !strcmp(_thimble_string(conversion->unit, a->name),
                   _thimble_string(conversion->to_unit, b->name));
}

static bool convert(const struct conversion *conversion) {
    const struct thimble_type *to = conversion->to_type;
    if (to->kind == THIMBLE_POINTER)
        return convert_to_pointer(conversion);
    if (to->kind == THIMBLE_BOOL && conversion->type->kind == THIMBLE_POINTER)
        return convert_pointer_to_bool(conversion);
    if (_thimble_is_integer(to) || _thimble_is_real(conversion->to_unit, to) ||
        _thimble_is_complex(conversion->to_unit, to))
        return convert_number(conversion);
    if (is_same_type(conversion)) {
        memcpy(conversion->to, conversion->data, to->size);
        return true;
    }
    return is_of_no_use(conversion);
}

bool _thimble_convert(const struct thimble_value *value, const struct unit *unit, uint32_t type,
                      void *to, struct text *why) {
    struct conversion conversion = {
        .unit = _thimble_ref_unit(value->type),
        .named = value->type.index,
        .data = value->data,
        .to_unit = unit,
        .to_named = type,
        .to_type = _thimble_bare_type(unit, type),
        .to = to,
        .why = why,
    };
    conversion.type =
        conversion.unit ? _thimble_bare_type(conversion.unit, conversion.named) : NULL;
    if (conversion.type && conversion.to_type)
        return convert(&conversion);
    _thimble_puts(why, "the type of ");
    _thimble_put_spelling(why, value);
    _thimble_puts(why, " is not described");
    return false;
}
