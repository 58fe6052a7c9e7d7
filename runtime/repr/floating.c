/* Floating point and complex numbers as C's constants. */
#include "literal.h"

#include "real.h"
#include <string.h>

bool _thimble_has_digits(const struct unit *unit, const struct thimble_type *type) {
    return _thimble_real_format(unit, type);
}

bool _thimble_real_is_exact(const struct unit *unit, const struct thimble_type *type,
                            const void *data, size_t *size) {
    const struct real_format *format = _thimble_real_format(unit, type);
    struct real real;
    if (!format || !format->exponent_bits)
        return false;
    _thimble_read_real(format, data, &real);
    *size = format->size;
    return !real.odd;
}

/* ---- Constants ---- */

enum { WIDEST_FIXED = 16 };

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

/* Its last digit says how exact it is: no zero may come behind it. */
static void put_decimal(struct text *out, const struct real *real) {
    int count = (int)strlen(real->digits), last = real->exponent - count + 1;
    if (last < 0 && real->exponent >= -4)
        put_fixed(out, real->digits, real->exponent);
    else
        _thimble_printf(out, "%se%d", real->digits, last);
}

/* What no constant of C says: the bits, the highest first. */
static void put_bits(struct text *out, const struct real_format *format, const void *data) {
    const unsigned char *bytes = data;
    _thimble_puts(out, " /* 0x");
    for (unsigned i = format->size; i-- > 0;)
        _thimble_printf(out, "%02x", bytes[i]);
    _thimble_puts(out, " */");
}

static void put_special(struct text *out, const struct real_format *format, const struct real *real,
                        const void *data) {
    bool infinite = real->kind == INFINITE;
    if (format->exponent_bits)
        _thimble_puts(out, infinite ? "INFINITY" : "NAN");
    else
        _thimble_printf(out, infinite ? "__builtin_infd%u()" : "__builtin_nand%u(\"\")",
                        format->size * 8);
    if (real->odd)
        put_bits(out, format, data);
}

/* Without its sign. */
static void put_magnitude(struct text *out, const struct real_format *format,
                          const struct real *real, const void *data) {
    if (real->kind != FINITE) {
        put_special(out, format, real, data);
        return;
    }
    if (!format->exponent_bits)
        put_decimal(out, real);
    else if (real->exponent < -4 || real->exponent >= WIDEST_FIXED)
        put_scientific(out, real->digits, real->exponent);
    else
        put_fixed(out, real->digits, real->exponent);
    _thimble_puts(out, format->suffix);
}

static void put_real(struct text *out, const struct real_format *format, const void *data) {
    struct real real;
    _thimble_read_real(format, data, &real);
    if (!format->has_suffix)
        _thimble_printf(out, "(%s)", format->name);
    _thimble_puts(out, real.negative ? "-" : "");
    put_magnitude(out, format, &real, data);
}

void _thimble_repr_digits(struct text *out, const struct unit *unit,
                          const struct thimble_type *type, const void *data) {
    put_real(out, _thimble_real_format(unit, type), data);
}

void _thimble_repr_real(struct text *out, const struct thimble_type *type, const void *data) {
    put_real(out, _thimble_real_format_of_size((size_t)type->size), data);
}

/* ---- Complex ---- */

static bool is_zero(const struct real *real) {
    return real->kind == FINITE && strspn(real->digits, "0") == strlen(real->digits);
}

/* A sum of a real and an imaginary constant has every value but those. */
static bool is_no_sum(const struct real *real, const struct real *imaginary) {
    return (is_zero(real) && real->negative) || real->kind == NOT_A_NUMBER ||
           imaginary->kind != FINITE || (is_zero(imaginary) && imaginary->negative);
}

static void put_complex(struct text *out, const struct unit *unit, const struct thimble_type *part,
                        const void *first, const void *second) {
    const struct real_format *format = _thimble_real_format(unit, part);
    struct real real, imaginary;
    _thimble_read_real(format, first, &real);
    _thimble_read_real(format, second, &imaginary);
    if (is_no_sum(&real, &imaginary) || !format->has_suffix) {
        _thimble_printf(out, "__builtin_complex((%s)", format->name);
        put_real(out, format, first);
        _thimble_printf(out, ", (%s)", format->name);
        put_real(out, format, second);
        _thimble_puts(out, ")");
        return;
    }
    put_real(out, format, first);
    _thimble_puts(out, imaginary.negative ? " - " : " + ");
    put_magnitude(out, format, &imaginary, second);
    _thimble_puts(out, "i");
}

/* GNU C's complex integers. */
static void put_whole_complex(struct text *out, const struct unit *unit,
                              const struct thimble_type *part, const void *first,
                              const void *second) {
    struct integer imaginary = _thimble_load_integer(unit, part, second);
    _thimble_repr_number(out, unit, part, _thimble_load_integer(unit, part, first));
    _thimble_puts(out, imaginary.negative ? " - " : " + ");
    imaginary.negative = false;
    _thimble_repr_number(out, unit, part, imaginary);
    _thimble_puts(out, "i");
}

void _thimble_repr_complex(struct text *out, const struct unit *unit,
                           const struct thimble_type *type, const void *data) {
    const struct thimble_type *part = _thimble_bare_type(unit, type->target);
    const void *second = (const char *)data + part->size;
    if (_thimble_has_digits(unit, part))
        put_complex(out, unit, part, data, second);
    else
        put_whole_complex(out, unit, part, data, second);
}
