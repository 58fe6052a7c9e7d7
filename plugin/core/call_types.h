/* call_types.h: what a call passes to a function whose type does not say: the arguments behind
 * the `...`, and all of one that has no prototype. */
#ifndef CORE_CALL_TYPES_H
#define CORE_CALL_TYPES_H

#include "model.h"

/* Whether each call of the function has a type of its own. */
bool call_types_needed(const struct model *, uint32_t function);

/* The type of a call that passes arguments of these types, as they are passed: a FUNCTION
 * that returns what the function returns. Parameters of a prototype come with the names and
 * types that they have there. Calls that are alike have one type. */
uint32_t call_types_add(struct model *, uint32_t function, const uint32_t *types, size_t count);

#endif
