/* same_type.h: whether two units speak of one type. */
#ifndef REPR_SAME_TYPE_H
#define REPR_SAME_TYPE_H

#include "../registry/registry.h"

/* Whether a parameter of that type takes a value of the other as it is: the two are one
 * type, but what a pointer points to may gain qualifiers on the way. */
bool _thimble_takes_type(const struct unit *, uint32_t parameter, const struct unit *value_unit,
                         uint32_t value);

/* Whether two FUNCTION types are one, so that a call of the one can go to the other. With a
 * function without a prototype only what is returned is compared. */
bool _thimble_same_function_type(const struct unit *, uint32_t type, const struct unit *other_unit,
                                 uint32_t other);

#endif
