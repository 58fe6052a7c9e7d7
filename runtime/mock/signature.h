/* signature.h: a function's type, ready for calls: how its arguments arrive, where
 * a recorded call keeps them, and what of what they point to. */
#ifndef MOCK_SIGNATURE_H
#define MOCK_SIGNATURE_H

#include "../base/text.h"
#include "keep.h"
#include <ffi.h>

struct parameter {
    const char *name; /* without leading underscores; "" for none */
    uint32_t type;
    size_t offset; /* in a call's arguments */
    size_t size;
};

struct signature {
    const struct unit *unit;
    uint32_t type; /* a FUNCTION of that unit */
    size_t count;
    struct parameter *parameters;
    size_t size;       /* of a call's arguments */
    struct plan plan;  /* what of it is followed when a call is recorded */
    uint32_t returned; /* type */
    size_t returned_size;
    bool variadic;        /* takes more than these; what a call took has a signature of its own */
    bool returns_integer; /* the library wants it widened to ffi_arg */
    ffi_cif cif;
};

/* Null where the library cannot pass what the function takes or returns; why then
 * holds a sentence about it. Lives as long as the process; names and types as long
 * as the unit. */
struct signature *_thimble_signature(const struct unit *, uint32_t type, struct text *why);

/* Whether all that the function takes and returns by value is complete here. */
bool _thimble_signature_is_complete(const struct unit *, uint32_t type);

#endif
