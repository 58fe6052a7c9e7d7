/* Looking at the shadow: nothing is written, and nothing is waited for. */
#include "cells.h"
#include "records.h"

/* What begins in a granule at one moment: up to so many. */
enum { MOST_IN_GRANULE = 4 };

static size_t read_chain(uint32_t first, struct block *blocks) {
    size_t count = 0;
    for (uint32_t i = first & PAYLOAD; i && count < MOST_IN_GRANULE;) {
        const struct record *record = _thimble_record_at(i);
        if (!record)
            break;
        size_t at = count++;
        for (; at > 0 && blocks[at - 1].address > record->block.address; at--)
            blocks[at] = blocks[at - 1];
        blocks[at] = record->block;
        i = _thimble_next_record(record);
    }
    return count;
}

static size_t read_granule(const cell *at, uintptr_t granule, struct block *blocks) {
    uint32_t first = atomic_load_explicit(at, memory_order_acquire);
    if (is_indirect(first))
        return read_chain(first, blocks);
    if ((first & KIND) != BEGINS)
        return 0;
    read_cells(at, first, granule, blocks);
    atomic_thread_fence(memory_order_acquire);
    return get_cell(at) == first;
}

static uintptr_t end_of(const struct block *block) {
    return block->address + (block->size > 0 ? block->size : 1);
}

struct walk {
    bool (*visit)(void *context, const struct block *);
    void *context;
    uintptr_t behind; /* the last block */
};

static bool walk_granule(struct walk *walk, const cell *at, uintptr_t granule) {
    struct block blocks[MOST_IN_GRANULE];
    size_t count = read_granule(at, granule, blocks);
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].address < walk->behind)
            continue;
        walk->behind = end_of(&blocks[i]);
        if (!walk->visit(walk->context, &blocks[i]))
            return false;
    }
    return true;
}

static bool walk_page(struct walk *walk, const cell *cells, uintptr_t start) {
    for (unsigned i = 0; i < PAGE_CELLS; i++) {
        if (get_cell(&cells[i]) & BEGINS &&
            !walk_granule(walk, &cells[i], start + ((uintptr_t)i << GRAIN_BITS)))
            return false;
    }
    return true;
}

static bool walk_region(struct walk *walk, const struct region *region, uintptr_t start) {
    for (unsigned word = 0; word < PAGES / 64; word++) {
        uint64_t bits = atomic_load_explicit(&region->touched[word], memory_order_relaxed);
        for (; bits; bits &= bits - 1) {
            unsigned index = (word * 64 + (unsigned)__builtin_ctzll(bits)) << PAGE_CELL_BITS;
            if (!walk_page(walk, &region->cells[index], start + ((uintptr_t)index << GRAIN_BITS)))
                return false;
        }
    }
    return true;
}

static bool walk_one(void *context, struct region *region, uintptr_t start) {
    return walk_region(context, region, start);
}

void _thimble_each_block(bool (*visit)(void *context, const struct block *), void *context) {
    struct walk walk = {visit, context, 0};
    _thimble_each_region(walk_one, &walk);
}

bool _thimble_find_block(uintptr_t address, struct block *found) {
    const cell *at = cell_of(address);
    struct block blocks[MOST_IN_GRANULE];
    size_t count = at ? read_granule(at, granule_of(address), blocks) : 0;
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].address == address) {
            *found = blocks[i];
            return true;
        }
    }
    return false;
}

/* The last cell at or before the address in which something begins that `wanted` takes; false
 * at the heap's start. */
static bool step_back(uintptr_t *address, bool (*wanted)(uint32_t first)) {
    unsigned table = (unsigned)(*address >> (REGION_BITS + FAN_BITS));
    unsigned in_table = *address >> REGION_BITS & (FAN - 1), index = index_of(*address);
    for (;; table--, in_table = FAN - 1, index = CELLS - 1) {
        struct table *regions = atomic_load_explicit(&_thimble_tables[table], memory_order_acquire);
        for (unsigned i = in_table + 1; regions && i-- > 0; index = CELLS - 1) {
            struct region *region = regions->regions[i];
            for (unsigned j = index + 1; region && j-- > 0;) {
                unsigned page = j >> PAGE_CELL_BITS;
                if (!(region->touched[page / 64] >> page % 64 & 1)) {
                    j = page << PAGE_CELL_BITS;
                } else if (get_cell(&region->cells[j]) & BEGINS &&
                           wanted(get_cell(&region->cells[j]))) {
                    *address = address_of(table, i, j);
                    return true;
                }
            }
        }
        if (table == 0)
            return false;
    }
}

static bool is_live(uint32_t first) {
    return !(first & FREED);
}

bool _thimble_find_block_around(uintptr_t address, struct block *found) {
    uintptr_t granule = address;
    if (address >> ADDRESS_BITS)
        return false;
    /* In its own granule it may begin behind the address. */
    for (int i = 0; i < 2 && step_back(&granule, is_live); i++) {
        struct block blocks[MOST_IN_GRANULE];
        for (size_t j = read_granule(cell_of(granule), granule, blocks); j-- > 0;) {
            if (blocks[j].address > address)
                continue;
            *found = blocks[j];
            return address < end_of(found);
        }
        if (granule-- == 0)
            return false;
    }
    return false;
}

static bool is_freed(uint32_t first) {
    return first & FREED;
}

bool _thimble_shadow_find_released(uintptr_t address, struct block *block, uint32_t *by) {
    uintptr_t granule = address;
    struct block live;
    if (address >> ADDRESS_BITS || _thimble_find_block_around(address, &live) ||
        !step_back(&granule, is_freed))
        return false;
    const cell *at = cell_of(granule);
    uint32_t first = get_cell(at), second = get_cell(&at[1]);
    *block = (struct block){.address = granule};
    block->size = first & SMALL ? second & SMALL_MASK : second;
    block->trace = first & SMALL ? second >> SMALL_BITS : get_cell(&at[2]) & PAYLOAD;
    *by = first & PAYLOAD;
    return address < end_of(block);
}
