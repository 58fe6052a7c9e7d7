/* cells.h: how the shadow lies in memory, for those who must be quick: what each malloc and
 * free does. */
#ifndef TRACKER_CELLS_H
#define TRACKER_CELLS_H

#include <stdatomic.h>

#include "../base/hot.h"
#include "shadow.h"

/* ---- Memory ----
 * An address below 2^48: 11 bits choose a table, 11 a region in it, 22 a cell there. */

#define ADDRESS_BITS 48
#define GRAIN_BITS 4
#define REGION_BITS 26
#define FAN_BITS 11
#define FAN (1u << FAN_BITS)
#define CELLS (1u << (REGION_BITS - GRAIN_BITS))
#define PAGE_CELL_BITS 10
#define PAGE_CELLS (1u << PAGE_CELL_BITS)
#define PAGES (CELLS / PAGE_CELLS)

typedef _Atomic uint32_t cell;

struct region {
    /* A bit for each page of cells in which a block has begun. */
    _Atomic uint64_t touched[PAGES / 64];
    _Alignas(4096) cell cells[CELLS];
};

struct table {
    struct region *_Atomic regions[FAN];
};

extern struct table *_Atomic _thimble_tables[FAN];

HOT_INLINE struct region *region_of(uintptr_t address) {
    if (address >> ADDRESS_BITS)
        return NULL;
    struct table *table = atomic_load_explicit(
        &_thimble_tables[address >> (REGION_BITS + FAN_BITS)], memory_order_acquire);
    return table ? atomic_load_explicit(&table->regions[address >> REGION_BITS & (FAN - 1)],
                                        memory_order_acquire)
                 : NULL;
}

static inline unsigned index_of(uintptr_t address) {
    return (unsigned)(address >> GRAIN_BITS) & (CELLS - 1);
}

static inline cell *cell_of(uintptr_t address) {
    struct region *region = region_of(address);
    return region ? &region->cells[index_of(address)] : NULL;
}

HOT_INLINE void touch(struct region *region, unsigned index) {
    unsigned page = index >> PAGE_CELL_BITS;
    _Atomic uint64_t *word = &region->touched[page / 64];
    uint64_t bit = UINT64_C(1) << page % 64;
    if (!(atomic_load_explicit(word, memory_order_relaxed) & bit))
        atomic_fetch_or_explicit(word, bit, memory_order_relaxed);
}

/* ---- Cells ----
 * The first of a block: BEGINS, what it is, and a number. No other cell has BEGINS.
 *
 *     live             trace             then SMALL: NUMBER << 6 | SIZE; else SIZE, NUMBER
 *     INDIRECT         record
 *     FREED            trace of release  then SMALL: TRACE << 6 | SIZE; else SIZE, TRACE
 *
 * Cells behind it that an older block left are nobody's: whoever looks passes over what
 * lies in a block. */

#define BEGINS (UINT32_C(1) << 31)
#define FREED (UINT32_C(1) << 30)
#define INDIRECT (UINT32_C(1) << 29)
#define SMALL (UINT32_C(1) << 28)
#define PAYLOAD (SMALL - 1)

#define KIND (BEGINS | FREED | INDIRECT)

enum { SMALL_SIZE = 32, SMALL_BITS = 6, SMALL_MASK = 63 };
#define SMALL_MOST (UINT32_C(1) << (31 - SMALL_BITS))
#define MOST INT32_MAX

_Static_assert(MOST_TRACES == SMALL, "a trace is a payload");

static inline uint32_t get_cell(const cell *at) {
    return atomic_load_explicit(at, memory_order_relaxed);
}

static inline void set_cell(cell *at, uint32_t value) {
    atomic_store_explicit(at, value, memory_order_relaxed);
}

static inline void begin_cell(cell *at, uint32_t value) {
    atomic_store_explicit(at, value, memory_order_release);
}

/* Of a live block in its cells. */
HOT_INLINE void read_cells(const cell *at, uint32_t first, uintptr_t address, struct block *block) {
    uint32_t second = get_cell(&at[1]);
    block->address = address;
    block->trace = first & PAYLOAD;
    block->size = first & SMALL ? second & SMALL_MASK : second;
    block->number = first & SMALL ? second >> SMALL_BITS : get_cell(&at[2]);
}

/* Whether the block goes into cells of its own, and which. */
HOT_INLINE bool write_cells(cell *at, unsigned index, const struct block *block) {
    uint32_t number = block->number, size = (uint32_t)block->size;
    if (block->address % (1u << GRAIN_BITS) || index >= CELLS - 2)
        return false;
    if (block->size > SMALL_SIZE) {
        if (block->size > MOST || number > MOST)
            return false;
        set_cell(&at[1], size);
        set_cell(&at[2], number);
        begin_cell(at, BEGINS | block->trace);
        return true;
    }
    if (number >= SMALL_MOST || (size <= 16 && _thimble_smallest_block < 32))
        return false;
    set_cell(&at[1], number << SMALL_BITS | size);
    begin_cell(at, BEGINS | SMALL | block->trace);
    return true;
}

static inline bool is_direct(uint32_t first, uintptr_t address) {
    return (first & KIND) == BEGINS && address % (1u << GRAIN_BITS) == 0;
}

static inline bool is_indirect(uint32_t first) {
    return (first & KIND) == (BEGINS | INDIRECT);
}

/* Where a block was freed, its cells tell of it until others begin there. */
HOT_INLINE void leave_mark(cell *at, bool small, const struct block *block, uint32_t by) {
    if (small)
        set_cell(&at[1], (block->trace < SMALL_MOST ? block->trace : 0) << SMALL_BITS |
                             (uint32_t)block->size);
    else
        set_cell(&at[2], block->trace);
    begin_cell(at, BEGINS | FREED | (small ? SMALL : 0) | by);
}

/* ---- All of them ---- */

static inline uintptr_t granule_of(uintptr_t address) {
    return address >> GRAIN_BITS << GRAIN_BITS;
}

static inline uintptr_t address_of(unsigned table, unsigned region, unsigned index) {
    return (uintptr_t)table << (REGION_BITS + FAN_BITS) | (uintptr_t)region << REGION_BITS |
           (uintptr_t)index << GRAIN_BITS;
}

/* The regions in ascending order until visit says false. */
void _thimble_each_region(bool (*visit)(void *context, struct region *, uintptr_t start),
                          void *context);

/* ---- What has a site ---- */

extern _Atomic uint32_t _thimble_newest_named;

HOT_INLINE void note_named(uint32_t trace, uint32_t number) {
    if (trace && number > atomic_load_explicit(&_thimble_newest_named, memory_order_relaxed))
        atomic_store_explicit(&_thimble_newest_named, number, memory_order_relaxed);
}

/* ---- What malloc and free do ----
 * False: it is not as plain as that; shadow.c does the rest. */

bool _thimble_shadow_put_rest(const struct block *);

HOT_INLINE bool put_cells(const struct block *block, cell **at) {
    struct region *region = region_of(block->address);
    unsigned index = index_of(block->address);
    if (__builtin_expect(!region, 0))
        return false;
    *at = &region->cells[index];
    if (__builtin_expect(is_indirect(get_cell(*at)), 0) || !write_cells(*at, index, block))
        return false;
    touch(region, index);
    return true;
}

HOT_INLINE bool release_cells(cell *at, uintptr_t address, uint32_t by, struct block *released) {
    uint32_t first = get_cell(at);
    if (__builtin_expect(!is_direct(first, address), 0))
        return false;
    read_cells(at, first, address, released);
    leave_mark(at, first & SMALL, released, by);
    return true;
}

/* A live block's trace. */
HOT_INLINE bool name_cells(cell *at, uintptr_t address, uint32_t trace, uint32_t *before) {
    uint32_t first = get_cell(at);
    if (__builtin_expect(!is_direct(first, address), 0))
        return false;
    *before = first & PAYLOAD;
    begin_cell(at, (first & ~PAYLOAD) | trace);
    return true;
}

#endif
