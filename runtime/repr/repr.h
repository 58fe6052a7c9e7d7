/* repr.h: values as C source, by their description. */
#ifndef REPR_REPR_H
#define REPR_REPR_H

#include "../base/text.h"
#include "../registry/registry.h"

/* Appends the object of this type at `data`. Follows pointers to strings only.
 * Never faults. */
void _thimble_repr(struct text *, const struct unit *, uint32_t type, const void *data);

/* Appends a string literal with escapes, cut after `limit` characters with "..."
 * behind it. */
void _thimble_repr_string(struct text *, const char *bytes, size_t length, size_t limit);

/* Appends the type as C declares it around `name`: "int (*f)(char *)". name may
 * be "". */
void _thimble_repr_type(struct text *, const struct unit *, uint32_t type, const char *name);

#endif
