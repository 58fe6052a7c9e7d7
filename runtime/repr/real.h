/* real.h: floating point by its digits, in whatever format. */
#ifndef REPR_REAL_H
#define REPR_REAL_H

#include "number.h"

enum { LONGEST_REAL = 64 };

struct real {
    enum { FINITE, INFINITE, NOT_A_NUMBER } kind;
    bool negative;
    bool odd; /* a NaN unlike the one that NAN is, its sign apart, or bits that are no number */
    char digits[LONGEST_REAL]; /* FINITE: the significant ones, without a point */
    int exponent;              /* the power of ten of the first */
};

struct real_format {
    const char *name; /* as a cast has it */
    const char *suffix;
    bool has_suffix; /* else its constants need the cast */
    unsigned size;   /* bytes that count; behind them is padding */
    /* Binary formats: the bits of the exponent and of the fraction, with the whole part
     * where that is stored. Of a decimal one 0, whose digits are all meant. */
    unsigned exponent_bits, fraction_bits;
    int most_digits; /* that are ever needed */
    void (*print)(char text[LONGEST_REAL], int precision, const void *magnitude);
    bool (*reads_back)(const char *text, const void *magnitude);
};

/* Null where the type's format is not known, or the C library can't print it. */
const struct real_format *_thimble_real_format(const struct unit *, const struct thimble_type *);

/* That of C's own type of the size. */
const struct real_format *_thimble_real_format_of_size(size_t);

void _thimble_read_real(const struct real_format *, const void *data, struct real *);

/* ---- decimal.c ---- */

/* _Decimal32, 64 and 128, in the encoding whose digits are a binary number. */
extern const struct real_format _thimble_decimals[3];
void _thimble_read_decimal(const struct real_format *, const void *data, struct real *);

#endif
