#include "quantity.h"

static long double as_real(struct integer integer) {
    long double size = (long double)integer.magnitude;
    return integer.negative ? -size : size;
}

struct quantity _thimble_quantity(struct integer integer) {
    return (struct quantity){true, integer, as_real(integer), 0};
}

/* GNU C has complex numbers of integers, too: 1 + 2i. */
static bool is_part(const struct unit *unit, const struct thimble_type *type) {
    return _thimble_is_integer(type) || _thimble_is_real(unit, type);
}

static const struct thimble_type *part_of(const struct unit *unit,
                                          const struct thimble_type *type) {
    return type->kind == THIMBLE_COMPLEX ? _thimble_bare_type(unit, type->target) : type;
}

bool _thimble_is_quantity(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_type *part = part_of(unit, type);
    return part && is_part(unit, part);
}

static struct quantity load_part(const struct unit *unit, const struct thimble_type *part,
                                 const void *data) {
    if (_thimble_is_integer(part))
        return _thimble_quantity(_thimble_load_integer(unit, part, data));
    return (struct quantity){.real = _thimble_load_real(part, data)};
}

bool _thimble_load_quantity(const struct unit *unit, const struct thimble_type *type,
                            const void *data, struct quantity *quantity) {
    const struct thimble_type *part = part_of(unit, type);
    if (!part || !is_part(unit, part))
        return false;
    *quantity = load_part(unit, part, data);
    if (part == type)
        return true;
    quantity->whole = false;
    quantity->imaginary = load_part(unit, part, (const char *)data + part->size).real;
    return true;
}

/* Whether a real is this integer, which it may be too narrow to hold. */
static bool is_integer(long double real, struct integer integer) {
    const long double too_large = 2.0L * (long double)((magnitude)1 << (sizeof(magnitude) * 8 - 1));
    long double size = real < 0 ? -real : real;
    if (!(size < too_large) || (magnitude)size != integer.magnitude)
        return false;
    return (long double)(magnitude)size == size && (real < 0) == integer.negative;
}

bool _thimble_same_quantity(const struct quantity *a, const struct quantity *b) {
    if (a->whole && b->whole)
        return a->integer.magnitude == b->integer.magnitude &&
               a->integer.negative == b->integer.negative;
    if (a->whole)
        return b->imaginary == 0 && is_integer(b->real, a->integer);
    if (b->whole)
        return a->imaginary == 0 && is_integer(a->real, b->integer);
    return a->real == b->real && a->imaginary == b->imaginary;
}
