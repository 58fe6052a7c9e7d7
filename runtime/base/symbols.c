/* For dl_iterate_phdr. */
#define _GNU_SOURCE 1

#include "symbols.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"

/* A file that was opened for the address of its first segment, with the table that says
 * most. Of one that can't be read the table is empty. */
struct module {
    struct module *next;
    uintptr_t base;      /* what is added to the file's addresses */
    const void *headers; /* where its program headers lie in memory */
    const char *file;
    size_t file_size;
    const char *symbols, *strings;
    size_t symbol_count, strings_size;
};

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

struct request {
    uintptr_t address;
    struct module *module; /* the answer */
    bool is_code;
};

/* Older C libraries do not say how many modules were unloaded. */
static int find_module(struct dl_phdr_info *info, size_t size, void *data) {
    struct request *request = data;
    bool counts = size >= offsetof(struct dl_phdr_info, dlpi_subs) + sizeof info->dlpi_subs;
    if (counts && info->dlpi_subs != unloaded)
        forget_modules(info->dlpi_subs);
    const ElfW(Phdr) *segment = segment_at(info, request->address);
    if (!segment)
        return 0;
    request->is_code = segment->p_flags & PF_X;
    struct module *module = modules;
    while (module && (module->base != info->dlpi_addr || module->headers != info->dlpi_phdr))
        module = module->next;
    request->module = module ? module : open_module(info);
    return 1;
}

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
static bool fits(const ElfW(Sym) * symbol, uintptr_t place) {
    if (is_function(symbol))
        return symbol->st_value != 0 && symbol->st_value == place;
    return ELF64_ST_TYPE(symbol->st_info) == STT_OBJECT && symbol->st_shndx != SHN_UNDEF &&
           place - symbol->st_value < symbol->st_size;
}

static bool take_name(const struct module *module, struct candidate *candidate) {
    size_t offset = candidate->symbol.st_name;
    if (offset >= module->strings_size)
        return false;
    const char *name = module->strings + offset;
    size_t length = strnlen(name, module->strings_size - offset);
    return source_name(name, length, &candidate->name, &candidate->length);
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

static bool find_in(const struct module *module, uintptr_t place, struct candidate *best) {
    struct candidate candidate;
    *best = (struct candidate){.name = NULL};
    for (size_t i = 0; i < module->symbol_count; i++) {
        memcpy(&candidate.symbol, module->symbols + i * sizeof candidate.symbol,
               sizeof candidate.symbol);
        if (fits(&candidate.symbol, place) && take_name(module, &candidate) &&
            is_better(&candidate, best))
            *best = candidate;
    }
    return best->name;
}

static bool find_chosen(const struct module *module, uintptr_t place, struct candidate *found) {
    for (size_t i = 0; i < module->symbol_count; i++) {
        memcpy(&found->symbol, module->symbols + i * sizeof found->symbol, sizeof found->symbol);
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

/* A process that was forked while another thread held it stays without names. */
static bool lock(void) {
    enum { PATIENCE = 10000 };
    for (int i = 0; i < PATIENCE; i++) {
        if (!atomic_exchange_explicit(&busy, true, memory_order_acquire))
            return true;
        sched_yield();
    }
    return false;
}

static bool look_up(uintptr_t address, struct symbol *symbol) {
    struct request request = {.address = address};
    struct candidate found;
    dl_iterate_phdr(find_module, &request);
    const struct module *module = request.module;
    if (!module)
        return false;
    uintptr_t place = address - module->base;
    if (!find_in(module, place, &found) && !(request.is_code && find_chosen(module, place, &found)))
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

bool _thimble_find_symbol(const void *address, struct symbol *symbol) {
    int saved = errno;
    bool found = false;
    if (lock()) {
        found = look_up((uintptr_t)address, symbol);
        atomic_store_explicit(&busy, false, memory_order_release);
    }
    errno = saved;
    return found;
}
