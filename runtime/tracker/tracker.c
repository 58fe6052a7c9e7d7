#include "tracker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "../base/arena.h"
#include "interpose.h"
#include "table.h"

static bool on;
/* False: the units' hooks are all there is to know blocks by. */
static bool observed;

/* ---- Units' blocks ---- */

/* In front of each release of a unit's: whose it is, for when it is observed. */
static void name_release(const struct thimble_unit *object, uint32_t site, void *block) {
    _thimble_release.inverted = ~(uintptr_t)block;
    _thimble_release.unit = object->state;
    _thimble_release.site = site;
}

/* Where a unit's call is about to resize a block and only its hooks see that: the
 * block as it was. It is put back if the call fails, and gives the new one its
 * number. One call at a time is enough: a function that resizes by calling
 * another one fails when that one does. */
static __thread struct {
    const struct thimble_unit *object; /* of the call; null for none */
    uint32_t site;                     /* of the call */
    struct block block;
} resizing __attribute__((tls_model("initial-exec")));

/* The size where only the allocator knew it, and nobody saw it ask for memory.
 * What libc returns as characters then is a string. */
static size_t guess_size(const struct unit *unit, uint32_t site, const void *block) {
    const struct thimble_site *at = &unit->sites[site];
    const struct thimble_type *type = _thimble_bare_type(unit, at->type);
    bool libcs =
        at->callee < unit->function_count && unit->functions[at->callee].flags & THIMBLE_SYSTEM;
    return libcs && type && type->kind == THIMBLE_CHAR ? strlen(block) + 1 : 0;
}

static void record_unobserved(struct block *block) {
    if (block->size == THIMBLE_SIZE_UNKNOWN)
        block->size = guess_size(block->unit, block->site, (const void *)block->address);
    _thimble_table_put(block);
}

/* A block that nobody saw being made is no heap block (a piece of a pool, say,
 * that is freed as a whole): it is not recorded. */
static void allocated(const struct thimble_unit *object, uint32_t site, void *made, size_t size) {
    const struct unit *unit = object->state;
    struct block block = {(uintptr_t)made, size, unit, site, _thimble_block_number};
    if (resizing.object == object && resizing.site == site) {
        resizing.object = NULL;
        block.number = resizing.block.number;
        if (!made && size)
            _thimble_table_put(&resizing.block);
        else if ((uintptr_t)made != resizing.block.address)
            _thimble_table_released(&resizing.block);
    }
    if (!made || !unit || site >= unit->site_count)
        return;
    if (!_thimble_table_name(&block) && !observed)
        record_unobserved(&block);
}

static void releasing(const struct thimble_unit *object, uint32_t site, void *block) {
    const struct unit *unit = object->state;
    if (!block || !unit || site >= unit->site_count)
        return;
    struct block taken;
    name_release(object, site, block);
    if (unit->sites[site].kind != THIMBLE_RESIZES) {
        _thimble_table_release((uintptr_t)block);
        return;
    }
    if (!_thimble_table_take((uintptr_t)block, &taken))
        return;
    resizing.object = object;
    resizing.site = site;
    resizing.block = taken;
}

/* ---- Units ---- */

static void set_hooks(struct unit *unit) {
    unit->object->allocated = on ? allocated : NULL;
    unit->object->releasing = !on ? NULL : observed ? name_release : releasing;
}

/* The descriptors of units that left: blocks still name sites in them. One copy
 * serves all units with the same bytes, such as a plugin that comes and goes. */
struct kept {
    struct kept *next;
    uint32_t size;
    const char *blob;
};
static struct kept *kept; /* guarded by the registry's lock, in which units leave */

static const char *keep(const struct thimble_unit *object) {
    for (const struct kept *at = kept; at; at = at->next) {
        if (at->size == object->blob_size && memcmp(at->blob, object->blob, at->size) == 0)
            return at->blob;
    }
    char *copy = _thimble_alloc(&_thimble_arena, object->blob_size);
    memcpy(copy, object->blob, object->blob_size);
    struct kept *added = _thimble_alloc(&_thimble_arena, sizeof(*added));
    *added = (struct kept){kept, object->blob_size, copy};
    kept = added;
    return copy;
}

static void leave(struct unit *unit) {
    if (!on || unit->site_count == 0)
        return;
    const char *blob = (const char *)unit->object->blob;
    const char *copy = keep(unit->object);
#define MOVE(field)                                                                                \
    if (unit->field)                                                                               \
    unit->field = (const void *)(copy + ((const char *)unit->field - blob))
    if (unit->source)
        MOVE(file);
    MOVE(strings);
    MOVE(source);
    MOVE(types);
    MOVE(members);
    MOVE(objects);
    MOVE(enumerators);
    MOVE(functions);
    MOVE(tests);
    MOVE(sites);
#undef MOVE
}

/* ---- The switch ---- */

static void prepare(void) {
    pthread_atfork(_thimble_table_freeze, _thimble_table_thaw, _thimble_table_thaw);
    _thimble_unit_leaves(leave);
}

void _thimble_tracker_start(void) {
    static pthread_once_t prepared = PTHREAD_ONCE_INIT;
    if (on)
        return;
    pthread_once(&prepared, prepare);
    observed = _thimble_observe();
    if (!observed)
        _thimble_table_clear(); /* it may have seen some part of the malloc family */
    on = true;
    _thimble_each_unit(set_hooks);
}

void _thimble_tracker_stop(void) {
    on = false;
    _thimble_observe_not();
    _thimble_each_unit(set_hooks);
    _thimble_table_clear();
}

/* ---- Asking ---- */

extern int __asan_address_is_poisoned(const volatile void *) __attribute__((weak));

static bool search(const void *address, unsigned *searches, struct block *block) {
    if (*searches == 0)
        return false;
    --*searches;
    return _thimble_table_search((uintptr_t)address, block);
}

/* Where not every block is observed, foreign code's may lie where one was freed. */
static bool is_still_free(const void *address, unsigned *searches) {
    struct block block;
    if (!observed)
        return &__asan_address_is_poisoned && __asan_address_is_poisoned(address);
    return *searches && !search(address, searches, &block);
}

void _thimble_memory_at(const void *address, bool inside, unsigned *searches,
                        struct memory *memory) {
    struct release release;
    *memory = (struct memory){.state = MEMORY_UNKNOWN};
    if (!on)
        return;
    if (_thimble_table_find((uintptr_t)address, &memory->block) ||
        (inside && search(address, searches, &memory->block))) {
        memory->state = MEMORY_LIVE;
        return;
    }
    if (!_thimble_table_find_release((uintptr_t)address, &release) ||
        !is_still_free(address, searches))
        return;
    memory->state = MEMORY_FREED;
    memory->unit = release.unit;
    memory->site = release.site;
}

uint32_t _thimble_tracker_now(void) {
    return atomic_fetch_add(&_thimble_block_number, 1) + 1;
}

uint64_t _thimble_tracker_dropped(void) {
    return _thimble_table_dropped();
}
