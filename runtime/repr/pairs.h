/* pairs.h: the pairs of objects that a comparison has yet to look at or has looked at:
 * a queue and a set in one. A circle of pointers leads to a pair that is there already. */
#ifndef REPR_PAIRS_H
#define REPR_PAIRS_H

#include "repr.h"

/* Two objects, and the pointers that led to them. */
struct pair {
    struct repr_object a, b;
    uint32_t from;                 /* number of the pair in which these stand; or NO_PAIR */
    uint32_t pointer_a, pointer_b; /* types */
    uint64_t place;                /* in bits */
};

#define NO_PAIR UINT32_MAX

enum { FEW_PAIRS = 8 };

struct pairs {
    struct pair few[FEW_PAIRS]; /* what most comparisons do with */
    struct pair *all;
    uint32_t count, capacity;
    uint32_t *slots; /* of a hash table, where there are more: numbers and 1, or 0 */
};

void _thimble_pairs_begin(struct pairs *, const struct repr_object *a, const struct repr_object *b);
void _thimble_pairs_end(struct pairs *);

/* Adds the pair unless it is there. False where there is no memory for it, or there are
 * more than anything but a structure without end has. */
bool _thimble_pairs_add(struct pairs *, const struct pair *);

#endif
