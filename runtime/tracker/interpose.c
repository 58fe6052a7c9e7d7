/* For reallocarray. */
#define _GNU_SOURCE 1

#include "interpose.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "cells.h"
#include "counters.h"
#include "misuse.h"
#include "next.h"
#include "shadow.h"
#include "thread.h"
#include "traces.h"

#define INTERPOSED __attribute__((__weak__, __visibility__("default")))

/* In the object with the runner's main: the program runs tests. */
extern const char thimble_is_test_program __attribute__((weak));

/* No block of the process has escaped so far. */
static bool observed_all;

/* Observing was begun or ended by a call: the first block no longer begins it. */
static bool switched;

/* ---- Observing ---- */

bool _thimble_memory_asked(void) {
    /* Whoever runs a program with another's rights does not say where that writes. */
    const char *file = environ && !getauxval(AT_SECURE) ? getenv("THIMBLE_MEMORY") : NULL;
    return file && *file && !&thimble_is_test_program;
}

/* A program that runs tests is observed from its first block on, and one whose environment
 * asks for it. */
void _thimble_heap_begins(void) {
    if ((!&thimble_is_test_program && !_thimble_memory_asked()) || _thimble_heap_is_watched() ||
        switched)
        return;
    observed_all = true;
    atomic_fetch_or(&_thimble_heap_mode, HEAP_OBSERVED);
}

bool _thimble_observing(void) {
    return atomic_load_explicit(&_thimble_heap_mode, memory_order_relaxed) & HEAP_OBSERVED;
}

bool _thimble_observed_all(void) {
    return observed_all;
}

uintptr_t _thimble_allocator(void) {
    return (uintptr_t)_thimble_next.malloc;
}

/* Whether a block that is made now is seen, and seen to be freed: what else defines malloc,
 * all of the family or some, passes us by. The size tells it from one that is still there as
 * its freeing was not seen. */
static COLD bool sees_blocks(void) {
    enum { SIZE = 1009 };
    void *probe = _thimble_own_malloc(SIZE);
    uintptr_t address = (uintptr_t)probe;
    struct block seen;
    bool made = _thimble_find_block(address, &seen) && seen.size == SIZE;
    _thimble_own_free(probe);
    return made && !_thimble_find_block(address, &seen);
}

bool _thimble_observe(void) {
    if (_thimble_heap_is_watched())
        return false;
    atomic_fetch_or(&_thimble_heap_mode, HEAP_OBSERVED);
    bool sees = sees_blocks();
    switched = true;
    if (!sees)
        _thimble_observe_not();
    return sees;
}

void _thimble_observe_not(void) {
    switched = true;
    atomic_fetch_and(&_thimble_heap_mode, ~(unsigned)HEAP_OBSERVED);
    observed_all = false;
}

/* Apart from the calls that nobody observes, which then need no stack. */
#define APART __attribute__((__noinline__))

/* Places behind calls of malloc whose blocks a unit's hook names right after: to walk the
 * stack for them here would be for nothing. */
enum { NAMED_BITS = 12 };
static const void *_Atomic named[1 << NAMED_BITS];

static const void *_Atomic *named_place(const void *place) {
    return &named[(uintptr_t)place * UINT64_C(0x9e3779b97f4a7c15) >> (64 - NAMED_BITS)];
}

void _thimble_note_named(void) {
    const void *place = _thimble_thread.made_by;
    const void *_Atomic *at = named_place(place);
    if (atomic_load_explicit(at, memory_order_relaxed) != place)
        atomic_store_explicit(at, place, memory_order_relaxed);
}

static APART uint32_t foreign_trace(const void *place) {
    _thimble_thread.made_by = place;
    if (atomic_load_explicit(named_place(place), memory_order_relaxed) == place)
        return 0;
    return _thimble_stack_trace(NULL, 0, NULL, place);
}

HOT_INLINE void *observe(void *made, size_t size, const void *place) {
    if (!made)
        return NULL;
    struct block block = {(uintptr_t)made, size, 0, _thimble_block_number};
    if (__builtin_expect(_thimble_frames > 1, 0))
        block.trace = foreign_trace(place);
    cell *at = NULL;
    if (__builtin_expect(!put_cells(&block, &at), 0))
        _thimble_shadow_put_rest(&block);
    _thimble_thread_made(block.address, size, at);
    if (_thimble_counting)
        count_made(block.trace, size);
    return made;
}

#define PLACE __builtin_return_address(0)

static APART void *observe_made(void *made, size_t size, const void *place) {
    return observe(made, size, place);
}

static inline void *observed(void *made, size_t size, const void *place) {
    return _thimble_observing() ? observe_made(made, size, place) : made;
}

static APART void *observe_malloc(size_t size, const void *place) {
    return observe(_thimble_next.malloc(size), size, place);
}

static APART void *observe_calloc(size_t count, size_t size, const void *place) {
    return observe_made(_thimble_next.calloc(count, size), count * size, place);
}

static APART void observe_free(void *block) {
    if (is_lent(block))
        return;
    if (block && _thimble_observing()) {
        struct block released;
        uintptr_t address = (uintptr_t)block;
        uint32_t by = _thimble_thread_releaser(address);
        cell *at = cell_of(address);
        if (__builtin_expect(at && is_indirect(get_cell(at)), 0))
            _thimble_check_pair(address, by, "free");
        if (!(at && release_cells(at, address, by, &released)) &&
            !_thimble_shadow_release(address, by, &released))
            _thimble_suspect_release(address, by, "free");
        else if (_thimble_counting)
            count_gone(&released);
    }
    _thimble_next.free(block);
}

/* Between taking out and putting back another thread may get the old address. A block that
 * foreign code moves keeps its site. */
static void *observe_resizing(void *old, size_t size, const void *place) {
    struct block block, before;
    uintptr_t address = (uintptr_t)old;
    uint32_t by = _thimble_thread_releaser(address);
    uint32_t flags = _thimble_shadow_flags(address, 0);
    if (flags)
        _thimble_check_pair(address, by, "realloc");
    bool known = _thimble_shadow_take(address, &block);
    if (!known)
        _thimble_suspect_release(address, by, "realloc");
    before = block;
    void *resized = _thimble_next.realloc(old, size);
    if (!known)
        return observe_made(resized, size, place);
    if (resized != old && (resized || size == 0))
        _thimble_shadow_released(&block, by);
    if (!resized && size == 0) {
        if (_thimble_counting)
            count_gone(&block);
        return NULL;
    }
    if (resized) {
        block.address = (uintptr_t)resized;
        block.size = size;
        if (_thimble_counting) {
            count_gone(&before);
            count_made(block.trace, size);
        }
    }
    if (flags)
        _thimble_shadow_put_special(&block, flags);
    else
        _thimble_shadow_put(&block);
    if (resized)
        _thimble_thread_made(block.address, size, NULL);
    return resized;
}

static APART void *observe_realloc(void *old, size_t size, const void *place) {
    if (is_lent(old))
        return _thimble_copy_lent(old, size);
    if (!_thimble_observing())
        return _thimble_next.realloc(old, size);
    return old ? observe_resizing(old, size, place)
               : observe_made(_thimble_next.realloc(NULL, size), size, place);
}

/* ---- The malloc family ---- */

static bool nothing_special(void) {
    return __builtin_expect(atomic_load_explicit(&_thimble_heap_mode, memory_order_relaxed) == 0,
                            1);
}

INTERPOSED void *malloc(size_t size) {
    return _thimble_observing() ? observe_malloc(size, PLACE) : _thimble_next.malloc(size);
}

INTERPOSED void *calloc(size_t count, size_t size) {
    return _thimble_observing() ? observe_calloc(count, size, PLACE)
                                : _thimble_next.calloc(count, size);
}

INTERPOSED void *realloc(void *old, size_t size) {
    return nothing_special() ? _thimble_next.realloc(old, size) : observe_realloc(old, size, PLACE);
}

INTERPOSED void *reallocarray(void *old, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    return _thimble_own_realloc(old, count * size);
}

INTERPOSED void free(void *block) {
    if (nothing_special())
        _thimble_next.free(block);
    else
        observe_free(block);
}

/* Of C23; libc's own doesn't go through free. */
INTERPOSED void free_sized(void *block, size_t size) {
    (void)size;
    free(block);
}

INTERPOSED void free_aligned_sized(void *block, size_t alignment, size_t size) {
    (void)alignment;
    (void)size;
    free(block);
}

INTERPOSED void *aligned_alloc(size_t alignment, size_t size) {
    return observed(_thimble_next.aligned_alloc(alignment, size), size, PLACE);
}

INTERPOSED void *memalign(size_t alignment, size_t size) {
    return observed(_thimble_next.memalign(alignment, size), size, PLACE);
}

INTERPOSED int posix_memalign(void **block, size_t alignment, size_t size) {
    int failed = _thimble_next.posix_memalign(block, alignment, size);
    if (!failed && _thimble_observing())
        observe_made(*block, size, PLACE);
    return failed;
}

INTERPOSED void *valloc(size_t size) {
    return observed(_thimble_next.valloc(size), size, PLACE);
}

INTERPOSED void *pvalloc(size_t size) {
    return observed(_thimble_next.pvalloc(size), size, PLACE);
}
