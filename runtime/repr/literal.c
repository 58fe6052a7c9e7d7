#include "literal.h"

#include "repr.h"
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Integers ---- */

static void put_magnitude(struct text *out, magnitude value) {
    if (value > UINT64_MAX) { /* there are no constants of more than 64 bits */
        _thimble_printf(out, "((unsigned __int128)%lluULL << 64 | %lluULL)",
                        (unsigned long long)(value >> 32 >> 32), (unsigned long long)value);
        return;
    }
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

static void put_number(struct text *out, const struct unit *unit, const struct thimble_type *type,
                       struct integer value) {
    const char *suffix = suffix_of(unit, type);
    unsigned bits = (unsigned)type->size * 8;
    /* C's constants are not negative: the least value of a type is none that has
     * a minus in front. */
    bool least =
        value.negative && bits >= sizeof(int) * 8 && value.magnitude == (magnitude)1 << (bits - 1);
    if (least)
        value.magnitude--;
    _thimble_puts(out, least ? "(" : "");
    _thimble_puts(out, value.negative ? "-" : "");
    put_magnitude(out, value.magnitude);
    _thimble_puts(out, suffix);
    _thimble_puts(out, least ? " - 1)" : "");
}

static void put_bool(struct text *out, struct integer value) {
    _thimble_puts(out, value.magnitude ? "true" : "false");
    if (value.magnitude > 1)
        _thimble_printf(out, " /* the byte %u */", (unsigned)value.magnitude);
}

/* ---- Enumerations ---- */

static const struct thimble_enumerator *enumerator(const struct unit *unit,
                                                   const struct thimble_type *type, uint64_t i) {
    uint64_t place = type->first + i;
    return i < type->count && place < unit->enumerator_count ? &unit->enumerators[place] : NULL;
}

static void put_enumerator(struct text *out, const struct unit *unit,
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
        if (!bits || (bits & (bits - 1)) || !(bits & left))
            continue;
        if (out)
            put_enumerator(out, unit, one, left == value);
        left &= ~bits;
    }
    return left;
}

static void put_enum(struct text *out, const struct unit *unit, uint32_t named,
                     const struct thimble_type *type, struct integer value) {
    uint64_t bits = value.negative ? -(uint64_t)value.magnitude : (uint64_t)value.magnitude;
    const struct thimble_enumerator *one;
    for (uint64_t i = 0; (one = enumerator(unit, type, i)); i++)
        if ((uint64_t)one->value == bits) {
            put_enumerator(out, unit, one, true);
            return;
        }
    if (bits && !value.negative && !name_bits(NULL, unit, type, bits)) {
        name_bits(out, unit, type, bits);
        return;
    }
    _thimble_puts(out, "(");
    _thimble_repr_type(out, unit, named, "");
    _thimble_puts(out, ")");
    put_number(out, unit, type, value);
}

void _thimble_repr_integer(struct text *out, const struct unit *unit, uint32_t named,
                           struct integer value) {
    const struct thimble_type *type = _thimble_bare_type(unit, named);
    magnitude byte = value.negative ? -value.magnitude : value.magnitude;
    switch (type->kind) {
    case THIMBLE_BOOL:
        put_bool(out, value);
        break;
    case THIMBLE_CHAR:
        _thimble_repr_char(out, (unsigned char)byte);
        break;
    case THIMBLE_ENUM:
        put_enum(out, unit, named, type, value);
        break;
    default:
        put_number(out, unit, type, value);
    }
}

/* ---- Floating point ---- */

enum { LONGEST_REAL = 64, WIDEST_FIXED = 16 };

struct format {
    int digits; /* that are always enough */
    const char *suffix;
    const char *name;
};

static struct format format_of(const struct thimble_type *type) {
    if (type->size == sizeof(float))
        return (struct format){FLT_DECIMAL_DIG, "f", "float"};
    if (type->size == sizeof(double))
        return (struct format){DBL_DECIMAL_DIG, "", "double"};
    return (struct format){LDBL_DECIMAL_DIG, "L", "long double"};
}

/* Whether the text, read as this type, is the value. */
static bool reads_back(const struct thimble_type *type, const char *text, long double value) {
    if (type->size == sizeof(float))
        return strtof(text, NULL) == (float)value;
    if (type->size == sizeof(double))
        return strtod(text, NULL) == (double)value;
    return strtold(text, NULL) == value;
}

/* The fewest significant digits that give the value back, without a point, and
 * the power of ten of the first. */
static int shortest_digits(const struct thimble_type *type, long double value,
                           char digits[LONGEST_REAL]) {
    char text[LONGEST_REAL];
    int most = format_of(type).digits, count = 0;
    do
        snprintf(text, sizeof text, "%.*Le", count, value);
    while (++count < most && !reads_back(type, text, value));
    /* Whatever the locale's decimal point is, it is no digit. */
    const char *at = text;
    for (; *at != 'e'; at++)
        if (*at >= '0' && *at <= '9')
            *digits++ = *at;
    *digits = '\0';
    return (int)strtol(at + 1, NULL, 10);
}

static void put_zeros(struct text *out, int count) {
    while (count-- > 0)
        _thimble_puts(out, "0");
}

static void put_fixed(struct text *out, const char *digits, int exponent) {
    int count = (int)strlen(digits);
    int whole = exponent + 1; /* digits in front of the point */
    if (whole <= 0) {
        _thimble_puts(out, "0.");
        put_zeros(out, -whole);
        _thimble_puts(out, digits);
        return;
    }
    _thimble_put(out, digits, (size_t)(count < whole ? count : whole));
    put_zeros(out, whole - count);
    _thimble_puts(out, ".");
    _thimble_puts(out, count > whole ? digits + whole : "0");
}

static void put_scientific(struct text *out, const char *digits, int exponent) {
    _thimble_put(out, digits, 1);
    _thimble_puts(out, digits[1] ? "." : "");
    _thimble_printf(out, "%se%d", digits + 1, exponent);
}

/* Patterns of the 80-bit format that its own processor rejects: an exponent, and
 * no leading one. */
static bool is_no_number(const struct thimble_type *type, const void *data) {
#if LDBL_MANT_DIG == 64
    uint64_t fraction;
    uint16_t exponent;
    if (type->size != sizeof(long double))
        return false;
    memcpy(&fraction, data, sizeof fraction);
    memcpy(&exponent, (const char *)data + sizeof fraction, sizeof exponent);
    return (exponent & 0x7fff) && !(fraction >> 63);
#else
    return (void)type, (void)data, false;
#endif
}

static void put_real(struct text *out, const struct thimble_type *type, long double value) {
    char digits[LONGEST_REAL] = "";
    _thimble_puts(out, signbit(value) ? "-" : "");
    if (isnan(value) || _thimble_is_infinite(value)) {
        _thimble_puts(out, isnan(value) ? "NAN" : "INFINITY");
        return;
    }
    int exponent = shortest_digits(type, value < 0 ? -value : value, digits);
    if (exponent < -4 || exponent >= WIDEST_FIXED)
        put_scientific(out, digits, exponent);
    else
        put_fixed(out, digits, exponent);
    _thimble_puts(out, format_of(type).suffix);
}

void _thimble_repr_real(struct text *out, const struct thimble_type *type, const void *data) {
    if (is_no_number(type, data))
        _thimble_puts(out, "NAN");
    else
        put_real(out, type, _thimble_load_real(type, data));
}

/* A sum of a real and an imaginary constant has every value but those. */
static bool is_no_sum(const struct thimble_type *part, const void *first, const void *second) {
    long double real = _thimble_load_real(part, first);
    long double imaginary = _thimble_load_real(part, second);
    return (real == 0 && signbit(real)) || isnan(imaginary) || _thimble_is_infinite(imaginary) ||
           is_no_number(part, first) || is_no_number(part, second);
}

static void put_complex(struct text *out, const struct thimble_type *part, const void *first,
                        const void *second) {
    const char *name = format_of(part).name;
    if (is_no_sum(part, first, second)) {
        _thimble_printf(out, "__builtin_complex((%s)", name);
        _thimble_repr_real(out, part, first);
        _thimble_printf(out, ", (%s)", name);
        _thimble_repr_real(out, part, second);
        _thimble_puts(out, ")");
        return;
    }
    long double imaginary = _thimble_load_real(part, second);
    _thimble_repr_real(out, part, first);
    _thimble_puts(out, signbit(imaginary) ? " - " : " + ");
    put_real(out, part, signbit(imaginary) ? -imaginary : imaginary);
    _thimble_puts(out, "i");
}

/* GNU C's complex integers. */
static void put_whole_complex(struct text *out, const struct unit *unit,
                              const struct thimble_type *part, const void *first,
                              const void *second) {
    struct integer imaginary = _thimble_load_integer(unit, part, second);
    put_number(out, unit, part, _thimble_load_integer(unit, part, first));
    _thimble_puts(out, imaginary.negative ? " - " : " + ");
    imaginary.negative = false;
    put_number(out, unit, part, imaginary);
    _thimble_puts(out, "i");
}

void _thimble_repr_complex(struct text *out, const struct unit *unit,
                           const struct thimble_type *type, const void *data) {
    const struct thimble_type *part = _thimble_bare_type(unit, type->target);
    const void *second = (const char *)data + part->size;
    if (_thimble_is_real(unit, part))
        put_complex(out, part, data, second);
    else
        put_whole_complex(out, unit, part, data, second);
}
