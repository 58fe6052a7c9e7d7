#include "literal.h"

#include "printer.h"

static const struct thimble_enumerator *enumerator(const struct unit *unit,
                                                   const struct thimble_type *type, uint64_t i) {
    uint64_t place = type->first + i;
    return i < type->count && place < unit->enumerator_count ? &unit->enumerators[place] : NULL;
}

/* ---- Flags ---- */

static bool is_single_bit(uint64_t value) {
    return value && !(value & (value - 1));
}

/* How an enumeration's values lie. */
struct shape {
    size_t singles, others; /* bits of their own; what else is not zero */
    uint64_t greatest;
    bool dense; /* no number below the greatest is left out, but 0 perhaps */
};

static struct shape shape_of(const struct unit *unit, const struct thimble_type *type) {
    struct shape shape = {0};
    const struct thimble_enumerator *one;
    uint64_t seen = 0; /* below 64 */
    for (uint64_t i = 0; (one = enumerator(unit, type, i)); i++) {
        uint64_t value = (uint64_t)one->value;
        shape.singles += is_single_bit(value);
        shape.others += value && !is_single_bit(value);
        shape.greatest = value > shape.greatest ? value : shape.greatest;
        seen |= value < 64 ? (uint64_t)1 << value : 0;
    }
    uint64_t below = shape.greatest < 63 ? ((uint64_t)2 << shape.greatest) - 1 : 0;
    shape.dense = below && (seen | 1) == below;
    return shape;
}

/* 1, 2, 4, … name flags, and so may 1, 2 and 1, 2, 3; but 0 to 6 are a sequence, and
 * have bits of their own by chance. */
static bool is_flag_set(const struct shape *shape) {
    return shape->singles > 1 && shape->singles > shape->others &&
           !(shape->dense && shape->greatest > 3);
}

static void put_name(struct text *out, const struct unit *unit,
                     const struct thimble_enumerator *one, bool first) {
    _thimble_puts(out, first ? "" : " | ");
    _thimble_puts(out, _thimble_string(unit, one->name));
}

/* The value by the names of its bits. Returns what no name stands for, and
 * appends nothing where `out` is null. */
static uint64_t name_bits(struct text *out, const struct unit *unit,
                          const struct thimble_type *type, uint64_t value) {
    uint64_t left = value;
    const struct thimble_enumerator *one;
    for (uint64_t i = 0; (one = enumerator(unit, type, i)); i++) {
        uint64_t bits = (uint64_t)one->value;
        if (!is_single_bit(bits) || !(bits & left))
            continue;
        if (out)
            put_name(out, unit, one, left == value);
        left &= ~bits;
    }
    return left;
}

static unsigned bit_count(uint64_t value) {
    unsigned count = 0;
    for (; value; value &= value - 1)
        count++;
    return count;
}

/* ---- Values ---- */

static const struct thimble_enumerator *
named_value(const struct unit *unit, const struct thimble_type *type, uint64_t bits) {
    const struct thimble_enumerator *one;
    for (uint64_t i = 0; (one = enumerator(unit, type, i)); i++)
        if ((uint64_t)one->value == bits)
            return one;
    return NULL;
}

static void put_cast_number(struct text *out, const struct unit *unit, uint32_t named,
                            const struct thimble_type *type, struct integer value) {
    if (_thimble_has_name(unit, named))
        _thimble_put_cast(out, unit, named);
    _thimble_repr_number(out, unit, type, value);
}

void _thimble_repr_enum(struct text *out, const struct unit *unit, uint32_t named,
                        const struct thimble_type *type, struct integer value) {
    uint64_t bits = value.negative ? -(uint64_t)value.magnitude : (uint64_t)value.magnitude;
    const struct thimble_enumerator *one = named_value(unit, type, bits);
    struct shape shape = shape_of(unit, type);
    uint64_t left = name_bits(NULL, unit, type, bits);
    if (one) {
        put_name(out, unit, one, true);
        return;
    }
    bool mostly_unnamed = left && (shape.dense || bit_count(left) > bit_count(bits ^ left));
    if (value.negative || left == bits || !is_flag_set(&shape) || mostly_unnamed) {
        put_cast_number(out, unit, named, type, value);
        return;
    }
    name_bits(out, unit, type, bits);
    if (!left)
        return;
    _thimble_puts(out, " | ");
    put_cast_number(out, unit, named, type, (struct integer){false, left});
}
