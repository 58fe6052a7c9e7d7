/* For dl_iterate_phdr. */
#define _GNU_SOURCE 1

#include "modules.h"

#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"

/* Both guarded by `busy`. */
static struct module *modules;
static unsigned long long unloaded; /* how many modules were, when they were opened */

static _Atomic bool busy;

/* ---- Files ---- */

/* Whether the file holds so many bytes there. */
static bool holds(const struct module *module, uint64_t offset, uint64_t size) {
    return offset <= module->file_size && size <= module->file_size - offset;
}

/* Nothing in a file need be aligned. */
static bool copy(const struct module *module, void *to, uint64_t offset, size_t size) {
    if (!holds(module, offset, size))
        return false;
    memcpy(to, module->file + offset, size);
    return true;
}

static bool copy_section(const struct module *module, const ElfW(Ehdr) * header, uint64_t number,
                         ElfW(Shdr) * section) {
    return number < header->e_shnum &&
           copy(module, section, header->e_shoff + number * sizeof *section, sizeof *section) &&
           holds(module, section->sh_offset, section->sh_size);
}

static bool take_table(struct module *module, const ElfW(Ehdr) * header, const ElfW(Shdr) * table) {
    ElfW(Shdr) strings;
    if (table->sh_entsize != sizeof(ElfW(Sym)) ||
        !copy_section(module, header, table->sh_link, &strings) || strings.sh_type != SHT_STRTAB)
        return false;
    module->symbols = module->file + table->sh_offset;
    module->symbol_count = table->sh_size / sizeof(ElfW(Sym));
    module->strings = module->file + strings.sh_offset;
    module->strings_size = strings.sh_size;
    return true;
}

/* The whole table where there is one, else the dynamic linker's. */
static void find_table(struct module *module, const ElfW(Ehdr) * header) {
    ElfW(Shdr) section;
    bool found = false;
    for (uint64_t i = 0; i < header->e_shnum && !found; i++)
        found = copy_section(module, header, i, &section) && section.sh_type == SHT_SYMTAB &&
                take_table(module, header, &section);
    for (uint64_t i = 0; i < header->e_shnum && !found; i++)
        found = copy_section(module, header, i, &section) && section.sh_type == SHT_DYNSYM &&
                take_table(module, header, &section);
}

/* The file may have been replaced since it was loaded. */
static bool is_loaded_file(const struct module *module, const ElfW(Ehdr) * header,
                           const struct dl_phdr_info *info) {
    size_t size = info->dlpi_phnum * sizeof(ElfW(Phdr));
    return header->e_phnum == info->dlpi_phnum && holds(module, header->e_phoff, size) &&
           memcmp(module->file + header->e_phoff, info->dlpi_phdr, size) == 0;
}

static void read_file(struct module *module, const struct dl_phdr_info *info) {
    ElfW(Ehdr) header;
    if (copy(module, &header, 0, sizeof header) && memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
        header.e_shentsize == sizeof(ElfW(Shdr)) && is_loaded_file(module, &header, info))
        find_table(module, &header);
}

static void map_file(struct module *module, const char *path) {
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0)
        return;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        void *mapped = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
        if (mapped != MAP_FAILED) {
            module->file = mapped;
            module->file_size = (size_t)status.st_size;
        }
    }
    close(file);
}

/* ---- Modules ---- */

static void forget_modules(unsigned long long count) {
    for (struct module *module = modules; module; module = module->next)
        if (module->file)
            munmap((void *)(uintptr_t)module->file, module->file_size);
    modules = NULL;
    unloaded = count;
}

static struct module *open_module(const struct dl_phdr_info *info) {
    struct module *module = _thimble_alloc(&_thimble_arena, sizeof *module);
    *module = (struct module){.next = modules, .base = info->dlpi_addr, .headers = info->dlpi_phdr};
    map_file(module, *info->dlpi_name ? info->dlpi_name : "/proc/self/exe");
    read_file(module, info);
    modules = module;
    return module;
}

/* The segment that the address is in, or null. */
static const ElfW(Phdr) * segment_at(const struct dl_phdr_info *info, uintptr_t address) {
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type == PT_LOAD &&
            address - (info->dlpi_addr + segment->p_vaddr) < segment->p_memsz)
            return segment;
    }
    return NULL;
}

static const struct module *module_of(const struct dl_phdr_info *info) {
    struct module *module = modules;
    while (module && (module->base != info->dlpi_addr || module->headers != info->dlpi_phdr))
        module = module->next;
    return module ? module : open_module(info);
}

/* Older C libraries do not say how many modules were unloaded. */
static void notice_unloaded(const struct dl_phdr_info *info, size_t size) {
    bool counts = size >= offsetof(struct dl_phdr_info, dlpi_subs) + sizeof info->dlpi_subs;
    if (counts && info->dlpi_subs != unloaded)
        forget_modules(info->dlpi_subs);
}

/* ---- Asking ---- */

bool _thimble_lock_modules(void) {
    enum { PATIENCE = 10000 };
    for (int i = 0; i < PATIENCE; i++) {
        if (!atomic_exchange_explicit(&busy, true, memory_order_acquire))
            return true;
        sched_yield();
    }
    return false;
}

void _thimble_unlock_modules(void) {
    atomic_store_explicit(&busy, false, memory_order_release);
}

struct request {
    uintptr_t address;
    const struct module *module; /* the answer */
    bool is_code;
};

static int find_module(struct dl_phdr_info *info, size_t size, void *data) {
    struct request *request = data;
    notice_unloaded(info, size);
    const ElfW(Phdr) *segment = segment_at(info, request->address);
    if (!segment)
        return 0;
    request->is_code = segment->p_flags & PF_X;
    request->module = module_of(info);
    return 1;
}

const struct module *_thimble_module_at(uintptr_t address, bool *is_code) {
    struct request request = {.address = address};
    dl_iterate_phdr(find_module, &request);
    *is_code = request.is_code;
    return request.module;
}

struct visit {
    bool (*look)(const struct module *, void *data);
    void *data;
};

static int show_module(struct dl_phdr_info *info, size_t size, void *data) {
    const struct visit *visit = data;
    notice_unloaded(info, size);
    return visit->look(module_of(info), visit->data);
}

void _thimble_each_module(bool (*look)(const struct module *, void *data), void *data) {
    struct visit visit = {look, data};
    dl_iterate_phdr(show_module, &visit);
}

void _thimble_module_symbol(const struct module *module, size_t i, ElfW(Sym) * symbol) {
    memcpy(symbol, module->symbols + i * sizeof *symbol, sizeof *symbol);
}

const char *_thimble_module_name(const struct module *module, const ElfW(Sym) * symbol,
                                 size_t *length) {
    if (symbol->st_name >= module->strings_size)
        return NULL;
    const char *name = module->strings + symbol->st_name;
    *length = strnlen(name, module->strings_size - symbol->st_name);
    return name;
}
