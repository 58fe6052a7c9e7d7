/* Which blocks no pointer leads to any more.
 *
 * A block is reached by an address anywhere in it (not one past its end), in a
 * word that is looked at. Looked at are
 *
 *   - the contents of reached blocks, foreign code's too;
 *   - all blocks older than the moment asked about: what was there before is not
 *     the test's, and may be held from where nobody looks (the runtime's arena
 *     holds the values of fixtures); and those that are excused;
 *   - this thread's stack, from the frame of who calls _thimble_find_leaks on up,
 *     and the registers that a call preserves. Frames below are dead, and so is
 *     what they left behind;
 *   - the other threads' stacks in the same way: they are held meanwhile;
 *   - every other private mapping that can be written, or is of no file: globals
 *     of all loaded objects, thread storage, pools from mmap. In the variables of
 *     libc, with its allocator's own, only addresses of a block's start count.
 *
 * Not looked at are
 *
 *   - memory of the heap that belongs to no live block: it holds what freed blocks
 *     held. That is brk's heap and glibc's other arenas; elsewhere all of a page
 *     in which there is a live block. Where blocks were made before recording
 *     began they can't be told from freed ones, and all of this is looked at;
 *   - the runtime's own memory, stacks of threads that ended, shared mappings.
 *
 * A word is first looked for at its natural alignment. What is not found then is
 * looked for at every byte (packed structs) before it counts as a leak. Bits above
 * the 48th don't count: interpreters put tags there.
 *
 * It is cheap where nothing with a site is left over, and finds nothing where it
 * can't be certain: no /proc, a thread that can't be held, a heap that can't be
 * observed.
 */

/* For pread's 64-bit offsets. */
#define _GNU_SOURCE 1

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "../base/peek.h"
#include "excuse.h"
#include "interpose.h"
#include "records.h"
#include "roots.h"
#include "shadow.h"
#include "threads.h"
#include "traces.h"

#define ADDRESS_MASK (UINTPTR_MAX >> (sizeof(void *) == 8 ? 16 : 0))
#define MOST_THREADS 4096
#define ENTRIES ((size_t)4096)
#define DEAD_STACK ((size_t)16 << 10)
#define LARGE ((uintptr_t)1 << 20)

struct search {
    uint32_t since;
    uintptr_t frame;
    struct scratch scratch;
    struct held_threads threads;
    struct roots roots;

    struct block *blocks; /* by address */
    size_t count, capacity;
    uintptr_t low, extent; /* where the blocks are */
    unsigned char *reached, wanted;
    uint32_t *pending; /* reached, but not yet looked at */
    size_t pending_count;

    size_t missing;   /* candidates that are not yet reached; 0 ends the search */
    size_t step;      /* from word to word */
    bool only_starts; /* no other address in a block counts */
    uintptr_t page;
    int pagemap;
    uint64_t *entries; /* read from it, ENTRIES at a time */
};

static bool is_older(const struct block *block, uint32_t since) {
    return block->number < since || _thimble_is_excused(block->number);
}

/* With frames, foreign code's blocks have a trace, too. */
static bool has_site(const struct block *block) {
    return block->trace && (_thimble_frames == 1 || _thimble_trace_site(block->trace));
}

static bool is_candidate(const struct block *block, uint32_t since) {
    return has_site(block) && !is_older(block, since);
}

static bool is_ok(const struct block *block) {
    return _thimble_shadow_flags(block->address, 0) & RECORD_LEAK_OK;
}

bool _thimble_leak_ok(const void *address) {
    struct block block;
    if (!_thimble_find_block_around((uintptr_t)address, &block))
        return false;
    uint32_t flags = _thimble_shadow_flags(block.address, 0) | RECORD_LEAK_OK;
    _thimble_shadow_put_special(&block, flags);
    return true;
}

/* ---- Reaching blocks ---- */

/* The last block that begins at or before the address, or count. */
static size_t block_before(const struct search *search, uintptr_t address) {
    size_t low = 0, high = search->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (search->blocks[middle].address <= address)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : search->count;
}

static uintptr_t end_of(const struct block *block) {
    return block->address + (block->size > 0 ? block->size : 1);
}

static void reach(struct search *search, size_t i) {
    if (search->reached[i])
        return;
    search->reached[i] = 1;
    search->pending[search->pending_count++] = (uint32_t)i;
    search->missing -= is_candidate(&search->blocks[i], search->since);
}

static void follow(struct search *search, uintptr_t word) {
    word &= ADDRESS_MASK;
    if (word - search->low >= search->extent)
        return;
    size_t i = block_before(search, word);
    if (i == search->count || word >= end_of(&search->blocks[i]))
        return;
    if (!search->only_starts || word == search->blocks[i].address)
        reach(search, i);
}

/* ---- Looking at memory ---- */

/* Memory that can be read. */
static void look_at_words(struct search *search, uintptr_t start, uintptr_t end) {
    start = (start + search->step - 1) / search->step * search->step;
    for (uintptr_t at = start; at + sizeof(uintptr_t) <= end; at += search->step) {
        uintptr_t word;
        memcpy(&word, (const void *)at, sizeof(word));
        follow(search, word);
    }
}

/* What the kernel says of a page. */
#define PAGE_PRESENT (UINT64_C(1) << 63)
#define PAGE_SWAPPED (UINT64_C(1) << 62) /* or a guard inside of a mapping */

static void look_at_copy(struct search *search, uintptr_t start, uintptr_t end) {
    _Alignas(uintptr_t) char copy[4096];
    for (uintptr_t at = start; at < end; at += sizeof(copy)) {
        size_t size = end - at < sizeof(copy) ? end - at : sizeof(copy);
        size_t got = _thimble_peek(copy, (const void *)at, size);
        look_at_words(search, (uintptr_t)copy, (uintptr_t)copy + got);
    }
}

static size_t read_entries(struct search *search, uintptr_t start, uintptr_t end) {
    uintptr_t wanted = (end - start + search->page - 1) / search->page;
    size_t size = sizeof(uint64_t) * (wanted < ENTRIES ? wanted : ENTRIES);
    ssize_t got = pread(search->pagemap, search->entries, size,
                        (off_t)(start / search->page * sizeof(uint64_t)));
    return got < 0 ? 0 : (size_t)got / sizeof(uint64_t);
}

/* Memory of which much may never have been touched: reading that would take time
 * and page tables. */
static void look_at_pages(struct search *search, uintptr_t start, uintptr_t end) {
    const uint64_t *entries = search->entries;
    uintptr_t run = start; /* begins the present pages that are not yet looked at */
    for (uintptr_t at = start / search->page * search->page; at < end;) {
        size_t count = read_entries(search, at, end);
        if (count == 0)
            break;
        for (size_t i = 0; i < count && at < end; i++, at += search->page) {
            if (entries[i] & PAGE_PRESENT)
                continue;
            look_at_words(search, run, at);
            run = at + search->page < end ? at + search->page : end;
            if (entries[i] & PAGE_SWAPPED)
                look_at_copy(search, at > start ? at : start, run);
        }
    }
    look_at_words(search, run, end);
}

/* What of a block can be read. */
static void look_at_block(struct search *search, const struct block *block) {
    const struct ranges *readable = &search->roots.readable;
    uintptr_t at = block->address, end = block->address + block->size;
    size_t low = 0, high = readable->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (readable->items[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < readable->count && readable->items[low].start < end; low++) {
        struct range range = readable->items[low];
        uintptr_t from = range.start > at ? range.start : at;
        uintptr_t to = range.end < end ? range.end : end;
        if (to - from < LARGE)
            look_at_words(search, from, to);
        else
            look_at_pages(search, from, to);
    }
}

static void look_at_pending(struct search *search) {
    while (search->pending_count > 0 && search->missing)
        look_at_block(search, &search->blocks[search->pending[--search->pending_count]]);
}

/* Live blocks in it are looked at when they are reached, and no part of a page with
 * one in it is anyone's but the allocator's. */
static void look_at_root(struct search *search, struct range range) {
    uintptr_t grain = _thimble_observed_all() ? search->page : 1;
    uintptr_t at = range.start;
    size_t i = block_before(search, range.start);
    for (i = i < search->count ? i : 0; i < search->count; i++) {
        uintptr_t start = search->blocks[i].address / grain * grain;
        uintptr_t end = (end_of(&search->blocks[i]) + grain - 1) / grain * grain;
        if (start >= range.end)
            break;
        if (at < start)
            look_at_pages(search, at, start);
        if (at < end)
            at = end;
    }
    if (at < range.end)
        look_at_pages(search, at, range.end);
}

/* ---- The search ---- */

static void look_everywhere(struct search *search, size_t step) {
    search->step = step;
    search->pending_count = 0;
    search->missing = 0;
    for (size_t i = 0; i < search->count; i++) {
        search->reached[i] = 0;
        search->missing += is_candidate(&search->blocks[i], search->since);
    }
    for (size_t i = 0; i < search->count; i++) {
        if (is_older(&search->blocks[i], search->since))
            reach(search, i);
    }
    search->only_starts = true;
    look_at_pages(search, search->roots.allocators.start, search->roots.allocators.end);
    search->only_starts = false;
    look_at_pending(search);
    for (size_t i = 0; i < search->roots.ranges.count && search->missing; i++) {
        look_at_root(search, search->roots.ranges.items[i]);
        look_at_pending(search);
    }
}

/* Quicksort: libc's may call malloc. */
static void sort(struct block *blocks, size_t count,
                 bool (*precedes)(const struct block *, const struct block *)) {
    while (count > 1) {
        struct block pivot = blocks[(count - 1) / 2];
        size_t low = 0, high = count - 1;
        for (;; low++, high--) {
            while (precedes(&blocks[low], &pivot))
                low++;
            while (precedes(&pivot, &blocks[high]))
                high--;
            if (low >= high)
                break;
            struct block swapped = blocks[low];
            blocks[low] = blocks[high];
            blocks[high] = swapped;
        }
        /* The smaller part by recursion, the larger one by the loop. */
        size_t middle = high + 1;
        if (middle < count - middle) {
            sort(blocks, middle, precedes);
            blocks += middle;
            count -= middle;
        } else {
            sort(blocks + middle, count - middle, precedes);
            count = middle;
        }
    }
}

static bool by_trace(const struct block *a, const struct block *b) {
    if (a->trace != b->trace)
        return a->trace < b->trace;
    return a->number != b->number ? a->number < b->number : a->address < b->address;
}

static bool copy_block(void *context, const struct block *block) {
    struct search *search = context;
    if (search->count == search->capacity)
        return false;
    struct block *copy = &search->blocks[search->count++];
    *copy = *block;
    if (is_candidate(block, search->since) && is_ok(block))
        copy->number = 0;
    return true;
}

static void copy_blocks(struct search *search) {
    search->blocks = _thimble_scratch(&search->scratch, search->capacity * sizeof(struct block));
    search->pending = _thimble_scratch(&search->scratch, search->capacity * sizeof(uint32_t));
    search->reached = _thimble_scratch(&search->scratch, search->capacity);
    _thimble_each_block(copy_block, search);
    search->low = search->blocks[0].address;
    for (size_t i = 0; i < search->count; i++) {
        if (end_of(&search->blocks[i]) - search->low > search->extent)
            search->extent = end_of(&search->blocks[i]) - search->low;
    }
}

/* Leaves in `blocks` the ones that were not found, or those that were. */
static void keep_wanted(struct search *search) {
    size_t kept = 0;
    for (size_t i = 0; i < search->count; i++) {
        if (search->reached[i] == search->wanted && is_candidate(&search->blocks[i], search->since))
            search->blocks[kept++] = search->blocks[i];
    }
    search->count = kept;
}

static void look_for_missing(struct search *search) {
    search->page = (uintptr_t)sysconf(_SC_PAGESIZE);
    search->entries = _thimble_scratch(&search->scratch, ENTRIES * sizeof(uint64_t));
    search->pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    look_everywhere(search, sizeof(uintptr_t));
    if (search->missing)
        look_everywhere(search, 1);
    close(search->pagemap);
    keep_wanted(search);
}

static bool count_block(void *context, const struct block *block) {
    (void)block;
    ++*(size_t *)context;
    return true;
}

static size_t scratch_size(const struct search *search) {
    size_t a_block = sizeof(struct block) + sizeof(uint32_t) + sizeof(unsigned char);
    return _thimble_roots_size() + ENTRIES * sizeof(uint64_t) + search->capacity * a_block + 4096;
}

/* False where it can't be certain. */
static bool find_among_held(struct search *search) {
    _thimble_each_block(count_block, &search->capacity);
    if (!_thimble_scratch_open(&search->scratch, scratch_size(search)))
        return false;
    copy_blocks(search);
    bool certain =
        _thimble_find_roots(&search->roots, &search->scratch, search->frame, &search->threads);
    if (certain)
        look_for_missing(search);
    return certain;
}

static bool find_wanted(struct search *search, struct scratch *scratch) {
    search->threads.capacity = MOST_THREADS;
    search->threads.items = _thimble_scratch(scratch, MOST_THREADS * sizeof(struct held_thread));
    if (!_thimble_hold_threads(&search->threads))
        return false;
    bool certain = find_among_held(search);
    _thimble_let_threads_go(&search->threads);
    return certain;
}

/* ---- Grouping ---- */

/* Keeps the `capacity` largest, the largest first. */
static size_t insert_leak(struct leak *leaks, size_t count, size_t capacity,
                          const struct leak *leak) {
    size_t at = count;
    while (at > 0 && leaks[at - 1].bytes < leak->bytes)
        at--;
    if (at == capacity)
        return count;
    if (count < capacity)
        count++;
    memmove(&leaks[at + 1], &leaks[at], (count - 1 - at) * sizeof(*leaks));
    leaks[at] = *leak;
    return count;
}

/* One site of a shared object that was loaded several times is one. */
static bool is_alike(uint32_t one, uint32_t other) {
    struct trace a = _thimble_trace_of(one), b = _thimble_trace_of(other);
    return a.frames == b.frames && &a.unit->sites[a.site] == &b.unit->sites[b.site];
}

/* Takes the group that belongs to this one out of those that there are. */
static size_t merge_leak(struct leak *leaks, size_t count, struct leak *leak) {
    for (size_t i = 0; i < count; i++) {
        if (!is_alike(leaks[i].trace, leak->trace))
            continue;
        leak->count += leaks[i].count;
        leak->bytes += leaks[i].bytes;
        memcpy(leak->inverted, leaks[i].inverted, sizeof leak->inverted);
        memcpy(leak->sizes, leaks[i].sizes, sizeof leak->sizes);
        memmove(&leaks[i], &leaks[i + 1], (count - 1 - i) * sizeof *leaks);
        return count - 1;
    }
    return count;
}

static size_t group(struct block *blocks, size_t count, struct leak *leaks, size_t capacity) {
    sort(blocks, count, by_trace);
    size_t groups = 0;
    for (size_t i = 0; i < count;) {
        struct leak leak = {.trace = blocks[i].trace};
        for (; i < count && blocks[i].trace == leak.trace; i++) {
            if (leak.count < LEAK_EXAMPLES) {
                leak.inverted[leak.count] = ~blocks[i].address;
                leak.sizes[leak.count] = blocks[i].size;
            }
            leak.count++;
            leak.bytes += blocks[i].size;
        }
        groups = merge_leak(leaks, groups, &leak);
        groups = insert_leak(leaks, groups, capacity, &leak);
    }
    return groups;
}

/* ---- Finding leaks ---- */

struct candidates {
    uint32_t since;
    bool any;
};

static bool look_for_candidate(void *context, const struct block *block) {
    struct candidates *candidates = context;
    candidates->any = is_candidate(block, candidates->since) && !is_ok(block);
    return !candidates->any;
}

bool _thimble_tracker_has_since(uint32_t since) {
    return _thimble_shadow_newest_named() >= since;
}

static __attribute__((noinline)) bool has_candidates(uint32_t since) {
    struct candidates candidates = {.since = since};
    _thimble_each_block(look_for_candidate, &candidates);
    return candidates.any;
}

struct wish {
    uint32_t since;
    bool reached;
    struct leak *leaks;
    size_t capacity;
};

/* A signal's handler could change what is being looked at. */
static __attribute__((noinline)) size_t find_from(uintptr_t frame, const struct wish *wish) {
    struct search search = {.since = wish->since, .frame = frame, .wanted = wish->reached};
    struct scratch scratch;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    size_t groups = 0;
    if (_thimble_scratch_open(&scratch, MOST_THREADS * sizeof(struct held_thread) + 4096)) {
        if (find_wanted(&search, &scratch))
            groups = group(search.blocks, search.count, wish->leaks, wish->capacity);
        if (search.scratch.all.start)
            _thimble_scratch_close(&search.scratch);
        _thimble_scratch_close(&scratch);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return groups;
}

/* Its frame is where looking begins; so it has nothing in it. */
static __attribute__((noinline)) size_t find_from_here(const struct wish *wish) {
    return find_from((uintptr_t)__builtin_frame_address(0), wish);
}

/* The registers that a call preserves go into this frame. */
static __attribute__((noinline)) size_t find_with_registers(const struct wish *wish) {
    __builtin_unwind_init();
    size_t groups = find_from_here(wish);
    __asm__ volatile("" : "+r"(groups)); /* no jump into it: the frame stays */
    return groups;
}

__attribute__((noinline)) void _thimble_clear_dead_stack(void) {
    char dead[DEAD_STACK];
    memset(dead, 0, sizeof(dead));
    __asm__ volatile("" : : "r"(dead) : "memory");
}

static size_t find(uint32_t since, bool reached, struct leak *leaks, size_t capacity) {
    struct wish wish = {since, reached, leaks, capacity};
    if (!_thimble_observing() || !_thimble_tracker_has_since(since) || !has_candidates(since))
        return 0;
    _thimble_clear_dead_stack();
    return find_with_registers(&wish);
}

size_t _thimble_find_leaks(uint32_t since, struct leak *leaks, size_t capacity) {
    return find(since, false, leaks, capacity);
}

size_t _thimble_find_reachable(uint32_t since, struct leak *leaks, size_t capacity) {
    return find(since, true, leaks, capacity);
}
