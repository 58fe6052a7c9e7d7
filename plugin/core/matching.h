/* matching.h: whether a matcher can say something of an argument. */
#ifndef CORE_MATCHING_H
#define CORE_MATCHING_H

#include "given.h"
#include "line.h"

/* How many of the list belong to the one at the front: itself, and those that are deeper. */
size_t matching_extent(const struct given *, size_t count);

/* Whether the value or matcher at the front, with what belongs to it, is one for an argument of
 * the type. False with a sentence about why not, and which of the list is wrong. */
bool matching_fits(const struct model *, const struct given *, size_t count, uint32_t type,
                   struct line *why, size_t *wrong);

#endif
