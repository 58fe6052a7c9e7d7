#include "tracker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../base/single.h"
#include "cells.h"
#include "counters.h"
#include "interpose.h"
#include "misuse.h"
#include "records.h"
#include "shadow.h"
#include "thread.h"
#include "traces.h"

static bool on;
/* False: the units' hooks are all there is to know blocks by. */
static bool observed;

__thread struct thread _thimble_thread __attribute__((tls_model("initial-exec")));

/* Some blocks are of allocators that are not the malloc family. */
static bool any_own;

/* ---- Sites ---- */

/* The site's trace, as the program stands now. */
static inline uint32_t trace_at(const struct unit *unit, uint32_t site, const void *frame,
                                const void *place) {
    uint32_t trace = unit->first_trace ? unit->first_trace + site : 0;
    if (__builtin_expect(_thimble_frames == 1, 1))
        return trace;
    return _thimble_stack_trace(unit, trace, frame, place);
}

#define FRAME __builtin_frame_address(0)
#define PLACE __builtin_return_address(0)

/* ---- Resizing ----
 * Where a unit's call is about to resize a block and only its hooks see that: the
 * block as it was. It is put back if the call fails, and gives the new one its
 * number. One call at a time is enough: a function that resizes by calling
 * another one fails when that one does. */
static __thread struct {
    const struct thimble_unit *object; /* of the call; null for none */
    uint32_t site;                     /* of the call */
    uintptr_t inverted;
    struct block block; /* its address is in `inverted` */
} resizing __attribute__((tls_model("initial-exec")));

static COLD void begin_resizing(const struct thimble_unit *object, uint32_t site,
                                const struct block *block) {
    resizing.object = object;
    resizing.site = site;
    resizing.block = *block;
    resizing.inverted = ~block->address;
    resizing.block.address = 0;
}

static COLD void end_resizing(uintptr_t made, size_t size, uint32_t by, struct block *now) {
    struct block before = resizing.block;
    before.address = ~resizing.inverted;
    resizing.object = NULL;
    now->number = before.number;
    if (!made && size)
        _thimble_shadow_put(&before);
    else if (made != before.address)
        _thimble_shadow_released(&before, by);
}

/* ---- Blocks that only hooks see ---- */

/* The size where only the allocator knew it, and nobody saw it ask for memory.
 * What libc returns as characters then is a string. */
static COLD size_t guess_size(const struct unit *unit, uint32_t site, const void *block) {
    const struct thimble_site *at = &unit->sites[site];
    const struct thimble_type *type = _thimble_bare_type(unit, at->type);
    bool libcs =
        at->callee < unit->function_count && unit->functions[at->callee].flags & THIMBLE_SYSTEM;
    return libcs && type && type->kind == THIMBLE_CHAR ? strlen(block) + 1 : 0;
}

static COLD void record(const struct thimble_unit *object, uint32_t site, uintptr_t made,
                        size_t size, uint32_t trace, uint32_t flags) {
    struct block block = {made, size, trace, _thimble_block_number};
    if (resizing.object == object && resizing.site == site)
        end_resizing(made, size, trace, &block);
    if (!made)
        return;
    if (size == THIMBLE_SIZE_UNKNOWN)
        block.size = guess_size(object->state, site, (const void *)made);
    if (flags)
        _thimble_shadow_put_special(&block, flags);
    else
        _thimble_shadow_put(&block);
    _thimble_thread_made(made, block.size, NULL);
    if (_thimble_counting)
        count_made(trace, block.size);
}

static COLD void unrecord(const struct thimble_unit *object, uint32_t site, uintptr_t address,
                          uint32_t by) {
    const struct unit *unit = object->state;
    struct block block;
    if (unit->sites[site].kind == THIMBLE_RESIZES) {
        if (_thimble_shadow_take(address, &block))
            begin_resizing(object, site, &block);
    } else if (_thimble_shadow_release(address, by, &block) && _thimble_counting) {
        count_gone(&block);
    }
}

/* ---- Units' blocks ---- */

static bool is_sound(const struct unit *unit, uint32_t site) {
    return unit && site < unit->site_count;
}

/* What a call returned that may have passed on the block that this thread made last. */
static uintptr_t passed(uintptr_t returned) {
    uintptr_t made = ~_thimble_thread.made_inverted;
    bool inside = returned == made || returned - made < _thimble_thread.made_size;
    return _thimble_thread.open && inside ? made : 0;
}

/* A block of an allocator that has a release function of its own. Of one that is not of the
 * malloc family's: a piece of a pool that is in such a block goes with it, and is no block. */
static COLD void name_paired(const struct thimble_unit *object, uint32_t site, uintptr_t made,
                             size_t size, uint32_t trace) {
    struct block block;
    if (_thimble_find_block(made, &block)) {
        uint32_t flags = _thimble_shadow_flags(made, 0) | RECORD_PAIRED;
        _thimble_any_paired = true;
        if (_thimble_shadow_take(made, &block))
            _thimble_shadow_put_special(&block, flags & ~(uint32_t)RECORD_GRANTED);
        return;
    }
    if (size == THIMBLE_SIZE_UNKNOWN || _thimble_find_block_around(made, &block))
        return;
    any_own = true;
    record(object, site, made, size, trace, RECORD_OWN);
}

/* Whatever block it is. */
static COLD __attribute__((noinline)) void name_any(const struct thimble_unit *object,
                                                    uint32_t site, void *made, size_t size,
                                                    uint32_t trace) {
    const struct unit *unit = object->state;
    struct block before, block = {(uintptr_t)made, size, trace, 0};
    if (!is_sound(unit, site))
        return;
    if (any_own && resizing.object == object && resizing.site == site) {
        record(object, site, block.address, size, trace, RECORD_OWN);
        return;
    }
    bool known = unit->sites[site].kind != THIMBLE_PASSES && _thimble_shadow_name(&block, &before);
    if (!known) {
        block.address = passed((uintptr_t)made);
        block.size = THIMBLE_SIZE_UNKNOWN;
        known = block.address && _thimble_shadow_name(&block, &before);
    }
    const char *release = unit->pair_count ? _thimble_release_of(unit, site) : NULL;
    if (known) {
        size = block.size == THIMBLE_SIZE_UNKNOWN ? before.size : block.size;
        if (_thimble_counting && before.number >= _thimble_counted_since) {
            count_corrected(before.size, size);
            count_named(before.trace, 0, before.size);
            count_named(0, trace, size);
        }
        _thimble_thread_made(block.address, size, NULL);
        _thimble_thread.open = unit->sites[site].flags & THIMBLE_WRAPS;
        made = (void *)block.address;
    }
    if (made && release)
        name_paired(object, site, (uintptr_t)made, size, trace);
}

/* The block that malloc has just given this thread, mostly: then its cell is at hand. */
HOT_INLINE void name(const struct thimble_unit *object, uint32_t site, void *made, size_t size,
                     uint32_t trace) {
    const struct unit *unit = object->state;
    struct thread *thread = &_thimble_thread;
    uintptr_t address = ~thread->made_inverted;
    uint32_t before;
    bool sized = size == thread->made_size || size == THIMBLE_SIZE_UNKNOWN;
    if (__builtin_expect((uintptr_t)made != address || !sized || !thread->cell, 0) ||
        unit->pair_count || !name_cells(thread->cell, address, trace, &before)) {
        name_any(object, site, made, size, trace);
        return;
    }
    note_named(trace, _thimble_block_number);
    if (_thimble_counting)
        count_named(before, trace, thread->made_size);
    thread->open = unit->sites[site].flags & THIMBLE_WRAPS;
}

static bool may_name(const struct unit *unit, uint32_t site) {
    return __builtin_expect(is_sound(unit, site), 1) &&
           (unit->sites[site].kind != THIMBLE_PASSES || _thimble_thread.open);
}

static void name_block(const struct thimble_unit *object, uint32_t site, void *made, size_t size) {
    const struct unit *unit = object->state;
    if (may_name(unit, site))
        name(object, site, made, size, unit->first_trace ? unit->first_trace + site : 0);
}

/* With the frames that are to be kept. */
static void name_with_frames(const struct thimble_unit *object, uint32_t site, void *made,
                             size_t size) {
    const struct unit *unit = object->state;
    if (!may_name(unit, site) ||
        (unit->sites[site].kind == THIMBLE_PASSES && !passed((uintptr_t)made)))
        return;
    name(object, site, made, size, trace_at(unit, site, FRAME, PLACE));
    _thimble_note_named();
}

static void name_release(const struct thimble_unit *object, uint32_t site, void *block) {
    const struct unit *unit = object->state;
    if (!block || !is_sound(unit, site))
        return;
    uintptr_t address = (uintptr_t)block;
    _thimble_thread.released_inverted = ~address;
    _thimble_thread.releaser = unit->first_trace + site;
    if (__builtin_expect(_thimble_any_paired, 0))
        _thimble_grant_release(unit, site, address);
    if (__builtin_expect(any_own, 0) && _thimble_shadow_flags(address, 0) & RECORD_OWN)
        unrecord(object, site, address, unit->first_trace + site);
}

/* Where the malloc family can't be observed. */

static COLD void record_block(const struct thimble_unit *object, uint32_t site, void *made,
                              size_t size) {
    const struct unit *unit = object->state;
    struct block before, name = {(uintptr_t)made, size, 0, 0};
    if (!is_sound(unit, site))
        return;
    bool passes = unit->sites[site].kind == THIMBLE_PASSES;
    if (passes && !(name.address = passed(name.address)))
        return;
    name.trace = trace_at(unit, site, FRAME, PLACE);
    if (!passes && !_thimble_find_block(name.address, &before)) {
        record(object, site, name.address, size, name.trace, 0);
    } else if (name.address && _thimble_shadow_name(&name, &before) && _thimble_counting &&
               before.number >= _thimble_counted_since) {
        count_named(before.trace, name.trace, before.size);
    }
    _thimble_thread.open = unit->sites[site].flags & THIMBLE_WRAPS;
}

static COLD void unrecord_block(const struct thimble_unit *object, uint32_t site, void *block) {
    const struct unit *unit = object->state;
    if (block && is_sound(unit, site))
        unrecord(object, site, (uintptr_t)block, unit->first_trace + site);
}

/* ---- Units ---- */

static COLD void set_hooks(struct unit *unit) {
    if (on)
        _thimble_number_sites(unit);
    unit->object->allocated = !on                   ? NULL
                              : !observed           ? record_block
                              : _thimble_frames > 1 ? name_with_frames
                                                    : name_block;
    unit->object->releasing = !on ? NULL : observed ? name_release : unrecord_block;
}

/* The descriptors of units that left: blocks still name sites in them. One copy
 * serves all units with the same bytes, such as a plugin that comes and goes. */
struct kept {
    struct kept *next;
    uint32_t size;
    const char *blob;
};
static struct kept *kept; /* guarded by the registry's lock, in which units leave */

static COLD const char *keep(const struct thimble_unit *object) {
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

static COLD void leave(struct unit *unit) {
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
    MOVE(pairs);
#undef MOVE
}

/* ---- The switch ---- */

/* Nothing is locked, and nothing is written, where there is one thread: around each fork that
 * would make parent and child copy pages. Whoever forks in a signal's handler may hold the
 * records already. */
static bool holds, holds_records;

static COLD void before_fork(void) {
    if (_thimble_surely_single())
        return;
    holds = true;
    holds_records = _thimble_records_lock();
    _thimble_hold_traces();
}

static COLD void after_fork(void) {
    if (!holds)
        return;
    holds = false;
    _thimble_let_traces_go();
    if (holds_records)
        _thimble_records_unlock();
}

static COLD void prepare(void) {
    pthread_atfork(before_fork, after_fork, after_fork);
    _thimble_unit_leaves(leave);
}

void _thimble_tracker_start(void) {
    static pthread_once_t prepared = PTHREAD_ONCE_INIT;
    if (on)
        return;
    pthread_once(&prepared, prepare);
    observed = _thimble_observe();
    if (!observed)
        _thimble_shadow_clear(); /* it may have seen some part of the malloc family */
    on = true;
    _thimble_each_unit(set_hooks);
}

void _thimble_tracker_stop(void) {
    on = false;
    _thimble_observe_not();
    _thimble_each_unit(set_hooks);
    _thimble_shadow_clear();
}

void _thimble_keep_frames(unsigned count) {
    _thimble_prepare_frames(count);
    if (on)
        _thimble_each_unit(set_hooks);
}

bool _thimble_tracker_is_on(void) {
    return on;
}

/* A program whose environment asks for it: before its units come, which get their hooks then. */
__attribute__((constructor(101))) static void begin(void) {
    const char *frames = getenv("THIMBLE_FRAMES");
    if (!_thimble_memory_asked())
        return;
    if (frames)
        _thimble_keep_frames((unsigned)strtoul(frames, NULL, 10));
    _thimble_tracker_start();
    _thimble_count_start();
}

/* ---- Asking ---- */

extern int __asan_address_is_poisoned(const volatile void *) __attribute__((weak));

/* From this size on allocators give a freed block's memory back to the system, from which
 * anybody may get it. */
#define GIVEN_BACK ((size_t)128 * 1024)

/* Where not every block is observed, foreign code's may lie where one was freed. */
static bool is_still_free(const void *address) {
    return observed || (&__asan_address_is_poisoned && __asan_address_is_poisoned(address));
}

void _thimble_memory_at(const void *address, struct memory *memory) {
    uintptr_t at = (uintptr_t)address;
    *memory = (struct memory){.state = MEMORY_UNKNOWN};
    if (!on)
        return;
    if (_thimble_find_block(at, &memory->block) || _thimble_find_block_around(at, &memory->block))
        memory->state = MEMORY_LIVE;
    else if (_thimble_shadow_find_released(at, &memory->block, &memory->released) &&
             memory->block.size < GIVEN_BACK && is_still_free(address))
        memory->state = MEMORY_FREED;
}

uint32_t _thimble_tracker_now(void) {
    return atomic_fetch_add(&_thimble_block_number, 1) + 1;
}

uint64_t _thimble_tracker_dropped(void) {
    return _thimble_shadow_dropped();
}

size_t _thimble_tracker_overhead(void) {
    return _thimble_shadow_size() + _thimble_traces_size() + _thimble_counters_size();
}
