/* For MAP_ANONYMOUS and pthread_self's address. */
#define _GNU_SOURCE 1

#include "roots.h"

#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/maps.h"
#include "../base/peek.h"
#include "../debug/answer.h"
#include "interpose.h"
#include "shadow.h"

/* What a process may have, unless its administrator said otherwise. */
#define MOST_RANGES ((size_t)1 << 16)

/* ---- Scratch ---- */

#define ALIGNMENT ((size_t)64)

/* Most of it is never touched: a huge page for the first byte would be cleared for
 * nothing. */
bool _thimble_scratch_open(struct scratch *scratch, size_t size) {
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return false;
    madvise(memory, size, MADV_NOHUGEPAGE);
    uintptr_t start = (uintptr_t)memory;
    *scratch = (struct scratch){.all = {start, start + size}, .used = start};
    return true;
}

void _thimble_scratch_close(struct scratch *scratch) {
    munmap((void *)scratch->all.start, scratch->all.end - scratch->all.start);
}

void *_thimble_scratch(struct scratch *scratch, size_t size) {
    void *piece = (void *)scratch->used;
    scratch->used += (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return piece;
}

/* ---- Ranges ---- */

#define LISTS 4 /* of ranges */

size_t _thimble_roots_size(void) {
    return LISTS * MOST_RANGES * sizeof(struct range);
}

static struct ranges no_ranges(struct scratch *scratch) {
    return (struct ranges){.items = _thimble_scratch(scratch, MOST_RANGES * sizeof(struct range)),
                           .capacity = MOST_RANGES};
}

/* Behind the last one, which it continues or not. One that finds no room makes
 * count greater than capacity. */
static void add(struct ranges *ranges, uintptr_t start, uintptr_t end) {
    if (start >= end)
        return;
    if (ranges->count > 0 && ranges->count <= ranges->capacity &&
        ranges->items[ranges->count - 1].end == start) {
        ranges->items[ranges->count - 1].end = end;
        return;
    }
    if (ranges->count < ranges->capacity)
        ranges->items[ranges->count] = (struct range){start, end};
    if (ranges->count <= ranges->capacity)
        ranges->count++;
}

static bool overflown(const struct ranges *ranges) {
    return ranges->count > ranges->capacity;
}

/* Shell's sort: libc's may call malloc. */
static void sort(struct ranges *ranges) {
    for (size_t gap = ranges->count / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11) {
        for (size_t i = gap; i < ranges->count; i++) {
            struct range moved = ranges->items[i];
            size_t j = i;
            for (; j >= gap && ranges->items[j - gap].start > moved.start; j -= gap)
                ranges->items[j] = ranges->items[j - gap];
            ranges->items[j] = moved;
        }
    }
}

/* What of `all` is in none of `excluded`, into `left`. */
static void subtract(struct ranges *left, const struct ranges *all, const struct ranges *excluded) {
    size_t first = 0;
    for (size_t i = 0; i < all->count; i++) {
        uintptr_t at = all->items[i].start, end = all->items[i].end;
        while (first < excluded->count && excluded->items[first].end <= at)
            first++;
        for (size_t j = first; j < excluded->count && excluded->items[j].start < end; j++) {
            add(left, at, excluded->items[j].start);
            if (excluded->items[j].end > at)
                at = excluded->items[j].end;
        }
        add(left, at, end);
    }
}

/* ---- The kernel's list ---- */

enum backing {
    ANONYMOUS, /* the main thread's stack too */
    OF_FILE,
    BRK_HEAP,
    SPECIAL /* a device's or the kernel's */
};

struct mapping {
    uintptr_t start, end;
    bool readable, writable, shared;
    bool is_main_stack;
    enum backing backing;
    uint64_t device, inode;
};

static bool has_prefix(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static enum backing backing_of(const char *path) {
    if (path[0] == '\0' || has_prefix(path, "[stack") || has_prefix(path, "[anon:") ||
        has_prefix(path, "/dev/zero"))
        return ANONYMOUS;
    if (strcmp(path, "[heap]") == 0)
        return BRK_HEAP;
    bool special = path[0] == '[' || (has_prefix(path, "/dev/") && !has_prefix(path, "/dev/shm/"));
    return special ? SPECIAL : OF_FILE;
}

static struct mapping read_mapping(const struct map_line *line) {
    return (struct mapping){.start = line->start,
                            .end = line->end,
                            .readable = line->readable,
                            .writable = line->writable,
                            .shared = line->shared,
                            .is_main_stack = strcmp(line->path, "[stack]") == 0,
                            .backing = backing_of(line->path),
                            .device = line->device,
                            .inode = line->inode};
}

/* ---- What holds no pointers of the program's ---- */

struct finding {
    struct roots *roots;
    struct ranges candidates, excluded; /* the latter in any order */
    uintptr_t frame;
    const struct held_threads *threads;
    struct mapping before;
    struct mapping allocator; /* its code */
};

static void exclude(void *context, const void *start, size_t size) {
    struct finding *finding = context;
    add(&finding->excluded, (uintptr_t)start, (uintptr_t)start + size);
}

static void exclude_own_memory(struct finding *finding, const struct scratch *scratch) {
    add(&finding->excluded, scratch->all.start, scratch->all.end);
    _thimble_shadow_memory(exclude, finding);
    _thimble_own_memory(exclude, finding);
    exclude(finding, &_thimble_debug_memory, sizeof(_thimble_debug_memory));
}

/* The start of a heap of glibc's malloc besides brk's: one for other threads. All
 * of it is the allocator's: live blocks, which are looked at by themselves, and
 * what freed ones left behind. */
struct arena_heap {
    uintptr_t arena, before, size, committed;
};

#define ARENA_HEAP_ALIGNMENT (sizeof(void *) == 8 ? (uintptr_t)64 << 20 : (uintptr_t)1 << 20)

static bool is_arena_heap(uintptr_t at, const struct arena_heap *heap, uintptr_t end) {
    bool first = heap->before == 0 && heap->arena - at < 256;
    bool later = heap->before != 0 && heap->before % ARENA_HEAP_ALIGNMENT == 0 && heap->arena != 0;
    return (first || later) && heap->size >= sizeof(*heap) && heap->size <= heap->committed &&
           heap->committed % 4096 == 0 && heap->committed <= end - at;
}

/* A larger mapping is somebody's reserve of addresses, which looking at the start
 * of each heap in it would fill. */
#define MOST_ARENA_HEAPS 256

static void exclude_arena_heaps(struct finding *finding, const struct mapping *mapping) {
    if ((mapping->end - mapping->start) / ARENA_HEAP_ALIGNMENT > MOST_ARENA_HEAPS)
        return;
    uintptr_t at = (mapping->start + ARENA_HEAP_ALIGNMENT - 1) & -ARENA_HEAP_ALIGNMENT;
    for (; at >= mapping->start && at < mapping->end; at += ARENA_HEAP_ALIGNMENT) {
        struct arena_heap heap;
        if (_thimble_peek(&heap, (void *)at, sizeof(heap)) == sizeof(heap) &&
            is_arena_heap(at, &heap, mapping->end))
            add(&finding->excluded, at, at + heap.committed);
    }
}

/* Behind a page without access, as stacks are. */
static bool is_guarded(const struct mapping *mapping, const struct mapping *before) {
    return before->end == mapping->start && !before->readable && !before->writable &&
           before->backing == ANONYMOUS;
}

/* glibc keeps a few stacks of threads that ended, with all that was on them. It
 * writes the extent of a thread's stack and of its guard down at the stack's top.
 * Returns the stack's end, or 0 where it can't be seen that this is one. */
static uintptr_t stack_end(const struct mapping *mapping, const struct mapping *guard) {
    enum { WORDS = 512, OVERLAP = 2, PIECES = 16 };
    uintptr_t words[WORDS + OVERLAP] = {0};
    const size_t piece_size = WORDS * sizeof(*words);
    uintptr_t at = mapping->end;
    for (int piece = 0; piece < PIECES && at - mapping->start >= sizeof(words); piece++) {
        memcpy(words + WORDS, words, sizeof(*words) * OVERLAP);
        at -= piece_size;
        if (_thimble_peek(words, (void *)at, piece_size) != piece_size)
            return 0;
        for (int i = 0; i < WORDS; i++) {
            uintptr_t start = words[i], size = words[i + 1], guard_size = words[i + 2];
            if (start >= guard->start && start < mapping->start &&
                guard_size == mapping->start - start && size > guard_size &&
                size <= mapping->end - start)
                return start + size;
        }
    }
    return 0;
}

static bool is_within(uintptr_t address, uintptr_t start, uintptr_t end) {
    return address >= start && address < end;
}

static bool is_in_use(const struct finding *finding, uintptr_t start, uintptr_t end) {
    bool used =
        is_within(finding->frame, start, end) || is_within((uintptr_t)pthread_self(), start, end);
    for (size_t i = 0; i < finding->threads->count; i++) {
        const struct held_thread *thread = &finding->threads->items[i];
        used |= is_within(thread->frame, start, end) || is_within(thread->self, start, end);
    }
    return used;
}

static void exclude_below(struct finding *finding, const struct mapping *mapping, uintptr_t frame) {
    if (is_within(frame, mapping->start, mapping->end))
        add(&finding->excluded, mapping->start, frame);
}

/* Of a stack in use, what is below its last frame. Where a mapping is not surely
 * one thread's stack, it all stays. */
static void exclude_dead_stack(struct finding *finding, const struct mapping *mapping) {
    bool guarded = is_guarded(mapping, &finding->before);
    if (!guarded && !mapping->is_main_stack)
        return;
    uintptr_t end = guarded ? stack_end(mapping, &finding->before) : 0;
    if (end && !is_in_use(finding, mapping->start, end)) {
        add(&finding->excluded, mapping->start, end);
        return;
    }
    exclude_below(finding, mapping, finding->frame);
    for (size_t i = 0; i < finding->threads->count; i++)
        exclude_below(finding, mapping, finding->threads->items[i].frame);
}

/* ---- All together ---- */

/* Memory that can't be written now holds pointers if it could be before: a pool
 * that is protected. */
static bool may_hold_pointers(const struct mapping *mapping) {
    if (mapping->shared || (mapping->backing == BRK_HEAP && _thimble_observed_all()))
        return false;
    return mapping->writable || mapping->backing == ANONYMOUS;
}

/* Code comes before variables. */
static bool is_allocators(struct finding *finding, const struct mapping *mapping) {
    if (is_within(_thimble_allocator(), mapping->start, mapping->end))
        finding->allocator = *mapping;
    return mapping->backing == OF_FILE && mapping->inode == finding->allocator.inode &&
           mapping->device == finding->allocator.device;
}

static void add_mapping(struct finding *finding, const struct mapping *mapping) {
    if (!mapping->readable || mapping->backing == SPECIAL)
        return;
    add(&finding->roots->readable, mapping->start, mapping->end);
    bool allocators = is_allocators(finding, mapping);
    if (!may_hold_pointers(mapping))
        return;
    if (allocators && finding->roots->allocators.end == 0) {
        finding->roots->allocators = (struct range){mapping->start, mapping->end};
        return;
    }
    add(&finding->candidates, mapping->start, mapping->end);
    if (mapping->backing != ANONYMOUS)
        return;
    if (_thimble_observed_all())
        exclude_arena_heaps(finding, mapping);
    exclude_dead_stack(finding, mapping);
}

static bool read_mappings(struct finding *finding) {
    struct maps maps;
    struct map_line line;
    if (!_thimble_open_maps(&maps))
        return false;
    while (_thimble_next_map(&maps, &line)) {
        struct mapping mapping = read_mapping(&line);
        add_mapping(finding, &mapping);
        finding->before = mapping;
    }
    return _thimble_close_maps(&maps);
}

bool _thimble_find_roots(struct roots *roots, struct scratch *scratch, uintptr_t frame,
                         const struct held_threads *threads) {
    struct finding finding = {.roots = roots, .frame = frame, .threads = threads};
    roots->readable = no_ranges(scratch);
    roots->ranges = no_ranges(scratch);
    finding.candidates = no_ranges(scratch);
    finding.excluded = no_ranges(scratch);
    if (!read_mappings(&finding))
        return false;
    exclude_own_memory(&finding, scratch);
    if (overflown(&roots->readable) || overflown(&finding.candidates) ||
        overflown(&finding.excluded))
        return false;
    sort(&finding.excluded);
    subtract(&roots->ranges, &finding.candidates, &finding.excluded);
    return !overflown(&roots->ranges);
}
