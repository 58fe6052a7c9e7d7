/* convert.h: the values that a test hands over, as a function's parameter or
 * result of another type would hold them. */
#ifndef MOCK_CONVERT_H
#define MOCK_CONVERT_H

#include "../base/text.h"
#include "../registry/registry.h"
#include <thimble/base.h>

/* Writes the value to `to`, converted to the type as in a call. False where C
 * would not convert it or the type cannot hold it; why then holds a sentence. */
bool _thimble_convert(const struct thimble_value *, const struct unit *, uint32_t type, void *to,
                      struct text *why);

#endif
