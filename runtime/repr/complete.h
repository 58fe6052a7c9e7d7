/* complete.h: what one unit only declares, another describes. */
#ifndef REPR_COMPLETE_H
#define REPR_COMPLETE_H

#include "../registry/registry.h"

/* Where the struct or union of this unit, which is incomplete there, is described. False
 * where no unit does, or where units describe different ones under its tag. */
bool _thimble_complete_type(const struct unit **, uint32_t *type);

#endif
