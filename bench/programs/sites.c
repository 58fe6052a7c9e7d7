/* Every site that a block was named at while the program ran, and what became of its blocks: what
 * bench/types counts. It stands in for the runtime, which keeps what is live alone; a block
 * counts for the site that it belonged to when it was freed, or at the end. One thread at a
 * time. Writes a line a site to the file that SITES names: FILE:LINE, its type or "?", blocks,
 * bytes.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <thimble/abi.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void __libc_free(void *);

struct tally {
    uint64_t blocks, bytes;
};

struct unit {
    const char *strings;
    const struct thimble_site *sites;
    const struct thimble_type *types;
    uint32_t site_count;
    struct tally *tallies;
};

enum { MOST_UNITS = 256, MOST_BLOCKS = 1 << 22, FREED = 1 };

static struct unit units[MOST_UNITS];
static size_t unit_count;

/* ---- Blocks ---- */

struct block {
    uintptr_t address; /* or FREED */
    size_t size;
    struct tally *tally; /* of its site; null where nobody named it */
};

static struct block blocks[MOST_BLOCKS];
/* The block that was made last, while it may still be named. */
static struct block *last;

static struct block *find(uintptr_t address) {
    size_t at = (address >> 4) * 0x9e3779b97f4a7c15 >> 42;
    while (blocks[at].address && blocks[at].address != address)
        at = (at + 1) % MOST_BLOCKS;
    return &blocks[at];
}

static void made(void *block, size_t size) {
    if (!block)
        return;
    last = find((uintptr_t)block);
    *last = (struct block){(uintptr_t)block, size, NULL};
}

static void count(const struct block *block) {
    if (!block->tally)
        return;
    block->tally->blocks++;
    block->tally->bytes += block->size;
}

static void gone(void *address) {
    struct block *block = find((uintptr_t)address);
    if (!address || !block->address)
        return;
    count(block);
    block->address = FREED;
    if (block == last)
        last = NULL;
}

void *malloc(size_t size) {
    void *block = __libc_malloc(size);
    made(block, size);
    return block;
}

void *calloc(size_t number, size_t size) {
    void *block = __libc_calloc(number, size);
    made(block, number * size);
    return block;
}

void *realloc(void *block, size_t size) {
    struct block before = *find((uintptr_t)block);
    void *moved = __libc_realloc(block, size);
    if (moved || !size)
        gone(block);
    made(moved, size);
    if (moved && block && before.address == (uintptr_t)block)
        last->tally = before.tally;
    return moved;
}

void free(void *block) {
    gone(block);
    __libc_free(block);
}

/* ---- Sites ---- */

static void allocated(const struct thimble_unit *object, uint32_t index, void *address,
                      size_t size) {
    const struct unit *unit = object->state;
    const struct thimble_site *site = &unit->sites[index];
    struct block *block = find((uintptr_t)address);
    (void)size;
    if (site->kind == THIMBLE_PASSES)
        block = last && (uintptr_t)address - last->address < last->size + !last->size ? last : NULL;
    if (!address || !block || !block->address)
        return;
    block->tally = &unit->tallies[index];
    last = site->flags & THIMBLE_WRAPS ? block : NULL;
}

static void read_section(struct unit *unit, uint32_t kind, const void *records, uint32_t size) {
    if (kind == THIMBLE_STRINGS)
        unit->strings = records;
    if (kind == THIMBLE_TYPES)
        unit->types = records;
    if (kind != THIMBLE_SITES)
        return;
    unit->sites = records;
    unit->site_count = size / sizeof(*unit->sites);
}

void thimble_register(struct thimble_unit *object) {
    if (unit_count == MOST_UNITS)
        abort();
    struct unit *unit = &units[unit_count++];
    const char *at = (const char *)(object->blob + 1);
    for (uint32_t i = 0; i < object->blob->section_count; i++) {
        const struct thimble_section *section = (const struct thimble_section *)at;
        read_section(unit, section->kind, section + 1, section->size);
        at += sizeof(*section) + ((section->size + 7) & ~7u);
    }
    unit->tallies = __libc_calloc(unit->site_count + 1, sizeof(*unit->tallies));
    object->state = unit;
    object->allocated = allocated;
}

void thimble_unregister(struct thimble_unit *object) {
    object->allocated = NULL;
}

/* ---- What came of it ---- */

static void put_type(FILE *out, const struct unit *unit, uint32_t index) {
    if (index == THIMBLE_NONE) {
        fputs("?", out);
        return;
    }
    const struct thimble_type *type = &unit->types[index];
    bool through = type->kind == THIMBLE_POINTER || type->kind == THIMBLE_ARRAY ||
                   type->kind == THIMBLE_QUALIFIED;
    if (through)
        put_type(out, unit, type->target);
    fputs(type->kind == THIMBLE_POINTER  ? " *"
          : type->kind == THIMBLE_ARRAY  ? "[]"
          : type->kind == THIMBLE_STRUCT ? "struct "
                                         : "",
          out);
    if (!through)
        fputs(unit->strings[type->name] ? unit->strings + type->name : "{...}", out);
}

static void put_unit(FILE *out, const struct unit *unit) {
    for (uint32_t i = 0; i < unit->site_count; i++) {
        const struct tally *tally = &unit->tallies[i];
        if (!tally->blocks)
            continue;
        fprintf(out, "%s:%u\t", unit->strings + unit->sites[i].file, unit->sites[i].line);
        put_type(out, unit, unit->sites[i].type);
        fprintf(out, "\t%llu\t%llu\n", (unsigned long long)tally->blocks,
                (unsigned long long)tally->bytes);
    }
}

__attribute__((destructor(101))) static void write_sites(void) {
    const char *file = getenv("SITES");
    FILE *out = file ? fopen(file, "w") : NULL;
    if (!out)
        return;
    for (size_t i = 0; i < MOST_BLOCKS; i++)
        if (blocks[i].address > FREED)
            count(&blocks[i]);
    for (size_t i = 0; i < unit_count; i++)
        put_unit(out, &units[i]);
    fclose(out);
}
