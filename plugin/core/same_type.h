/* same_type.h: whether two types are one. */
#ifndef CORE_SAME_TYPE_H
#define CORE_SAME_TYPE_H

#include "model.h"

/* Whether a value of the one is one of the other, up to the qualifiers of the value itself:
 * `char *const` and `char *` are, `char *` and `const char *` are not. */
bool same_type(const struct model *, uint32_t a, uint32_t b);

/* The same whatever qualifiers stand in them. */
bool alike_type(const struct model *, uint32_t a, uint32_t b);

/* Whether a pointer whose target that is may point to the object: it promises no less than
 * that asks for. */
bool may_point_to(const struct model *, uint32_t target, uint32_t object);

/* Whether a parameter takes the value as it is: they are of one type, or pointers of which
 * the parameter's may not do more. */
bool takes_type(const struct model *, uint32_t parameter, uint32_t value);

#endif
