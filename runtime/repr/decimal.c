/* Decimal floating point, which no C library prints: its digits stand in it as a binary
 * number. */
#include "real.h"

#include <string.h>

/* The other encoding, of POWER and z, keeps three digits in ten bits. */
#if defined(__x86_64__) || defined(__i386__) || defined(__DECIMAL_BID_FORMAT__)
#define SIZE(size) size
#else
#define SIZE(size) 0
#endif
#ifdef __SIZEOF_INT128__
#define LARGEST SIZE(16)
#else
#define LARGEST 0
#endif

const struct real_format _thimble_decimals[3] = {
    {.name = "_Decimal32", .suffix = "df", .has_suffix = true, .size = SIZE(4), .most_digits = 7},
    {.name = "_Decimal64", .suffix = "dd", .has_suffix = true, .size = SIZE(8), .most_digits = 16},
    {.name = "_Decimal128", .suffix = "dl", .has_suffix = true, .size = LARGEST, .most_digits = 34},
};

struct encoding {
    unsigned bits, exponent_bits;
    int bias;
};

static struct encoding encoding_of(const struct real_format *format) {
    switch (format->size) {
    case 4:
        return (struct encoding){32, 8, 101};
    case 8:
        return (struct encoding){64, 10, 398};
    default:
        return (struct encoding){128, 14, 6176};
    }
}

static magnitude low_bits(magnitude value, unsigned count) {
    return value & (((magnitude)1 << count) - 1);
}

/* Where the exponent would begin with two ones it stands two bits further down, and the
 * digits begin with 100. */
static void take_apart(const struct encoding *encoding, magnitude bits, magnitude *digits,
                       int *exponent) {
    unsigned shift = encoding->bits - 1 - encoding->exponent_bits;
    bool large = low_bits(bits >> (encoding->bits - 3), 2) == 3;
    if (large)
        shift -= 2;
    *exponent = (int)low_bits(bits >> shift, encoding->exponent_bits) - encoding->bias;
    *digits = low_bits(bits, shift) | (large ? (magnitude)4 << shift : 0);
}

/* More digits than the type has are a zero. */
static void put_digits(magnitude value, int most, struct real *real) {
    char reversed[LONGEST_REAL];
    int count = 0;
    do
        reversed[count++] = (char)('0' + (int)(value % 10));
    while (value /= 10);
    if (count > most)
        reversed[0] = '0', count = 1;
    for (int i = 0; i < count; i++)
        real->digits[i] = reversed[count - 1 - i];
    real->digits[count] = '\0';
    real->exponent += count - 1;
}

void _thimble_read_decimal(const struct real_format *format, const void *data, struct real *real) {
    struct encoding encoding = encoding_of(format);
    magnitude bits = 0, digits, plain = (magnitude)0x7c << (encoding.bits - 8);
    memcpy(&bits, data, format->size);
    unsigned special = (unsigned)low_bits(bits >> (encoding.bits - 6), 5);
    real->negative = bits >> (encoding.bits - 1) & 1;
    real->kind = special == 31 ? NOT_A_NUMBER : special == 30 ? INFINITE : FINITE;
    real->odd = real->kind == NOT_A_NUMBER && low_bits(bits, encoding.bits - 1) != plain;
    if (real->kind != FINITE)
        return;
    take_apart(&encoding, bits, &digits, &real->exponent);
    put_digits(digits, format->most_digits, real);
}
