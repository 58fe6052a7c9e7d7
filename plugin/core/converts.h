/* converts.h: whether C would convert a value, as a call converts its arguments. What the
 * runtime does with values (runtime/mock/convert.c) is more, but nothing else: what is refused
 * here it would refuse, too. */
#ifndef CORE_CONVERTS_H
#define CORE_CONVERTS_H

#include "given.h"
#include "line.h"

enum converts_range {
    RANGE_COUNTS,    /* a constant has to fit */
    RANGE_IS_NOTHING /* it is only compared with */
};

/* False with a sentence about why not: "300 does not fit a 'unsigned char'". */
bool converts_to(const struct model *, const struct given *value, uint32_t type,
                 enum converts_range, struct line *why);

/* Types behind typedefs and qualifiers; a null one is none of these. */
bool converts_is_integer(const struct thimble_type *);
bool converts_is_number(const struct thimble_type *);
/* An array, which becomes one, too; a function that stands for its address. */
bool converts_is_pointer(const struct thimble_type *);
/* char, signed char, unsigned char. */
bool converts_is_char(const struct thimble_type *);
/* What there is nothing to say about: not described, or not complete. */
bool converts_is_unknown(const struct thimble_type *);

/* What a pointer or array points to; of anything else THIMBLE_NONE. */
uint32_t converts_target(const struct model *, uint32_t type);

#endif
