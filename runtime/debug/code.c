/* For dladdr and dl_iterate_phdr. */
#define _GNU_SOURCE 1

#include "code.h"

#include <dlfcn.h>
#include <link.h>
#include <stddef.h>
#include <string.h>

#include "../registry/registry.h"

/* A static program must not get it, and a warning, from us. */
extern __typeof__(dladdr) dladdr __attribute__((weak));

static bool holds(const struct dl_phdr_info *info, uintptr_t address) {
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        uintptr_t start = info->dlpi_addr + segment->p_vaddr;
        if (segment->p_type == PT_LOAD && address >= start && address - start < segment->p_memsz)
            return true;
    }
    return false;
}

/* The program comes first. */
static int visit(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    struct code *code = data;
    if (!holds(info, code->address)) {
        code->passed++;
        return 0;
    }
    code->bias = info->dlpi_addr;
    code->name = code->passed ? info->dlpi_name : "";
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        code->has_units |= holds(info, (uintptr_t)unit->object);
    return 1;
}

struct code _thimble_code_at(uintptr_t address) {
    struct code code = {.address = address};
    dl_iterate_phdr(visit, &code);
    return code;
}

/* The runtime's own code is one section, which the linker knows the bounds of. In the
 * shared library it is all there is. */
extern const char __start_thimble_text[] __attribute__((weak, visibility("hidden")));
extern const char __stop_thimble_text[] __attribute__((weak, visibility("hidden")));

static bool is_ours(const struct code *code) {
    if (__start_thimble_text)
        return code->address >= (uintptr_t)__start_thimble_text &&
               code->address < (uintptr_t)__stop_thimble_text;
    return code->name && code->bias == _thimble_code_at((uintptr_t)_thimble_code_at).bias;
}

static bool is_the_systems(const struct code *code) {
    return code->name && *code->name && !code->has_units &&
           (strncmp(code->name, "/usr/", 5) == 0 || strncmp(code->name, "/lib", 4) == 0);
}

bool _thimble_is_users_code(const struct code *code) {
    return !is_ours(code) && !is_the_systems(code);
}

const char *_thimble_function_at(uintptr_t address) {
    Dl_info info;
    return dladdr && dladdr((const void *)address, &info) ? info.dli_sname : NULL;
}
