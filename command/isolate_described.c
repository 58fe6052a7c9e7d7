/* isolate_described.c: the functions that the units in a linked file describe. Their blobs lie
 * in it as they are, whatever objects, archives or bitcode they came from. */
#include "isolate.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thimble/abi.h>
#include <unistd.h>

/* ---- Blobs ---- */

struct tables {
    const char *strings;
    size_t strings_size;
    const char *functions;
    size_t functions_size;
};

/* Whether a whole blob stands there. */
static bool read_tables(const char *bytes, size_t size, struct tables *tables) {
    struct thimble_blob blob;
    *tables = (struct tables){0};
    memcpy(&blob, bytes, sizeof blob);
    if (blob.magic != THIMBLE_MAGIC || blob.size > size || blob.section_count > 256)
        return false;
    size_t at = sizeof blob;
    for (uint32_t i = 0; i < blob.section_count; i++) {
        struct thimble_section section;
        if (at > blob.size || blob.size - at < sizeof section)
            return false;
        memcpy(&section, bytes + at, sizeof section);
        at += sizeof section;
        if (section.size > blob.size - at)
            return false;
        if (section.kind == THIMBLE_STRINGS) {
            tables->strings = bytes + at;
            tables->strings_size = section.size;
        } else if (section.kind == THIMBLE_FUNCTIONS) {
            tables->functions = bytes + at;
            tables->functions_size = section.size;
        }
        at += (section.size + 7) / 8 * 8;
    }
    return tables->strings_size && tables->strings[tables->strings_size - 1] == '\0';
}

static const char *string_at(const struct tables *tables, uint32_t offset) {
    return offset < tables->strings_size ? tables->strings + offset : "";
}

static bool describes(const struct tables *tables, const char *name) {
    struct thimble_function function;
    for (size_t at = 0; at + sizeof function <= tables->functions_size; at += sizeof function) {
        memcpy(&function, tables->functions + at, sizeof function);
        if (!(function.flags & THIMBLE_INTERNAL) &&
            (strcmp(string_at(tables, function.identity), name) == 0 ||
             strcmp(string_at(tables, function.name), name) == 0))
            return true;
    }
    return false;
}

static bool is_described(const char *bytes, size_t size, const char *name) {
    struct tables tables;
    for (size_t at = 0; at + sizeof(struct thimble_blob) <= size; at += 4)
        if (read_tables(bytes + at, size - at, &tables) && describes(&tables, name))
            return true;
    return false;
}

struct names undescribed(const char *file, const struct names *names) {
    struct names others = {0};
    struct stat status;
    void *bytes = MAP_FAILED;
    int from = open(file, O_RDONLY | O_CLOEXEC);
    if (from >= 0 && fstat(from, &status) == 0 && status.st_size > 0)
        bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, from, 0);
    for (size_t i = 0; i < names->count; i++)
        if (bytes == MAP_FAILED || !is_described(bytes, (size_t)status.st_size, names->all[i]))
            add_name(&others, names->all[i], strlen(names->all[i]));
    if (bytes != MAP_FAILED)
        munmap(bytes, (size_t)status.st_size);
    if (from >= 0)
        close(from);
    return others;
}
