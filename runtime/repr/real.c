#include "real.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Those of C ---- */

static void print_float(char *text, int precision, const void *magnitude) {
    float value;
    memcpy(&value, magnitude, sizeof value);
    snprintf(text, LONGEST_REAL, "%.*e", precision, (double)value);
}

static bool reads_float(const char *text, const void *magnitude) {
    float value;
    memcpy(&value, magnitude, sizeof value);
    return strtof(text, NULL) == value;
}

static void print_double(char *text, int precision, const void *magnitude) {
    double value;
    memcpy(&value, magnitude, sizeof value);
    snprintf(text, LONGEST_REAL, "%.*e", precision, value);
}

static bool reads_double(const char *text, const void *magnitude) {
    double value;
    memcpy(&value, magnitude, sizeof value);
    return strtod(text, NULL) == value;
}

static void print_long_double(char *text, int precision, const void *magnitude) {
    long double value;
    memcpy(&value, magnitude, sizeof value);
    snprintf(text, LONGEST_REAL, "%.*Le", precision, value);
}

static bool reads_long_double(const char *text, const void *magnitude) {
    long double value;
    memcpy(&value, magnitude, sizeof value);
    return strtold(text, NULL) == value;
}

/* ---- Fourfold precision: glibc's functions, without any arithmetic ---- */

#if LDBL_MANT_DIG != 113 && defined(__SIZEOF_FLOAT128__)
__extension__ typedef __float128 quad;
extern int strfromf128(char *, size_t, const char *, quad) __attribute__((weak));
extern quad strtof128(const char *, char **) __attribute__((weak));

static void print_quad(char *text, int precision, const void *magnitude) {
    quad value;
    char format[16];
    memcpy(&value, magnitude, sizeof value);
    snprintf(format, sizeof format, "%%.%de", precision);
    strfromf128(text, LONGEST_REAL, format, value);
}

static bool reads_quad(const char *text, const void *magnitude) {
    quad value = strtof128(text, NULL);
    return memcmp(&value, magnitude, sizeof value) == 0;
}

static bool prints_quad(void) {
    return strfromf128 && strtof128;
}
#else
#define print_quad print_long_double
#define reads_quad reads_long_double

static bool prints_quad(void) {
    return LDBL_MANT_DIG == 113;
}
#endif

/* ---- Half the bits of a float ---- */

/* Every such value is a float. */
static float power_of_two(int exponent) {
    uint32_t bits = (uint32_t)(exponent + 127) << 23;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static float half_value(uint16_t bits) {
    int exponent = bits >> 10;
    float fraction = (float)(bits & 0x3ff) / 1024;
    return exponent ? (1 + fraction) * power_of_two(exponent - 15) : fraction * power_of_two(-14);
}

static float brain_value(uint16_t bits) {
    uint32_t whole = (uint32_t)bits << 16;
    float value;
    memcpy(&value, &whole, sizeof value);
    return value;
}

/* Whether the text is nearer to this value than to its neighbours. */
static bool is_nearest(const char *text, const void *magnitude, float (*value_of)(uint16_t)) {
    uint16_t bits;
    memcpy(&bits, magnitude, sizeof bits);
    double value = (double)value_of(bits), read = strtod(text, NULL);
    double below = bits ? (double)value_of((uint16_t)(bits - 1)) : value;
    double above = value + (value - below);
    return read == value || (2 * read > below + value && 2 * read < above + value);
}

static void print_half(char *text, int precision, const void *magnitude) {
    uint16_t bits;
    memcpy(&bits, magnitude, sizeof bits);
    snprintf(text, LONGEST_REAL, "%.*e", precision, (double)half_value(bits));
}

static bool reads_half(const char *text, const void *magnitude) {
    return is_nearest(text, magnitude, half_value);
}

static void print_brain(char *text, int precision, const void *magnitude) {
    uint16_t bits;
    memcpy(&bits, magnitude, sizeof bits);
    snprintf(text, LONGEST_REAL, "%.*e", precision, (double)brain_value(bits));
}

static bool reads_brain(const char *text, const void *magnitude) {
    return is_nearest(text, magnitude, brain_value);
}

/* ---- Formats ---- */

#if LDBL_MANT_DIG == 64
#define LONG_DOUBLE_BITS 10, 15, 64
#elif LDBL_MANT_DIG == 113
#define LONG_DOUBLE_BITS 16, 15, 112
#else
#define LONG_DOUBLE_BITS sizeof(long double), 11, 52
#endif

static const struct real_format half = {"_Float16", "f16", true,       2,         5,
                                        10,         5,     print_half, reads_half};
static const struct real_format brain = {"__bf16", "f", false,       2,          8,
                                         7,        4,   print_brain, reads_brain};
static const struct real_format single = {"float",         "f",         true,       4, 8, 23,
                                          FLT_DECIMAL_DIG, print_float, reads_float};
static const struct real_format twice = {"double",        "",           true,        8, 11, 52,
                                         DBL_DECIMAL_DIG, print_double, reads_double};
static const struct real_format extended = {
    "long double",    "L", true, LONG_DOUBLE_BITS, LDBL_DECIMAL_DIG, print_long_double,
    reads_long_double};
static const struct real_format fourfold = {"__float128", "q", true,       16,        15,
                                            112,          36,  print_quad, reads_quad};

static const struct real_format *format_by_name(const char *name) {
    if (strcmp(name, "_Float16") == 0)
        return &half;
    if (strcmp(name, "__bf16") == 0)
        return &brain;
    if (strcmp(name, "_Float128") == 0 || strcmp(name, "__float128") == 0)
        return prints_quad() ? &fourfold : NULL;
    for (size_t i = 0; i < sizeof _thimble_decimals / sizeof *_thimble_decimals; i++)
        if (strcmp(name, _thimble_decimals[i].name) == 0)
            return _thimble_decimals[i].size ? &_thimble_decimals[i] : NULL;
    return NULL;
}

const struct real_format *_thimble_real_format_of_size(size_t size) {
    return size == sizeof(float) ? &single : size == sizeof(double) ? &twice : &extended;
}

const struct real_format *_thimble_real_format(const struct unit *unit,
                                               const struct thimble_type *type) {
    if (type->kind != THIMBLE_FLOAT)
        return NULL;
    if (!_thimble_is_real(unit, type)) {
        const struct real_format *format = format_by_name(_thimble_string(unit, type->name));
        return format && format->size == type->size ? format : NULL;
    }
    return _thimble_real_format_of_size((size_t)type->size);
}

/* ---- Reading ---- */

/* Keeps the digits of "1.25e+07". Whatever the locale's decimal point is, it is none. */
static void take_digits(const char *text, struct real *real) {
    char *digits = real->digits;
    for (; *text && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9')
            *digits++ = *text;
    *digits = '\0';
    real->exponent = *text ? (int)strtol(text + 1, NULL, 10) : 0;
}

static void find_digits(const struct real_format *format, const void *magnitude,
                        struct real *real) {
    char text[LONGEST_REAL];
    /* What fewer digits give back, more do too: they are nearer. */
    int least = 0, most = format->most_digits - 1;
    while (least < most) {
        int middle = (least + most) / 2;
        format->print(text, middle, magnitude);
        if (format->reads_back(text, magnitude))
            most = middle;
        else
            least = middle + 1;
    }
    format->print(text, most, magnitude);
    take_digits(text, real);
}

/* The parts of a binary format, the fraction cut into halves. */
struct parts {
    bool negative;
    unsigned exponent;
    uint64_t fraction, more;
};

/* In all formats of more than 64 bits the last two bytes are sign and exponent. */
static struct parts parts_of(const struct real_format *format, const unsigned char *little) {
    uint64_t low, high;
    memcpy(&low, little, sizeof low);
    memcpy(&high, little + sizeof low, sizeof high);
    unsigned bits = format->fraction_bits;
    if (format->size > sizeof low) {
        unsigned top = little[format->size - 1] << 8 | little[format->size - 2];
        uint64_t more = bits > 64 ? high & (((uint64_t)1 << (bits - 64)) - 1) : 0;
        return (struct parts){top >> 15, top & 0x7fff, low, more};
    }
    uint64_t exponent = low >> bits & (((uint64_t)1 << format->exponent_bits) - 1);
    return (struct parts){low >> (bits + format->exponent_bits) & 1, (unsigned)exponent,
                          low & (((uint64_t)1 << bits) - 1), 0};
}

/* Where the whole part is stored, it is 1 unless the exponent is 0: other patterns are
 * rejected by the very processors that have the format. */
static void classify(const struct real_format *format, const struct parts *parts,
                     struct real *real) {
    unsigned bits = format->fraction_bits, greatest = (1u << format->exponent_bits) - 1;
    bool whole = bits == 64;
    bool broken = whole && parts->exponent && !(parts->fraction >> 63);
    struct parts infinity = {.fraction = whole ? (uint64_t)1 << 63 : 0};
    struct parts plain = {.fraction = bits > 64 ? 0 : infinity.fraction | (uint64_t)1 << (bits - 1),
                          .more = bits > 64 ? (uint64_t)1 << (bits - 65) : 0};
    if (whole)
        plain.fraction = (uint64_t)3 << 62;
    bool infinite = parts->fraction == infinity.fraction && parts->more == infinity.more;
    real->negative = parts->negative;
    real->kind = broken                        ? NOT_A_NUMBER
                 : parts->exponent != greatest ? FINITE
                 : infinite                    ? INFINITE
                                               : NOT_A_NUMBER;
    real->odd = real->kind == NOT_A_NUMBER &&
                (broken || parts->fraction != plain.fraction || parts->more != plain.more);
}

void _thimble_read_real(const struct real_format *format, const void *data, struct real *real) {
    unsigned char little[16] = {0}, magnitude[16] = {0};
    if (!format->exponent_bits) {
        _thimble_read_decimal(format, data, real);
        return;
    }
    size_t size = format->size, highest = size - 1;
    memcpy(magnitude, data, size);
    for (size_t i = 0; i < size; i++)
        little[i] = magnitude[__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? size - 1 - i : i];
    struct parts parts = parts_of(format, little);
    classify(format, &parts, real);
    magnitude[__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 0 : highest] &= 0x7f;
    if (real->kind == FINITE)
        find_digits(format, magnitude, real);
}
