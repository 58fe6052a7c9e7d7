/* literal.h: scalars as C's constants. All take a type behind its typedefs and qualifiers
 * where it is a `struct thimble_type`, and with them where it is an index. */
#ifndef REPR_LITERAL_H
#define REPR_LITERAL_H

#include "../base/text.h"
#include "number.h"

/* An integer of this type: 5UL, 'a', true, RED | BLUE, (enum color)7. */
void _thimble_repr_integer(struct text *, const struct unit *, uint32_t type, struct integer);
/* As a number, whatever the type says: 5UL, (-2147483647 - 1). */
void _thimble_repr_number(struct text *, const struct unit *, const struct thimble_type *,
                          struct integer);
/* A bit-precise integer, of which there is nothing but the name: 0 where the type is none. */
unsigned _thimble_bit_int_width(const struct unit *, const struct thimble_type *);
void _thimble_repr_bit_int(struct text *, const struct unit *, const struct thimble_type *,
                           const void *data);
void _thimble_repr_enum(struct text *, const struct unit *, uint32_t named,
                        const struct thimble_type *, struct integer);

/* Whether the type's format is known, whatever _thimble_is_real says: half and fourfold
 * precision and decimals have no arithmetic here, but a text. */
bool _thimble_has_digits(const struct unit *, const struct thimble_type *);

/* One of them, the shortest decimal that gives it back: 0.1f, 1e30, INFINITY. */
void _thimble_repr_digits(struct text *, const struct unit *, const struct thimble_type *,
                          const void *data);
/* The same of a float, double or long double, by its size. */
void _thimble_repr_real(struct text *, const struct thimble_type *, const void *data);
/* Whether its text gives all its bits back: a NaN's may not. In *size the bytes that
 * count, where others are padding. */
bool _thimble_real_is_exact(const struct unit *, const struct thimble_type *, const void *data,
                            size_t *size);

/* Of real or integer parts: 1.0 - 0.5i, or
 * __builtin_complex((double)1.0, (double)INFINITY). */
void _thimble_repr_complex(struct text *, const struct unit *, const struct thimble_type *,
                           const void *data);

#endif
