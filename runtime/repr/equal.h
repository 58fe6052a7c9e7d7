/* equal.h: whether two objects are equal, by their types, and in what they differ.
 *
 * What each type is compared by stands in <thimble/check.h>. Pointers are followed
 * breadth-first: what is found is as near to the objects as any difference, and no circle
 * or long list costs any stack.
 *
 *   pair    two objects that have to be equal: the two that are compared, and what
 *           pointers in a pair point to
 *   place   where a member or element stands in both objects of a pair, in bits from
 *           their start
 */
#ifndef REPR_EQUAL_H
#define REPR_EQUAL_H

#include "../base/window.h"
#include "characters.h"
#include "number.h"
#include "pairs.h"

enum difference_kind {
    DIFFERENT_VALUES = 1, /* numbers, bytes of what has no description */
    DIFFERENT_POINTERS,   /* the addresses count: of NULL, void, functions, what is described
                           * nowhere */
    DIFFERENT_STRINGS,
    DIFFERENT_LENGTHS, /* of arrays; elements that both have may differ besides */
    DIFFERENT_UNIONS,  /* in their bytes */
    DIFFERENT_BY_OWN,  /* the type's own function says so */
    DIFFERENT_TYPES,   /* two files describe the types in two ways */
    UNREADABLE,        /* or what the pointers point to is */
    ENDLESS            /* more is pointed to than can be remembered */
};

struct difference {
    enum difference_kind kind;
    uint32_t pair;
    uint64_t place;
    struct repr_object a, b;              /* that differ, in themselves; of a bit-field... */
    const struct thimble_member *field_a; /* ...the struct in which it stands */
    const struct thimble_member *field_b;
    uint64_t character; /* number of the first that differs in a string, or can't be read */
};

struct comparison {
    struct pairs pairs;
    struct difference first; /* where the objects differ */
    struct window windows[2];
};

/* Whether a equals b. Calls equal_NAME functions, user code that may leave by a jump.
 * _thimble_compare_end gives back what the comparison holds. */
bool _thimble_compare(struct comparison *, const struct repr_object *a,
                      const struct repr_object *b);
void _thimble_compare_end(struct comparison *);

/* Calls visit for each difference between the objects of one pair themselves, in the order
 * of their places, until it returns false. */
typedef bool difference_visitor(void *context, const struct difference *);
void _thimble_each_difference(struct comparison *, uint32_t pair, difference_visitor *,
                              void *context);

/* The two that a DIFFERENT_STRINGS is about. */
void _thimble_strings_of(struct comparison *, const struct difference *,
                         struct characters strings[2]);

/* The value of a bit-field of the struct; false where it can't be read. */
bool _thimble_read_field(struct window *, const struct repr_object *, const struct thimble_member *,
                         struct integer *);

#endif
