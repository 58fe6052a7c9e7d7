/* For RTLD_DEFAULT. */
#define _GNU_SOURCE 1

#include "address.h"

#include "../base/modules.h"
#include <dlfcn.h>
#include <errno.h>
#include <string.h>

/* A program without a dynamic linker has none. */
extern __typeof__(dlsym) dlsym __attribute__((weak));

/* How sure it is that a symbol is the function that others can name: of a hidden function the
 * linker makes a local symbol, and so does an optimizer that sees the whole program, of all. */
enum sureness { NOT = 0, LOCAL, HIDDEN, GLOBAL };

struct search {
    const char *name;
    size_t length;
    uintptr_t address;
    enum sureness sureness;
    bool ambiguous;
};

static enum sureness sureness_of(const ElfW(Sym) * symbol) {
    /* What the machine chooses among several is found by the dynamic linker. */
    if (ELF64_ST_TYPE(symbol->st_info) != STT_FUNC || symbol->st_shndx == SHN_UNDEF)
        return NOT;
    if (ELF64_ST_BIND(symbol->st_info) != STB_LOCAL)
        return GLOBAL;
    return ELF64_ST_VISIBILITY(symbol->st_other) != STV_DEFAULT ? HIDDEN : LOCAL;
}

static void consider(struct search *search, uintptr_t address, enum sureness sureness) {
    if (sureness < search->sureness || (search->address == address && search->sureness))
        return;
    search->ambiguous = sureness == LOCAL && search->sureness == LOCAL;
    search->sureness = sureness;
    search->address = address;
}

static bool has_name(const struct search *search, const struct module *module,
                     const ElfW(Sym) * symbol) {
    size_t length;
    const char *name = _thimble_module_name(module, symbol, &length);
    const char *version = name ? memchr(name, '@', length) : NULL;
    if (version)
        length = (size_t)(version - name);
    return name && length == search->length && memcmp(name, search->name, length) == 0;
}

static bool look(const struct module *module, void *data) {
    struct search *search = data;
    ElfW(Sym) symbol;
    for (size_t i = 0; i < module->symbol_count && search->sureness != GLOBAL; i++) {
        _thimble_module_symbol(module, i, &symbol);
        enum sureness sureness = sureness_of(&symbol);
        if (sureness && has_name(search, module, &symbol))
            consider(search, module->base + symbol.st_value, sureness);
    }
    return search->sureness == GLOBAL;
}

static bool look_in_program(const struct module *module, void *data) {
    look(module, data);
    return true;
}

static uintptr_t look_everywhere(struct search *search) {
    void *found;
    _thimble_each_module(look_in_program, search);
    if (search->sureness < HIDDEN && dlsym && (found = dlsym(RTLD_DEFAULT, search->name)))
        return (uintptr_t)found;
    if (search->sureness < HIDDEN)
        _thimble_each_module(look, search);
    return search->ambiguous ? 0 : search->address;
}

void (*_thimble_address_of(const char *symbol))(void) {
    struct search search = {.name = symbol, .length = strlen(symbol)};
    int saved = errno;
    uintptr_t address = 0;
    if (_thimble_lock_modules()) {
        address = look_everywhere(&search);
        _thimble_unlock_modules();
    }
    errno = saved;
    return (void (*)(void))address;
}
