/* quantity.h: a number of whatever type, as the number that it is in mathematics. */
#ifndef REPR_QUANTITY_H
#define REPR_QUANTITY_H

#include "number.h"

struct quantity {
    bool whole;                  /* it is `integer` */
    struct integer integer;      /* 0 where it is none */
    long double real, imaginary; /* of integers, too: rounded where they are very large */
};

struct quantity _thimble_quantity(struct integer);

/* Reads an object of a type behind its typedefs and qualifiers. False where that is no
 * number, or one in a format of its own (_Decimal64, _Float128). */
bool _thimble_load_quantity(const struct unit *, const struct thimble_type *, const void *data,
                            struct quantity *);

/* Whether _thimble_load_quantity reads the type. */
bool _thimble_is_quantity(const struct unit *, const struct thimble_type *);

/* Nothing is rounded or converted: -1 is not 4294967295, 0.1f is not 0.1, 2 is 2.0 and
 * 2.0 + 0.0i. NaN is equal to nothing. */
bool _thimble_same_quantity(const struct quantity *, const struct quantity *);

#endif
