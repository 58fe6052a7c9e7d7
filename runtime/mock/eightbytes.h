/* eightbytes.h: which registers the x86-64 convention passes an argument in. */
#ifndef MOCK_EIGHTBYTES_H
#define MOCK_EIGHTBYTES_H

#include "../registry/registry.h"
#include <stddef.h>

enum { MOST_EIGHTBYTES = 2 };

enum register_kind { REGISTER_NONE = 0, REGISTER_INTEGER, REGISTER_REAL };

/* How many registers, one for each eight bytes, the type takes where all of them are left, and
 * of which kinds; 0 for one that is passed in memory in any case. */
size_t _thimble_registers_of(const struct unit *, uint32_t type,
                             enum register_kind kinds[MOST_EIGHTBYTES]);

#endif
