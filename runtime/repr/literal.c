#include "literal.h"

#include "printer.h"
#include <string.h>

/* ---- Numbers ---- */

static void put_decimal(struct text *out, uint64_t value) {
    char digits[sizeof(uint64_t) * 3];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + (int)(value % 10));
    while (value /= 10);
    _thimble_put(out, digits + at, sizeof digits - at);
}

static const char *suffix_of(const struct unit *unit, const struct thimble_type *type) {
    const char *name = _thimble_string(unit, type->name);
    const char *once = strstr(name, "long");
    bool twice = once && strstr(once + 1, "long");
    bool is_signed = _thimble_is_signed(unit, type);
    if (type->kind != THIMBLE_INTEGER || type->size < sizeof(int) || type->size > sizeof(long long))
        return "";
    if (twice)
        return is_signed ? "LL" : "ULL";
    if (once)
        return is_signed ? "L" : "UL";
    return is_signed ? "" : "U";
}

/* There are no constants of more than 64 bits. */
static void put_wide_magnitude(struct text *out, magnitude value, const char *type) {
    uint64_t high = (uint64_t)(value >> 32 >> 32);
    if (!high && value <= INT64_MAX) {
        put_decimal(out, (uint64_t)value);
        return;
    }
    _thimble_printf(out, high ? "((%s)" : "(%s)", type);
    if (high)
        _thimble_printf(out, "%lluULL << 64 | ", (unsigned long long)high);
    _thimble_printf(out, high ? "%lluULL)" : "%lluULL", (unsigned long long)value);
}

static void put_magnitude(struct text *out, const struct unit *unit,
                          const struct thimble_type *type, magnitude value) {
    if (type->size > sizeof(long long)) {
        put_wide_magnitude(out, value,
                           type->kind == THIMBLE_OPAQUE     ? _thimble_string(unit, type->name)
                           : _thimble_is_signed(unit, type) ? "__int128"
                                                            : "unsigned __int128");
        return;
    }
    const char *suffix = suffix_of(unit, type);
    put_decimal(out, (uint64_t)value);
    _thimble_puts(out, !*suffix && value > INT64_MAX ? "ULL" : suffix);
}

static void put_number(struct text *out, const struct unit *unit, const struct thimble_type *type,
                       struct integer value, unsigned bits) {
    /* C's constants are not negative: the least value of a type is none that has
     * a minus in front. */
    bool least =
        value.negative && bits >= sizeof(int) * 8 && value.magnitude == (magnitude)1 << (bits - 1);
    if (least)
        value.magnitude--;
    _thimble_puts(out, least ? "(" : "");
    _thimble_puts(out, value.negative ? "-" : "");
    put_magnitude(out, unit, type, value.magnitude);
    _thimble_puts(out, least ? " - 1)" : "");
}

void _thimble_repr_number(struct text *out, const struct unit *unit,
                          const struct thimble_type *type, struct integer value) {
    put_number(out, unit, type, value, (unsigned)type->size * 8);
}

unsigned _thimble_bit_int_width(const struct unit *unit, const struct thimble_type *type) {
    const char *name = _thimble_string(unit, type->name), *width = strstr(name, "_BitInt(");
    if (type->kind != THIMBLE_OPAQUE || !width || type->size > sizeof(magnitude))
        return 0;
    unsigned bits = 0;
    for (width += strlen("_BitInt("); *width >= '0' && *width <= '9' && bits < 1000; width++)
        bits = bits * 10 + (unsigned)(*width - '0');
    return bits <= type->size * 8 ? bits : 0;
}

void _thimble_repr_bit_int(struct text *out, const struct unit *unit,
                           const struct thimble_type *type, const void *data) {
    unsigned width = _thimble_bit_int_width(unit, type);
    bool is_signed = strncmp(_thimble_string(unit, type->name), "unsigned", 8) != 0;
    put_number(out, unit, type, _thimble_load_bits(data, 0, width, is_signed), width);
}

static void put_bool(struct text *out, struct integer value) {
    _thimble_puts(out, value.magnitude ? "true" : "false");
    if (value.magnitude > 1)
        _thimble_printf(out, " /* the byte %u */", (unsigned)value.magnitude);
}

void _thimble_repr_integer(struct text *out, const struct unit *unit, uint32_t named,
                           struct integer value) {
    const struct thimble_type *type = _thimble_bare_type(unit, named);
    const char *prefix = _thimble_literal_prefix(unit, named);
    magnitude bits = value.negative ? -value.magnitude : value.magnitude;
    uint32_t character = (uint32_t)(type->size == 1 ? bits & 0xff : bits);
    if (type->kind == THIMBLE_BOOL)
        put_bool(out, value);
    else if (type->kind == THIMBLE_ENUM)
        _thimble_repr_enum(out, unit, named, type, value);
    else if (prefix)
        _thimble_put_character(out, prefix, (unsigned)type->size, character);
    else
        _thimble_repr_number(out, unit, type, value);
}
