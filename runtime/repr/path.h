/* path.h: what lies inside of an operand, named as C would: spot.list[2].name,
 * p->next->value, *p. */
#ifndef REPR_PATH_H
#define REPR_PATH_H

#include "../base/text.h"
#include "../registry/registry.h"

struct path {
    struct text text;
    bool follows; /* what the text points to is meant */
    char bytes[192];
};

/* From an operand as it is written, or from "". */
void _thimble_path_begin(struct path *, const char *expression);

/* On to what is pointed to. */
void _thimble_path_follow(struct path *);
/* Pointers that are not named each. */
void _thimble_path_skip(struct path *, uint64_t count);

/* On into an object of this type, to what lies at a place in it, in bits: to the object of
 * type `stop` there, or with THIMBLE_NONE to what has no members or elements. */
void _thimble_path_enter(struct path *, const struct unit *, uint32_t type, uint64_t place,
                         uint32_t stop);

const char *_thimble_path_end(struct path *);

/* The member that holds the place, and its number; null where none does. */
const struct thimble_member *_thimble_member_at(const struct unit *, const struct thimble_type *,
                                                uint64_t place, uint64_t *number);

#endif
