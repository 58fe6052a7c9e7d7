/* For madvise. */
#define _GNU_SOURCE 1

#include "memory.h"

#include "../base/arena.h"
#include "../base/lock.h"
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SMALLEST ((size_t)16 * 1024)
#define LARGEST ((size_t)4 * 1024 * 1024)
#define HUGE_PAGE ((size_t)2 * 1024 * 1024)
#define MOST ((size_t)256 * 1024 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

/* Chunks are filled one after another, and all of them again in the next test. */
struct chunk {
    struct chunk *_Atomic next;
    _Atomic size_t used; /* passes the capacity when the chunk is full */
    size_t capacity;
    _Alignas(ALIGNMENT) char bytes[];
};

static struct chunk *_Atomic first, *_Atomic current;
static _Atomic size_t passed; /* bytes of the chunks up to the current one */

static void populate(const void *memory, size_t size) {
#ifdef MADV_POPULATE_WRITE
    size_t into_page = (uintptr_t)memory % (size_t)sysconf(_SC_PAGESIZE);
    if (size >= HUGE_PAGE)
        madvise((char *)(uintptr_t)memory - into_page, size + into_page, MADV_HUGEPAGE);
    madvise((char *)(uintptr_t)memory - into_page, size + into_page, MADV_POPULATE_WRITE);
#else
    (void)memory, (void)size;
#endif
}

/* The more a test needs, the larger. What is large is needed whole: to have it
 * filled with pages at once is cheaper than page by page, and few large ones are cheaper
 * still where the system has them. */
static struct chunk *new_chunk(const struct chunk *before, size_t least) {
    size_t size = before && before->capacity >= SMALLEST ? before->capacity * 4 : SMALLEST;
    size = size > LARGEST ? LARGEST : size;
    size = size < least ? least : size;
    struct chunk *chunk = _thimble_alloc(&_thimble_arena, sizeof *chunk + size);
    chunk->capacity = size;
    if (before)
        populate(chunk, sizeof *chunk + size);
    return chunk;
}

/* Makes the chunk behind `full` the current one. Of several threads one does it. */
static void advance(struct chunk *full, size_t size) {
    struct chunk *_Atomic *link = full ? &full->next : &first;
    struct chunk *next = atomic_load(link);
    if (!next) {
        struct chunk *fresh = new_chunk(full, size);
        if (atomic_compare_exchange_strong(link, &next, fresh))
            next = fresh;
    }
    if (atomic_compare_exchange_strong(&current, &full, next))
        atomic_fetch_add(&passed, next->capacity);
}

static size_t rounded_up(size_t size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* ThreadSanitizer, where the program has it: it does not see our atomic operations, but in part
 * what is done with memory that one thread gave back and another took. */
extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

void *_thimble_test_alloc(size_t size) {
    size = rounded_up(size);
    for (;;) {
        struct chunk *chunk = atomic_load_explicit(&current, memory_order_acquire);
        if (chunk) {
            size_t start = atomic_fetch_add_explicit(&chunk->used, size, memory_order_relaxed);
            if (__tsan_acquire)
                __tsan_acquire(&chunk->used);
            if (start <= chunk->capacity && size <= chunk->capacity - start)
                return chunk->bytes + start;
        }
        advance(chunk, size);
    }
}

void _thimble_test_shrink(void *block, size_t size, size_t needed) {
    struct chunk *chunk = atomic_load_explicit(&current, memory_order_acquire);
    size_t start = chunk ? (uintptr_t)block - (uintptr_t)chunk->bytes : 0;
    size_t end = start + rounded_up(size);
    if (!chunk || start >= chunk->capacity)
        return;
    if (__tsan_release)
        __tsan_release(&chunk->used);
    atomic_compare_exchange_strong_explicit(&chunk->used, &end, start + rounded_up(needed),
                                            memory_order_relaxed, memory_order_relaxed);
}

bool _thimble_test_memory_is_full(void) {
    return atomic_load_explicit(&passed, memory_order_relaxed) > MOST;
}

/* Whether no other thread can be in the middle of recording a call. */
static bool is_only_thread(void) {
    struct stat tasks; /* a folder has a link for each folder in it, and two more */
    return stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink == 3;
}

void _thimble_test_memory_mark(struct test_memory *mark) {
    mark->first = atomic_load(&first);
    mark->chunk = atomic_load(&current);
    mark->used = mark->chunk ? atomic_load(&mark->chunk->used) : 0;
    mark->passed = atomic_load(&passed);
}

static bool is_unused_since(const struct test_memory *mark) {
    struct chunk *chunk = atomic_load(&current);
    return chunk == mark->chunk && (!chunk || atomic_load(&chunk->used) == mark->used);
}

void _thimble_test_memory_release(const struct test_memory *mark) {
    if (is_unused_since(mark))
        return;
    atomic_store(&passed, mark->passed);
    if (!is_only_thread()) { /* let the others have the memory for ever */
        atomic_store(&first, NULL);
        atomic_store(&current, NULL);
        return;
    }
    if (mark->chunk)
        atomic_store(&first, mark->first);
    struct chunk *start = mark->chunk ? mark->chunk : atomic_load(&first);
    for (struct chunk *chunk = start; chunk; chunk = atomic_load(&chunk->next))
        atomic_store(&chunk->used, chunk == mark->chunk ? mark->used : 0);
    atomic_store(&current, start);
}

/* ---- Names ---- */

enum { BUCKETS = 256 };

struct interned {
    struct interned *next;
    char text[];
};

static struct interned *names[BUCKETS];
pthread_mutex_t _thimble_names_lock = PTHREAD_MUTEX_INITIALIZER;

static size_t bucket_of(const char *text) {
    size_t hash = 5381;
    for (; *text; text++)
        hash = hash * 33 + (unsigned char)*text;
    return hash % BUCKETS;
}

static const char *intern(const char *text) {
    struct interned **bucket = &names[bucket_of(text)];
    for (struct interned *name = *bucket; name; name = name->next)
        if (!strcmp(name->text, text))
            return name->text;
    size_t size = strlen(text) + 1;
    struct interned *name = _thimble_alloc(&_thimble_arena, sizeof *name + size);
    memcpy(name->text, text, size);
    name->next = *bucket;
    *bucket = name;
    return name->text;
}

const char *_thimble_intern(const char *text) {
    sigset_t mask;
    _thimble_lock(&_thimble_names_lock, &mask);
    const char *name = intern(text);
    _thimble_unlock(&_thimble_names_lock, &mask);
    return name;
}
