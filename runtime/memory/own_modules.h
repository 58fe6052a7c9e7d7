/* own_modules.h: the ELF files that this process consists of, without a lock: in a signal's
 * handler, too. */
#ifndef MEMORY_OWN_MODULES_H
#define MEMORY_OWN_MODULES_H

#include "build.h"

/* Zero at first. */
struct own_modules {
    struct pile found; /* struct own_module, the program first */
    uintptr_t ours[2]; /* where the runtime's code begins and ends */
};

/* The program is put into the builder, as its first module. */
void _thimble_find_own_modules(struct own_modules *, struct builder *);
void _thimble_drop_own_modules(struct own_modules *);

/* Adds the frame of a return address, and its module where that is not there. False: it is the
 * runtime's, and what is further out is, too. */
bool _thimble_add_own_frame(struct own_modules *, struct builder *, uintptr_t address);

#endif
