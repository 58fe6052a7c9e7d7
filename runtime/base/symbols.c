/* For RTLD_DEFAULT. */
#define _GNU_SOURCE 1

#include "symbols.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

#include "modules.h"

/* ---- Names ---- */

static bool is_identifier_start(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* What compilers append to the name of a copy or a part of a function, and of an object
 * that is static in one: numbers, or one of these. */
static bool is_appendix(const char *word, size_t length) {
    static const char *const words[] = {"lto_priv", "llvm", "constprop", "isra", "part", "cold"};
    if (length == 0 || !is_identifier_start(*word))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
            return true;
    return false;
}

/* What no source has a name for: literals, tables of the compiler's. */
static bool is_made_up(const char *name, size_t length) {
    static const char *const names[] = {
        "__const.", "switch.table.", "__compound_literal", "C.",
        "CSWTCH.",  "__func__.",     "__FUNCTION__.",      "__PRETTY_FUNCTION__."};
    if (length == 0 || !is_identifier_start(*name))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (length >= strlen(names[i]) && memcmp(names[i], name, strlen(names[i])) == 0)
            return true;
    return false;
}

/* The source's name in the linker's: count of "count.0", of Clang's "test_feeds.count",
 * environ of "environ@@GLIBC_2.2.5". False where it has none. */
static bool source_name(const char *name, size_t length, const char **start, size_t *size) {
    const char *version = memchr(name, '@', length);
    if (version)
        length = (size_t)(version - name);
    if (is_made_up(name, length))
        return false;
    size_t end = length;
    for (;;) {
        size_t at = end;
        while (at > 0 && name[at - 1] != '.')
            at--;
        *start = name + at;
        *size = end - at;
        if (at == 0 || !is_appendix(*start, *size))
            return *size > 0 && is_identifier_start(**start);
        end = at - 1;
    }
}

/* ---- Symbols ---- */

struct candidate {
    ElfW(Sym) symbol;
    const char *name;
    size_t length;
};

static size_t underscores(const struct candidate *candidate) {
    size_t count = 0;
    while (count < candidate->length && candidate->name[count] == '_')
        count++;
    return count;
}

/* The nearest; of one thing the plainest name. */
static bool is_better(const struct candidate *one, const struct candidate *other) {
    if (!other->name)
        return true;
    if (one->symbol.st_value != other->symbol.st_value)
        return one->symbol.st_value > other->symbol.st_value;
    if (underscores(one) != underscores(other))
        return underscores(one) < underscores(other);
    bool local = ELF64_ST_BIND(one->symbol.st_info) == STB_LOCAL;
    bool other_local = ELF64_ST_BIND(other->symbol.st_info) == STB_LOCAL;
    if (local != other_local)
        return other_local;
    return one->length < other->length;
}

static bool is_function(const ElfW(Sym) * symbol) {
    unsigned type = ELF64_ST_TYPE(symbol->st_info);
    return type == STT_FUNC || type == STT_GNU_IFUNC;
}

/* A function in another module has an address here where a program took it. */
static bool fits(const ElfW(Sym) * symbol, uintptr_t place, bool around) {
    if (is_function(symbol))
        return symbol->st_value != 0 && (symbol->st_value == place ||
                                         (around && place - symbol->st_value < symbol->st_size));
    return ELF64_ST_TYPE(symbol->st_info) == STT_OBJECT && symbol->st_shndx != SHN_UNDEF &&
           place - symbol->st_value < symbol->st_size;
}

static bool take_name(const struct module *module, struct candidate *candidate) {
    size_t length;
    const char *name = _thimble_module_name(module, &candidate->symbol, &length);
    return name && source_name(name, length, &candidate->name, &candidate->length);
}

/* A function that the dynamic linker chooses among several for this machine stands under
 * its name elsewhere than in the table: libc's strcmp. */
extern __typeof__(dlsym) dlsym __attribute__((weak));

static bool is_chosen(const struct module *module, const struct candidate *candidate,
                      uintptr_t place) {
    char name[64];
    unsigned type = ELF64_ST_TYPE(candidate->symbol.st_info);
    if (type != STT_GNU_IFUNC || !dlsym || candidate->length >= sizeof name ||
        ELF64_ST_BIND(candidate->symbol.st_info) == STB_LOCAL)
        return false;
    memcpy(name, candidate->name, candidate->length);
    name[candidate->length] = '\0';
    return (uintptr_t)dlsym(RTLD_DEFAULT, name) == module->base + place;
}

static bool find_in(const struct module *module, uintptr_t place, bool around,
                    struct candidate *best) {
    struct candidate candidate;
    *best = (struct candidate){.name = NULL};
    for (size_t i = 0; i < module->symbol_count; i++) {
        _thimble_module_symbol(module, i, &candidate.symbol);
        if (fits(&candidate.symbol, place, around) && take_name(module, &candidate) &&
            is_better(&candidate, best))
            *best = candidate;
    }
    return best->name;
}

static bool find_chosen(const struct module *module, uintptr_t place, struct candidate *found) {
    for (size_t i = 0; i < module->symbol_count; i++) {
        _thimble_module_symbol(module, i, &found->symbol);
        if (ELF64_ST_TYPE(found->symbol.st_info) == STT_GNU_IFUNC && take_name(module, found) &&
            is_chosen(module, found, place)) {
            found->symbol.st_value = place;
            return true;
        }
    }
    return false;
}

/* ---- Asking ---- */

/* AddressSanitizer's, where the program has it. To an object's own size the compiler may
 * have added a fence. */
extern void *__asan_region_is_poisoned(void *start, size_t size) __attribute__((weak));

static void leave_out_fence(struct symbol *symbol) {
    if (symbol->is_function || !&__asan_region_is_poisoned)
        return;
    void *fence = __asan_region_is_poisoned((void *)symbol->start, symbol->size);
    if (fence)
        symbol->size = (uintptr_t)fence - symbol->start;
}

static bool look_up(uintptr_t address, bool around, struct symbol *symbol) {
    struct candidate found;
    bool is_code;
    const struct module *module = _thimble_module_at(address, &is_code);
    if (!module)
        return false;
    uintptr_t place = address - module->base;
    if (!find_in(module, place, around, &found) && !(is_code && find_chosen(module, place, &found)))
        return false;
    size_t length = found.length < sizeof symbol->name ? found.length : sizeof symbol->name - 1;
    memcpy(symbol->name, found.name, length);
    symbol->name[length] = '\0';
    symbol->start = module->base + found.symbol.st_value;
    symbol->size = found.symbol.st_size;
    symbol->is_function = is_function(&found.symbol);
    leave_out_fence(symbol);
    return address == symbol->start || address - symbol->start < symbol->size;
}

static bool find(const void *address, bool around, struct symbol *symbol) {
    int saved = errno;
    bool found = false;
    if (_thimble_lock_modules()) {
        found = look_up((uintptr_t)address, around, symbol);
        _thimble_unlock_modules();
    }
    errno = saved;
    return found;
}

bool _thimble_find_symbol(const void *address, struct symbol *symbol) {
    return find(address, false, symbol);
}

bool _thimble_find_symbol_around(const void *address, struct symbol *symbol) {
    return find(address, true, symbol);
}
