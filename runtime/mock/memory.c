#include "memory.h"

#include "../base/arena.h"
#include "../check/check.h"
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define CHUNK ((size_t)64 * 1024)
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
static _Atomic int users;
static _Atomic bool begun;

static struct chunk *new_chunk(size_t size) {
    size_t capacity = size > CHUNK - sizeof(struct chunk) ? size : CHUNK - sizeof(struct chunk);
    struct chunk *chunk = _thimble_alloc(&_thimble_arena, sizeof *chunk + capacity);
    chunk->capacity = capacity;
    return chunk;
}

/* Makes the chunk behind `full` the current one. Of several threads one does it. */
static void advance(struct chunk *full, size_t size) {
    struct chunk *_Atomic *link = full ? &full->next : &first;
    struct chunk *next = atomic_load(link);
    if (!next) {
        struct chunk *fresh = new_chunk(size);
        if (atomic_compare_exchange_strong(link, &next, fresh))
            next = fresh;
    }
    if (atomic_compare_exchange_strong(&current, &full, next))
        atomic_fetch_add(&passed, next->capacity);
}

void *_thimble_test_alloc(size_t size) {
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    for (;;) {
        struct chunk *chunk = atomic_load_explicit(&current, memory_order_acquire);
        if (chunk) {
            size_t start = atomic_fetch_add_explicit(&chunk->used, size, memory_order_relaxed);
            if (start <= chunk->capacity && size <= chunk->capacity - start)
                return chunk->bytes + start;
        }
        advance(chunk, size);
    }
}

bool _thimble_test_memory_is_full(void) {
    return atomic_load_explicit(&passed, memory_order_relaxed) > MOST;
}

void _thimble_test_memory_enter(void) {
    atomic_fetch_add(&users, 1);
}

void _thimble_test_memory_leave(void) {
    atomic_fetch_sub_explicit(&users, 1, memory_order_release);
}

static void end(void *unused) {
    (void)unused;
    atomic_store(&begun, false);
    atomic_store(&passed, 0);
    if (atomic_load(&users)) { /* a thread was left behind: let it have the memory */
        atomic_store(&first, NULL);
        atomic_store(&current, NULL);
        return;
    }
    for (struct chunk *chunk = atomic_load(&first); chunk; chunk = atomic_load(&chunk->next))
        atomic_store(&chunk->used, 0);
    atomic_store(&current, atomic_load(&first));
}

void _thimble_test_memory_begin(void) {
    if (!atomic_exchange(&begun, true))
        _thimble_at_test_end(end, NULL);
}

/* ---- Names ---- */

enum { BUCKETS = 256 };

struct interned {
    struct interned *next;
    char text[];
};

static struct interned *names[BUCKETS];
static pthread_mutex_t names_lock = PTHREAD_MUTEX_INITIALIZER;

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
    pthread_mutex_lock(&names_lock);
    const char *name = intern(text);
    pthread_mutex_unlock(&names_lock);
    return name;
}
