/* repr.h: values as C source, by their description. */
#ifndef REPR_REPR_H
#define REPR_REPR_H

#include "../base/text.h"
#include "../registry/registry.h"

/* Appends the object of this type at `data`. Follows pointers to strings only.
 * Never faults. */
void _thimble_repr(struct text *, const struct unit *, uint32_t type, const void *data);

/* What a `char *` in an object pointed to when the object was recorded. */
struct recorded_string {
    size_t offset;     /* of the pointer in the object */
    const char *bytes; /* up to `length`; may hold zeros behind it */
    ptrdiff_t length;  /* -1: could not be read */
    bool ended;        /* false: cut where recording stopped */
};

/* The same for an object that was copied earlier: its strings are these, not what
 * stands behind the pointers now. Those that are not listed are followed. */
void _thimble_repr_recorded(struct text *, const struct unit *, uint32_t type, const void *data,
                            const struct recorded_string *, size_t count);

/* Appends a string literal with escapes, cut after `limit` characters with "..."
 * behind it. */
void _thimble_repr_string(struct text *, const char *bytes, size_t length, size_t limit);

/* Appends the type as C declares it around `name`: "int (*f)(char *)". name may
 * be "". */
void _thimble_repr_type(struct text *, const struct unit *, uint32_t type, const char *name);

#endif
