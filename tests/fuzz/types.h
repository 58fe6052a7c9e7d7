/* types.h: a unit whose types were made up at random. */
#ifndef FUZZ_TYPES_H
#define FUZZ_TYPES_H

#include "../../runtime/registry/registry.h"

struct random {
    uint64_t state;
};
uint64_t random_next(struct random *);
/* Less than `limit`, which is no 0. */
uint64_t random_below(struct random *, uint64_t limit);

/* A unit with `count` types, which stay until the next one is made. Most could be a
 * compiler's; some are too large, too small, or lie over each other. */
const struct unit *random_unit(struct random *, uint32_t count);

#endif
