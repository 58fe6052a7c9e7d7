/* designator.h: how C names a part of an object: spots[2].at.x. */
#ifndef REPR_DESIGNATOR_H
#define REPR_DESIGNATOR_H

#include "../base/symbols.h"
#include "../base/text.h"
#include "../registry/registry.h"

/* Appends what leads from the object of that symbol to the part `offset` bytes behind its
 * start that has the target's type: the symbol's name, and indices and members; of void
 * the outermost part that begins there. False, and nothing is appended, where the object
 * is not described or has no such part. */
bool _thimble_put_designator(struct text *, const struct symbol *, size_t offset,
                             const struct unit *, uint32_t target);

#endif
