#include "traces.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "../base/arena.h"
#include "../base/hot.h"
#include "../base/lock.h"
#include "../base/stack.h"
#include "shadow.h"

/* ---- Numbers ---- */

/* A stack that was seen. */
struct stack {
    uint32_t site; /* trace number */
    uint32_t count;
    const uintptr_t *frames;
};

/* Traces from `first` on, up to the next range's: a unit's sites, or stacks. */
struct range {
    uint32_t first;
    const struct unit *unit;
    struct stack *stacks; /* where `unit` is null */
};

enum { STACKS = 1024 };

/* The ranges in order. Grows by being copied; who reads may still read the old one. */
struct ranges {
    size_t count, capacity;
    struct range items[];
};

static struct ranges *_Atomic ranges;
static _Atomic uint32_t next_trace = 1;
static _Atomic size_t own_size;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of all that grows */

/* Null where the system has no more. */
static COLD void *get_memory(size_t size) {
    void *memory = _thimble_try_alloc(&_thimble_arena, size);
    if (memory)
        atomic_fetch_add_explicit(&own_size, size, memory_order_relaxed);
    return memory;
}

/* The first of `count` numbers, or 0. The lock is held. */
static COLD uint32_t add_range(uint32_t count, const struct unit *unit, struct stack *stacks) {
    struct ranges *old = atomic_load(&ranges), *now = old;
    uint32_t first = atomic_load(&next_trace);
    if (count >= MOST_TRACES - first)
        return 0;
    size_t used = old ? old->count : 0;
    if (!old || used == old->capacity) {
        size_t capacity = old ? 2 * used : 64;
        now = get_memory(sizeof *now + capacity * sizeof now->items[0]);
        if (!now)
            return 0;
        now->capacity = capacity;
        if (old)
            memcpy(now->items, old->items, used * sizeof now->items[0]);
    }
    now->items[used] = (struct range){first, unit, stacks};
    now->count = used;
    atomic_store_explicit(&ranges, now, memory_order_release);
    atomic_store_explicit((_Atomic size_t *)&now->count, used + 1, memory_order_release);
    atomic_store_explicit(&next_trace, first + count, memory_order_release);
    return first;
}

static COLD const struct range *find_range(uint32_t number) {
    const struct ranges *all = atomic_load_explicit(&ranges, memory_order_acquire);
    size_t low = 0, high = all ? all->count : 0;
    if (high == 0 || number < all->items[0].first)
        return NULL;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (all->items[middle].first <= number)
            low = middle;
        else
            high = middle;
    }
    return &all->items[low];
}

/* This thread has the lock, around a fork: what a handler of the program's allocates meanwhile
 * gets no new number. */
static __thread bool holding __attribute__((tls_model("initial-exec")));

void _thimble_number_sites(struct unit *unit) {
    sigset_t mask;
    if (unit->first_trace || unit->site_count == 0 || holding)
        return;
    _thimble_lock(&lock, &mask);
    unit->first_trace = add_range(unit->site_count, unit, NULL);
    _thimble_unlock(&lock, &mask);
}

uint32_t _thimble_trace_count(void) {
    return atomic_load_explicit(&next_trace, memory_order_acquire);
}

static const struct stack *stack_of(const struct range *range, uint32_t number) {
    return &range->stacks[number - range->first];
}

struct trace _thimble_trace_of(uint32_t number) {
    const struct range *range = number ? find_range(number) : NULL;
    if (!range)
        return (struct trace){.unit = NULL};
    if (range->unit)
        return (struct trace){.unit = range->unit, .site = number - range->first};
    const struct stack *stack = stack_of(range, number);
    struct trace trace = _thimble_trace_of(stack->site);
    trace.frame_count = stack->count;
    trace.frames = stack->frames;
    return trace;
}

uint32_t _thimble_trace_site(uint32_t number) {
    const struct range *range = number ? find_range(number) : NULL;
    return !range ? 0 : range->unit ? number : stack_of(range, number)->site;
}

/* ---- Stacks ----
 * Known by a hash of 64 bits alone: among a million stacks, two have the same one in one
 * program of thirty million. */

struct entry {
    _Atomic uint64_t hash; /* 0: empty */
    _Atomic uint32_t trace;
};

struct entries {
    uint32_t bits, count;
    struct entry items[];
};

static struct entries *_Atomic entries;

/* The stacks that are given numbers now, from first_stack on. */
static struct stack *stacks;
static uint32_t first_stack, filled = STACKS;

/* Odd numbers, each of which mixes in the address at one place. */
static uint64_t factors[MOST_FRAMES_KEPT + 1];

static COLD void make_factors(void) {
    uint64_t state = 0;
    for (int i = 0; i <= MOST_FRAMES_KEPT; i++) {
        state += UINT64_C(0x9e3779b97f4a7c15);
        uint64_t mixed = (state ^ state >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
        mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
        factors[i] = (mixed ^ mixed >> 31) | 1;
    }
}

static uint64_t hash_of(uint32_t site, const uintptr_t *frames, size_t count) {
    uint64_t hash = (site + UINT64_C(1)) * factors[MOST_FRAMES_KEPT];
    for (size_t i = 0; i < count; i++)
        hash += frames[i] * factors[i];
    hash = (hash ^ hash >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ? hash : 1;
}

/* 0 where it is not there. */
static uint32_t find_entry(const struct entries *all, uint64_t hash) {
    if (!all)
        return 0;
    size_t mask = ((size_t)1 << all->bits) - 1;
    for (size_t i = hash >> (64 - all->bits);; i = (i + 1) & mask) {
        uint64_t found = atomic_load_explicit(&all->items[i].hash, memory_order_acquire);
        if (found == hash)
            return atomic_load_explicit(&all->items[i].trace, memory_order_relaxed);
        if (found == 0)
            return 0;
    }
}

static COLD void add_entry(struct entries *all, uint64_t hash, uint32_t trace) {
    size_t mask = ((size_t)1 << all->bits) - 1;
    size_t i = hash >> (64 - all->bits);
    while (atomic_load_explicit(&all->items[i].hash, memory_order_relaxed))
        i = (i + 1) & mask;
    atomic_store_explicit(&all->items[i].trace, trace, memory_order_relaxed);
    atomic_store_explicit(&all->items[i].hash, hash, memory_order_release);
    all->count++;
}

/* With room for one more, or null. */
static COLD struct entries *roomy_entries(void) {
    enum { FIRST_BITS = 8 };
    struct entries *old = atomic_load(&entries);
    if (old && old->count < (UINT32_C(1) << old->bits) / 2)
        return old;
    uint32_t bits = old ? old->bits + 1 : FIRST_BITS;
    struct entries *now = get_memory(sizeof *now + (sizeof now->items[0] << bits));
    if (!now)
        return NULL;
    now->bits = bits;
    for (size_t i = 0; old && i < (size_t)1 << old->bits; i++)
        if (old->items[i].hash)
            add_entry(now, old->items[i].hash, old->items[i].trace);
    atomic_store_explicit(&entries, now, memory_order_release);
    return now;
}

static COLD bool has_number(void) {
    if (filled < STACKS)
        return first_stack;
    struct stack *more = get_memory(STACKS * sizeof *stacks);
    if (!more)
        return false;
    stacks = more;
    first_stack = add_range(STACKS, NULL, stacks);
    filled = 0;
    return first_stack;
}

/* The site's own where there is no memory. The lock is held. */
static COLD uint32_t add_stack(uint32_t site, const uintptr_t *frames, size_t count,
                               uint64_t hash) {
    uint32_t trace = find_entry(atomic_load(&entries), hash);
    if (trace)
        return trace;
    struct entries *all = roomy_entries();
    uintptr_t *copy = get_memory(count * sizeof *copy);
    if (!all || !copy || !has_number())
        return site;
    memcpy(copy, frames, count * sizeof *copy);
    stacks[filled] = (struct stack){site, (uint32_t)count, copy};
    trace = first_stack + filled++;
    add_entry(all, hash, trace);
    return trace;
}

unsigned _thimble_frames = 1;

void _thimble_prepare_frames(unsigned count) {
    _thimble_frames = count < 1 ? 1 : count > MOST_FRAMES_KEPT ? MOST_FRAMES_KEPT : count;
    if (_thimble_frames == 1)
        return;
    make_factors();
    _thimble_stack_prepare();
}

unsigned _thimble_frames_kept(void) {
    return _thimble_frames;
}

/* What the unwinder allocates itself has no stack. */
static __thread bool unwinding __attribute__((tls_model("initial-exec")));

static size_t walk(const struct unit *unit, const void *frame, const void *place,
                   uintptr_t *frames) {
    if (unit && unit->source && unit->source->flags & THIMBLE_FRAMES)
        return _thimble_stack_by_frames(frame, frames, _thimble_frames);
    if (unwinding)
        return 0;
    unwinding = true;
    size_t count = _thimble_stack_by_tables(place, frames, _thimble_frames);
    unwinding = false;
    return count;
}

uint32_t _thimble_stack_trace(const struct unit *unit, uint32_t site, const void *frame,
                              const void *place) {
    uintptr_t frames[MOST_FRAMES_KEPT];
    size_t count = walk(unit, frame, place, frames);
    if (count == 0)
        return site;
    uint64_t hash = hash_of(site, frames, count);
    uint32_t trace = find_entry(atomic_load_explicit(&entries, memory_order_acquire), hash);
    if (__builtin_expect(trace != 0, 1))
        return trace;
    sigset_t mask;
    if (holding)
        return site;
    _thimble_lock(&lock, &mask);
    trace = add_stack(site, frames, count, hash);
    _thimble_unlock(&lock, &mask);
    return trace;
}

/* ---- Forks ---- */

static sigset_t held_mask;

void _thimble_hold_traces(void) {
    sigset_t mask;
    _thimble_lock(&lock, &mask);
    held_mask = mask;
    holding = true;
}

void _thimble_let_traces_go(void) {
    sigset_t mask = held_mask;
    holding = false;
    _thimble_unlock(&lock, &mask);
}

size_t _thimble_traces_size(void) {
    return atomic_load_explicit(&own_size, memory_order_relaxed);
}
