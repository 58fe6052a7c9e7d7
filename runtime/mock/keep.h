/* keep.h: copies of values together with what their pointers lead to, as it is now. */
#ifndef MOCK_KEEP_H
#define MOCK_KEEP_H

#include "../registry/registry.h"
#include "../repr/recorded.h"
#include <stddef.h>

enum {
    LONGEST_STRING = 4096, /* bytes; of a string that is longer the beginning is kept */
    LARGEST_POINTEE = 4096,
    LEAST_KEPT = 64, /* bytes of whatever a pointer leads to, where they are there */
    PIECE_ROOM = LEAST_KEPT + _Alignof(max_align_t)
};

/* Which pointers of an object are followed. */
struct plan {
    size_t count; /* of the object's own */
    size_t total; /* with those in what they lead to */
    struct planned_pointer *pointers;
};

struct planned_pointer {
    size_t offset;            /* in the object */
    unsigned width;           /* of a string's characters; 0: to something else, */
    size_t size;              /* which has this size; 0: that is not known */
    unsigned counted;         /* of a string: the size of the integer behind it, or 0 */
    const struct plan *inner; /* the strings in it, or null */
};

/* What begins at `offset` of an object that is kept. Adds to the plan; lives as long as the
 * process. `direct`: a value that is handed over itself, whose pointers to other things than
 * strings are followed too. */
void _thimble_plan(struct plan *, const struct unit *, uint32_t type, size_t offset, bool direct);

/* An integer of that size stands at the offset: where it is right behind a string it may say
 * how many bytes that has. */
void _thimble_plan_count(struct plan *, size_t offset, size_t size);

/* Whether what the pointer type leads to is kept; of a FILE it is not. */
bool _thimble_is_kept(const struct unit *, const struct thimble_type *pointer);

/* Follows the pointers of the copy of an object, which lead to copies from now on. `recorded`
 * has room for `total`; returns how many it now holds. At *pieces are PIECE_ROOM bytes
 * for each of the object's own pointers; *pieces is then where what was used of them ends.
 * Allocates test memory; nothing is locked. */
size_t _thimble_keep(const struct plan *, char *object, struct recorded *recorded, char **pieces);

/* ---- A value that is kept by itself ---- */

struct kept_value {
    const struct unit *unit;
    uint32_t type;
    char *data;
    const struct recorded *recorded;
    size_t recorded_count;
};

/* Keeps the object of that type at `data`, which is there. */
struct kept_value _thimble_keep_value(const struct unit *, uint32_t type, const void *data,
                                      bool direct);

/* The address that a pointer in it had. */
const char *_thimble_kept_address(const struct kept_value *, const char *place);

#endif
