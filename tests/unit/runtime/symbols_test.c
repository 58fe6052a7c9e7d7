/* For dladdr. */
#define _GNU_SOURCE 1

#include "check.h"

#include "base/symbols.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct point {
    int x, y;
} symbols_test_points[3];
static int own_number = 7;

static int own_function(int number) {
    return number + own_number;
}

static struct symbol find(const void *address) {
    struct symbol symbol;
    if (!_thimble_find_symbol(address, &symbol))
        symbol = (struct symbol){.name = "none"};
    return symbol;
}

static void check_own(void) {
    static double inside_a_function = 0.5;
    struct symbol symbol = find(&symbols_test_points[1].y);
    CHECK_TEXT(symbol.name, "symbols_test_points");
    CHECK(symbol.start == (uintptr_t)symbols_test_points && !symbol.is_function);
    CHECK(symbol.size == sizeof symbols_test_points);
    CHECK_TEXT(find(&own_number).name, "own_number");
    CHECK_TEXT(find((void *)(uintptr_t)own_function).name, "own_function");
    CHECK(find((void *)(uintptr_t)own_function).is_function);
    CHECK_TEXT(find((char *)(uintptr_t)own_function + 1).name, "none");
    CHECK_TEXT(find(&inside_a_function).name, "inside_a_function");
    CHECK(own_function(1) == 8 && inside_a_function > 0);
}

static void check_libraries(void) {
    CHECK_TEXT(find((void *)(uintptr_t)qsort).name, "qsort");
    CHECK_TEXT(find((void *)(uintptr_t)strcmp).name, "strcmp"); /* the linker chooses one */
}

static void check_nowhere(void) {
    int here = 0;
    void *block = malloc(10);
    CHECK_TEXT(find(&here).name, "none");
    CHECK_TEXT(find(block).name, "none");
    CHECK_TEXT(find(NULL).name, "none");
    CHECK_TEXT(find((void *)UINTPTR_MAX).name, "none");
    CHECK_TEXT(find("a literal").name, "none");
    free(block);
}

/* ---- Files that are damaged ---- */

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "r");
    char *bytes = malloc(1 << 23);
    *size = file ? fread(bytes, 1, 1 << 23, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

/* Whatever is written over what the dynamic linker does not read: the section headers,
 * and what they lead to. */
static void damage(char *bytes, size_t size, unsigned seed) {
    ElfW(Ehdr) *header = (void *)bytes;
    ElfW(Shdr) *sections = (void *)(bytes + header->e_shoff);
    uint64_t random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    for (int i = 0; i < 5; i++) {
        random ^= random << 13, random ^= random >> 7, random ^= random << 17;
        ElfW(Shdr) *section = &sections[random % header->e_shnum];
        uint64_t odd = random >> 32 & 1 ? random : random % (2 * size);
        uint64_t *fields[] = {&section->sh_offset, &section->sh_size, &section->sh_entsize};
        if (random >> 40 & 1)
            *fields[random >> 41 & 1 ? 0 : 1] = odd;
        else if (random >> 43 & 1)
            section->sh_link = (uint32_t)odd;
        else
            *fields[2] = odd % 64;
    }
    if (seed % 7 == 0)
        header->e_shoff = random;
    if (seed % 11 == 0)
        header->e_shnum = (uint16_t)random;
}

static void look_around(const char *path) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const char *function = library ? dlsym(library, "cos") : NULL;
    CHECK(function);
    for (ptrdiff_t i = -400000; function && i < 400000; i += 50021)
        find(function + i);
    find(function);
    if (library)
        dlclose(library);
}

static void try_damaged(const char *bytes, size_t size, unsigned seed, bool cut) {
    char path[] = "/tmp/symbols-test-XXXXXX", *copy = malloc(size);
    int file = mkstemp(path);
    memcpy(copy, bytes, size);
    const ElfW(Ehdr) *header = (const void *)bytes;
    size_t kept = cut ? header->e_shoff : size;
    if (!cut)
        damage(copy, size, seed);
    bool written = file >= 0 && write(file, copy, kept) == (ssize_t)kept;
    close(file);
    CHECK(written);
    if (written)
        look_around(path);
    unlink(path);
    free(copy);
}

static void check_damaged_files(void) {
    Dl_info info;
    size_t size;
    void *library = dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
    if (!library || !dladdr(dlsym(library, "cos"), &info))
        return;
    char *bytes = read_file(info.dli_fname, &size);
    for (unsigned seed = 0; size && seed < 60; seed++)
        try_damaged(bytes, size, seed, seed == 0);
    dlclose(library);
    free(bytes);
}

void check_symbols(void) {
    check_own();
    check_libraries();
    check_nowhere();
    check_damaged_files();
    check_own(); /* libraries came and went */
}
