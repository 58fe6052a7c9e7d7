/* literal.h: scalars as C's constants. */
#ifndef REPR_LITERAL_H
#define REPR_LITERAL_H

#include "../base/text.h"
#include "number.h"

/* A plain char: 'a', '\n', '\377'. */
void _thimble_repr_char(struct text *, unsigned char byte);

/* An integer of this type: 5UL, 'a', true, RED | BLUE, (enum color)7. */
void _thimble_repr_integer(struct text *, const struct unit *, uint32_t type, struct integer);

/* A float, double or long double, the shortest decimal that gives it back:
 * 0.1f, 1e30, INFINITY. */
void _thimble_repr_real(struct text *, const struct thimble_type *bare, const void *data);

/* Of real or integer parts: 1.0 - 0.5i, or
 * __builtin_complex((double)1.0, (double)INFINITY). */
void _thimble_repr_complex(struct text *, const struct unit *, const struct thimble_type *bare,
                           const void *data);

#endif
