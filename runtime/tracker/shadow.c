#include "shadow.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "../base/hot.h"
#include "cells.h"
#include "records.h"

struct table *_Atomic _thimble_tables[FAN];

static _Atomic uint64_t dropped;

_Atomic uint32_t _thimble_block_number HOT;
unsigned char _thimble_smallest_block = 32;

/* Zeroed memory, put where whoever comes first puts it. */
static void *make_at(void *_Atomic *place, size_t size) {
    int saved = errno;
    void *other = NULL;
    void *made = mmap(NULL, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (made == MAP_FAILED) {
        errno = saved;
        return NULL;
    }
    /* Little of it is ever touched. */
    madvise(made, size, MADV_NOHUGEPAGE);
    if (!atomic_compare_exchange_strong(place, &other, made)) {
        munmap(made, size);
        made = other;
    }
    errno = saved;
    return made;
}

static __attribute__((noinline)) struct region *make_region(uintptr_t address) {
    if (address >> ADDRESS_BITS)
        return NULL;
    struct table *_Atomic *at = &_thimble_tables[address >> (REGION_BITS + FAN_BITS)];
    struct table *table = atomic_load_explicit(at, memory_order_acquire);
    if (!table)
        table = make_at((void *_Atomic *)at, sizeof *table);
    if (!table)
        return NULL;
    struct region *_Atomic *place = &table->regions[address >> REGION_BITS & (FAN - 1)];
    struct region *region = atomic_load_explicit(place, memory_order_acquire);
    return region ? region : make_at((void *_Atomic *)place, sizeof *region);
}

static bool drop(void) {
    atomic_fetch_add_explicit(&dropped, 1, memory_order_relaxed);
    return false;
}

/* ---- Records ---- */

/* The place of the number of the record with that address, or of the chain's end; null where
 * the cell begins no chain. The lock is held. */
static bool find_record(cell *at, uintptr_t address, uint32_t *before, uint32_t *found) {
    uint32_t first = get_cell(at);
    *before = 0;
    if ((first & KIND) != (BEGINS | INDIRECT))
        return false;
    for (*found = first & PAYLOAD; *found;) {
        struct record *record = _thimble_record_at(*found);
        if (record->block.address == address)
            return true;
        *before = *found;
        *found = _thimble_next_record(record);
    }
    return false;
}

static bool add_record(cell *at, const struct block *block, uint32_t flags) {
    uint32_t added = _thimble_record_new();
    if (!added)
        return false;
    struct record *record = _thimble_record_at(added);
    uint32_t first = get_cell(at);
    record->block = *block;
    record->flags = flags;
    bool chained = (first & KIND) == (BEGINS | INDIRECT);
    atomic_store_explicit(&record->next, chained ? first & PAYLOAD : 0, memory_order_relaxed);
    begin_cell(at, BEGINS | INDIRECT | added);
    return true;
}

static void remove_record(cell *at, uint32_t before, uint32_t i) {
    uint32_t next = _thimble_next_record(_thimble_record_at(i));
    if (before)
        atomic_store_explicit(&_thimble_record_at(before)->next, next, memory_order_relaxed);
    else
        begin_cell(at, next ? BEGINS | INDIRECT | next : 0);
    _thimble_record_free(i);
}

/* Makes a record of a live block that is in its cells. */
static bool spill(cell *at, uintptr_t granule) {
    uint32_t first = get_cell(at);
    struct block block;
    if ((first & KIND) != BEGINS)
        return true;
    read_cells(at, first, granule, &block);
    set_cell(at, 0);
    return add_record(at, &block, 0);
}

static bool put_record(cell *at, const struct block *block, uint32_t flags) {
    uint32_t before, found;
    if (!_thimble_records_lock())
        return false;
    bool done = true;
    if (find_record(at, block->address, &before, &found)) {
        _thimble_record_at(found)->block = *block;
        _thimble_record_at(found)->flags = flags;
    } else {
        if (block->address != granule_of(block->address))
            done = spill(at, granule_of(block->address));
        done = done && add_record(at, block, flags);
    }
    _thimble_records_unlock();
    return done;
}

static __attribute__((noinline)) bool put_apart(struct region *region, const struct block *block,
                                                uint32_t flags) {
    unsigned index = index_of(block->address);
    touch(region, index);
    return put_record(&region->cells[index], block, flags) || drop();
}

/* The block that begins at the address, in its cells or a record. `taken`: out of it. */
static __attribute__((noinline)) bool take_record(cell *at, uintptr_t address, struct block *block,
                                                  bool out) {
    uint32_t before, found;
    if (!_thimble_records_lock())
        return drop();
    bool there = find_record(at, address, &before, &found);
    if (there)
        *block = _thimble_record_at(found)->block;
    if (there && out)
        remove_record(at, before, found);
    _thimble_records_unlock();
    return there;
}

/* ---- Live blocks ---- */

_Atomic uint32_t _thimble_newest_named HOT;

uint32_t _thimble_shadow_newest_named(void) {
    return atomic_load_explicit(&_thimble_newest_named, memory_order_relaxed);
}

/* What put_cells did not do. */
bool _thimble_shadow_put_rest(const struct block *block) {
    cell *at;
    struct region *region = make_region(block->address);
    if (!region)
        return drop();
    return put_cells(block, &at) || put_apart(region, block, 0);
}

bool _thimble_shadow_put(const struct block *block) {
    cell *at;
    note_named(block->trace, block->number);
    return put_cells(block, &at) || _thimble_shadow_put_rest(block);
}

bool _thimble_shadow_put_special(const struct block *block, uint32_t flags) {
    struct region *region = make_region(block->address);
    note_named(block->trace, block->number);
    return region ? put_apart(region, block, flags) : drop();
}

uint32_t _thimble_shadow_flags(uintptr_t address, uint32_t more) {
    uint32_t before, found, flags = 0;
    cell *at = cell_of(address);
    if (!at || !is_indirect(get_cell(at)) || !_thimble_records_lock())
        return 0;
    if (find_record(at, address, &before, &found) && (flags = _thimble_record_at(found)->flags))
        _thimble_record_at(found)->flags |= more;
    _thimble_records_unlock();
    return flags;
}

bool _thimble_shadow_take(uintptr_t address, struct block *taken) {
    cell *at = cell_of(address);
    uint32_t first = at ? get_cell(at) : 0;
    if (is_direct(first, address)) {
        read_cells(at, first, address, taken);
        set_cell(at, 0);
        return true;
    }
    return is_indirect(first) && take_record(at, address, taken, true);
}

bool _thimble_shadow_release(uintptr_t address, uint32_t by, struct block *released) {
    cell *at = cell_of(address);
    if (!at || release_cells(at, address, by, released))
        return at;
    bool taken = is_indirect(get_cell(at)) && take_record(at, address, released, true);
    if (taken)
        _thimble_shadow_released(released, by);
    return taken;
}

void _thimble_shadow_released(const struct block *block, uint32_t by) {
    cell *at = cell_of(block->address);
    unsigned index = index_of(block->address);
    /* Another thread may have got the memory. */
    if (!at || get_cell(at) & BEGINS || block->address != granule_of(block->address) ||
        index >= CELLS - 2 || block->size > MOST)
        return;
    bool small = block->size <= SMALL_SIZE;
    if (small && block->size <= 16 && _thimble_smallest_block < 32)
        return;
    if (!small)
        set_cell(&at[1], (uint32_t)block->size);
    leave_mark(at, small, block, by);
}

static bool name_record(cell *at, const struct block *name, struct block *before) {
    uint32_t previous, found;
    if (!_thimble_records_lock())
        return drop();
    bool there = find_record(at, name->address, &previous, &found);
    if (there) {
        struct block *block = &_thimble_record_at(found)->block;
        *before = *block;
        block->trace = name->trace;
        if (name->size != THIMBLE_SIZE_UNKNOWN)
            block->size = name->size;
    }
    _thimble_records_unlock();
    return there;
}

bool _thimble_shadow_name(const struct block *name, struct block *before) {
    cell *at = cell_of(name->address);
    uint32_t first = at ? get_cell(at) : 0;
    if (!is_direct(first, name->address)) {
        bool there = is_indirect(first) && name_record(at, name, before);
        if (there)
            note_named(name->trace, before->number);
        return there;
    }
    read_cells(at, first, name->address, before);
    note_named(name->trace, before->number);
    if (name->size == before->size || name->size == THIMBLE_SIZE_UNKNOWN) {
        begin_cell(at, BEGINS | (first & SMALL) | name->trace);
        return true;
    }
    struct block block = {name->address, name->size, name->trace, before->number};
    return _thimble_shadow_put(&block);
}

/* ---- All of it ---- */

/* In ascending order until visit says false. */
void _thimble_each_region(bool (*visit)(void *context, struct region *, uintptr_t start),
                          void *context) {
    for (unsigned i = 0; i < FAN; i++) {
        struct table *table = atomic_load_explicit(&_thimble_tables[i], memory_order_acquire);
        for (unsigned j = 0; table && j < FAN; j++) {
            struct region *region = atomic_load_explicit(&table->regions[j], memory_order_acquire);
            if (region && !visit(context, region, address_of(i, j, 0)))
                return;
        }
    }
}

/* A block's number, where it is. */
static void set_number(uintptr_t address, uint32_t number) {
    struct block block;
    cell *at = cell_of(address);
    uint32_t first = at ? get_cell(at) : 0;
    if (is_direct(first, address)) {
        read_cells(at, first, address, &block);
        block.number = number;
        _thimble_shadow_put(&block);
    } else if (is_indirect(first) && _thimble_records_lock()) {
        uint32_t before, found;
        if (find_record(at, address, &before, &found))
            _thimble_record_at(found)->block.number = number;
        _thimble_records_unlock();
    }
}

static bool make_old(void *chosen, const struct block *block) {
    if ((*(bool (**)(uint32_t))chosen)(block->number))
        set_number(block->address, 0);
    return true;
}

void _thimble_shadow_make_old(bool (*chosen)(uint32_t number)) {
    _thimble_each_block(make_old, &chosen);
}

static bool clear_one(void *context, struct region *region, uintptr_t start) {
    (void)context, (void)start;
    madvise(region, sizeof *region, MADV_DONTNEED);
    return true;
}

void _thimble_shadow_clear(void) {
    _thimble_each_region(clear_one, NULL);
    _thimble_records_clear();
}

struct memory_visit {
    void (*visit)(void *context, const void *start, size_t size);
    void *context;
};

static bool visit_one(void *context, struct region *region, uintptr_t start) {
    (void)start;
    const struct memory_visit *visit = context;
    visit->visit(visit->context, region, sizeof *region);
    return true;
}

void _thimble_shadow_memory(void (*visit)(void *context, const void *start, size_t size),
                            void *context) {
    struct memory_visit all = {visit, context};
    for (unsigned i = 0; i < FAN; i++)
        if (_thimble_tables[i])
            visit(context, _thimble_tables[i], sizeof *_thimble_tables[i]);
    _thimble_each_region(visit_one, &all);
    _thimble_records_memory(visit, context);
}

static bool count_one(void *context, struct region *region, uintptr_t start) {
    (void)start;
    for (unsigned i = 0; i < PAGES / 64; i++)
        *(size_t *)context += 4096 * (size_t)__builtin_popcountll(region->touched[i]);
    return true;
}

static void count_records(void *context, const void *start, size_t size) {
    (void)start;
    *(size_t *)context += size;
}

size_t _thimble_shadow_size(void) {
    size_t size = 0;
    _thimble_each_region(count_one, &size);
    _thimble_records_memory(count_records, &size);
    return size;
}

uint64_t _thimble_shadow_dropped(void) {
    return atomic_load_explicit(&dropped, memory_order_relaxed);
}
