/* same_type.h: whether two units speak of one type. */
#ifndef RUNNER_SAME_TYPE_H
#define RUNNER_SAME_TYPE_H

#include "../registry/registry.h"

/* Whether a parameter of that type takes a value of the other as it is: the two are one
 * type, but what a pointer points to may gain qualifiers on the way. */
bool _thimble_takes_type(const struct unit *, uint32_t parameter, const struct unit *value_unit,
                         uint32_t value);

#endif
