/* own.h: the functions by which a type speaks for itself: repr_NAME and equal_NAME. The
 * plugin gives those of the right type a symbol. */
#ifndef REPR_OWN_H
#define REPR_OWN_H

#include "../registry/registry.h"

/* The function `prefix`NAME of whatever unit, for a struct or union whose tag or whose
 * typedef's name is NAME; null where there is none. */
const void *_thimble_own_function(const struct unit *, uint32_t type, const char *prefix);

/* The name of that function, or null. */
const char *_thimble_own_function_name(const struct unit *, uint32_t type, const char *prefix);

#endif
