#include "number.h"

#include <limits.h>
#include <string.h>

enum { MAGNITUDE_BITS = sizeof(magnitude) * CHAR_BIT };

bool _thimble_is_integer(const struct thimble_type *type) {
    return (type->kind == THIMBLE_BOOL || type->kind == THIMBLE_CHAR ||
            type->kind == THIMBLE_INTEGER || type->kind == THIMBLE_ENUM) &&
           type->size > 0 && type->size <= sizeof(magnitude);
}

/* Types of one size differ only in their names; these are in no format of C's
 * own three. */
static bool has_other_format(const struct unit *unit, const struct thimble_type *type) {
    const char *name = _thimble_string(unit, type->name);
    return !strncmp(name, "_Decimal", 8) || !strcmp(name, "_Float128") ||
           !strcmp(name, "__float128");
}

bool _thimble_is_real(const struct unit *unit, const struct thimble_type *type) {
    return type->kind == THIMBLE_FLOAT &&
           (type->size == sizeof(float) || type->size == sizeof(double) ||
            type->size == sizeof(long double)) &&
           !has_other_format(unit, type);
}

bool _thimble_is_complex(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_type *part =
        type->kind == THIMBLE_COMPLEX ? _thimble_bare_type(unit, type->target) : NULL;
    return part && _thimble_is_real(unit, part);
}

bool _thimble_is_string(const struct unit *unit, const struct thimble_type *type) {
    const struct thimble_type *target =
        type->kind == THIMBLE_POINTER ? _thimble_bare_type(unit, type->target) : NULL;
    return target && target->kind == THIMBLE_CHAR;
}

const char *_thimble_literal_prefix(const struct unit *unit, uint32_t index) {
    static const struct {
        const char *name, *prefix;
        size_t size;
    } wide[] = {{"wchar_t", "L", sizeof(wchar_t)},
                {"char16_t", "u", 2},
                {"char32_t", "U", 4},
                {"char8_t", "u8", 1}};
    const struct thimble_type *bare = _thimble_bare_type(unit, index);
    if (!bare || (bare->kind != THIMBLE_CHAR && bare->kind != THIMBLE_INTEGER))
        return NULL;
    for (const struct thimble_type *type = _thimble_type(unit, index); type != bare;
         type = _thimble_type(unit, type->target))
        for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
            if (type->kind == THIMBLE_TYPEDEF && bare->size == wide[i].size &&
                strcmp(_thimble_string(unit, type->name), wide[i].name) == 0)
                return wide[i].prefix;
    return bare->kind == THIMBLE_CHAR ? "" : NULL;
}

bool _thimble_is_signed(const struct unit *unit, const struct thimble_type *type) {
    if (type->kind == THIMBLE_ENUM) {
        const struct thimble_type *under = _thimble_bare_type(unit, type->target);
        return under && (under->flags & THIMBLE_SIGNED);
    }
    return type->flags & THIMBLE_SIGNED;
}

struct integer _thimble_integer(int64_t value) {
    struct integer answer = {value < 0, value < 0 ? -(magnitude)value : (magnitude)value};
    return answer;
}

/* Bits count from the start of the object, as the machine counts them. */
static unsigned bit_at(const unsigned char *bytes, uint64_t bit) {
    unsigned place = bit % CHAR_BIT;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    place = CHAR_BIT - 1 - place;
#endif
    return bytes[bit / CHAR_BIT] >> place & 1;
}

struct integer _thimble_load_bits(const void *data, uint64_t offset, unsigned width,
                                  bool is_signed) {
    magnitude value = 0;
    if (width > MAGNITUDE_BITS)
        width = MAGNITUDE_BITS;
    for (unsigned i = 0; i < width; i++) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        value = value << 1 | bit_at(data, offset + i);
#else
        value |= (magnitude)bit_at(data, offset + i) << i;
#endif
    }
    bool negative = is_signed && width && value >> (width - 1) & 1;
    if (negative)
        value = ((magnitude)1 << (width - 1)) * 2 - value;
    return (struct integer){negative, value};
}

struct integer _thimble_load_integer(const struct unit *unit, const struct thimble_type *type,
                                     const void *data) {
    return _thimble_load_bits(data, 0, (unsigned)type->size * CHAR_BIT,
                              _thimble_is_signed(unit, type));
}

struct integer _thimble_load_member(const struct unit *unit, const struct thimble_member *member,
                                    const void *data) {
    const struct thimble_type *type = _thimble_bare_type(unit, member->type);
    unsigned width =
        member->flags & THIMBLE_BITFIELD ? member->width : (unsigned)type->size * CHAR_BIT;
    return _thimble_load_bits(data, member->offset, width, _thimble_is_signed(unit, type));
}

bool _thimble_integer_fits(const struct thimble_type *type, struct integer value) {
    if (type->kind == THIMBLE_BOOL)
        return !value.negative && value.magnitude <= 1;
    unsigned bits = (unsigned)type->size * CHAR_BIT;
    magnitude most_negative = (magnitude)1 << (bits - 1);
    return value.magnitude <= (value.negative ? most_negative : (most_negative - 1) * 2 + 1);
}

void _thimble_store_integer(void *to, size_t size, struct integer value) {
    magnitude bits = value.negative ? -value.magnitude : value.magnitude;
    const unsigned char *from = (const unsigned char *)&bits;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    from += sizeof bits - size;
#endif
    memcpy(to, from, size);
}

long double _thimble_load_real(const struct thimble_type *type, const void *data) {
    float single;
    double twice;
    long double extended;
    if (type->size == sizeof single)
        return memcpy(&single, data, sizeof single), single;
    if (type->size == sizeof twice)
        return memcpy(&twice, data, sizeof twice), twice;
    return memcpy(&extended, data, sizeof extended), extended;
}

void _thimble_store_real(const struct thimble_type *type, void *to, long double value) {
    float single = (float)value;
    double twice = (double)value;
    if (type->size == sizeof single)
        memcpy(to, &single, sizeof single);
    else if (type->size == sizeof twice)
        memcpy(to, &twice, sizeof twice);
    else
        memcpy(to, &value, sizeof value);
}

bool _thimble_is_infinite(long double value) {
    return value != 0 && value + value == value;
}

const struct thimble_member *_thimble_member(const struct unit *unit,
                                             const struct thimble_type *type, uint64_t i) {
    uint64_t place = type->first + i;
    return i < type->count && place < unit->member_count ? &unit->members[place] : NULL;
}
