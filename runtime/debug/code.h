/* code.h: whose code an address is in. */
#ifndef DEBUG_CODE_H
#define DEBUG_CODE_H

#include <stdbool.h>
#include <stdint.h>

struct code {
    uintptr_t address;
    uintptr_t bias;   /* what was added to the linker's addresses */
    const char *name; /* of its file: "" for the program, null where there is none */
    bool has_units;   /* that file was compiled with the plugin */
    uint32_t passed;  /* files in front of it */
};

struct code _thimble_code_at(uintptr_t address);

/* Whether it is a user's: neither the runtime's own, nor libc's, a sanitizer's or another
 * library's of the system, which lie between but on nobody's way. */
bool _thimble_is_users_code(const struct code *);

/* What the dynamic linker knows the function by, or null. */
const char *_thimble_function_at(uintptr_t address);

#endif
