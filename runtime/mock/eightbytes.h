/* eightbytes.h: which registers the x86-64 convention passes an argument in. */
#ifndef MOCK_EIGHTBYTES_H
#define MOCK_EIGHTBYTES_H

#include "../registry/registry.h"
#include <stddef.h>

enum { MOST_EIGHTBYTES = 2 };

enum register_kind { REGISTER_NONE = 0, REGISTER_INTEGER, REGISTER_REAL };

/* How many of each kind are left for a call's arguments. */
struct registers {
    size_t integers, reals;
};

/* How many registers, one for each eight bytes, an argument of that type takes, and of which
 * kinds; they are then no longer left. 0, and nothing changes, for one that is passed on the
 * stack: all of it goes to registers, or none. */
size_t _thimble_take_registers(struct registers *, const struct unit *, uint32_t type,
                               enum register_kind kinds[MOST_EIGHTBYTES]);

#endif
