/* closeness.h: how far two numbers are apart. */
#ifndef REPR_CLOSENESS_H
#define REPR_CLOSENESS_H

#include "quantity.h"

struct distance {
    bool exact; /* it is `whole` */
    magnitude whole;
    long double real; /* NaN where one of them is */
};

struct distance _thimble_measure(const struct quantity *, const struct quantity *);

/* Whether the distance is at most this, a real number from zero on. */
bool _thimble_is_within(const struct distance *, const struct quantity *tolerance);

#endif
