/* modules.h: the ELF files that make up the process, and their tables of symbols. They are
 * read when somebody first asks. */
#ifndef BASE_MODULES_H
#define BASE_MODULES_H

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file with the table that says most. Of one that can't be read the table is empty. */
struct module {
    struct module *next;
    uintptr_t base;      /* what is added to the file's addresses */
    const void *headers; /* where its program headers lie in memory */
    const char *file;
    size_t file_size;
    const char *symbols, *strings;
    size_t symbol_count, strings_size;
};

/* All that is handed out is there until the lock is given back. False in a process that was
 * forked while another thread held it: that stays without symbols. */
bool _thimble_lock_modules(void);
void _thimble_unlock_modules(void);

/* The one that has a segment at the address, and whether that holds code; or null. */
const struct module *_thimble_module_at(uintptr_t address, bool *is_code);

/* All of them, the program first, until `look` returns true. */
void _thimble_each_module(bool (*look)(const struct module *, void *data), void *data);

/* Symbol number i of the table. */
void _thimble_module_symbol(const struct module *, size_t i, ElfW(Sym) *);

/* A symbol's name as the linker has it, and its length; null where the table is damaged. */
const char *_thimble_module_name(const struct module *, const ElfW(Sym) *, size_t *length);

#endif
