/* symbols.h: the names that the program's own ELF files have for addresses, static
 * functions and objects too. The files are read when the first address in one is asked
 * for; one that is stripped has its dynamic symbols only, one that is damaged none. */
#ifndef BASE_SYMBOLS_H
#define BASE_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct symbol {
    char name[128]; /* as the source has it; a longer one is cut */
    uintptr_t start;
    size_t size; /* bytes */
    bool is_function;
};

/* The symbol of a function that begins at the address, or of an object that it points
 * into. False where there is none. Among names for one thing the plainest is taken. */
bool _thimble_find_symbol(const void *address, struct symbol *);

/* The same, or of a function that the address is in. */
bool _thimble_find_symbol_around(const void *address, struct symbol *);

#endif
