#include "arena.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "text.h"

/* Chunks are handed out from the front. A new one replaces a full one as the
 * current one; the rest of the full one is lost, which is why a large block gets
 * a chunk of its own. */
#define CHUNK_SIZE ((size_t)64 * 1024)
#define LARGE_SIZE (CHUNK_SIZE / 8)
#define ALIGNMENT _Alignof(max_align_t)

struct chunk {
    _Alignas(ALIGNMENT) _Atomic size_t used; /* with this header; passes `size` when full */
    size_t size;
    struct chunk *next; /* the one that was mapped before it */
};

struct arena {
    struct chunk *_Atomic current;
    struct chunk *_Atomic all;
};

struct arena _thimble_arena;

/* Null where the system has no more memory. */
static struct chunk *map(size_t size) {
    struct chunk *chunk =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (chunk == MAP_FAILED)
        return NULL;
    atomic_init(&chunk->used, sizeof(*chunk));
    chunk->size = size;
    return chunk;
}

static __attribute__((noreturn)) void give_up(void) {
    static const char message[] = "thimble: the system has no more memory\n";
    _thimble_write(STDERR_FILENO, message, sizeof(message) - 1);
    _exit(3);
}

static void list(struct arena *arena, struct chunk *chunk) {
    chunk->next = atomic_load(&arena->all);
    while (!atomic_compare_exchange_weak(&arena->all, &chunk->next, chunk))
        continue;
}

/* Null where the chunk has no room left. */
static void *take(struct chunk *chunk, size_t size) {
    size_t start = atomic_fetch_add_explicit(&chunk->used, size, memory_order_relaxed);
    return start <= chunk->size - size ? (char *)chunk + start : NULL;
}

static bool renew(struct arena *arena, struct chunk *full) {
    struct chunk *fresh = map(CHUNK_SIZE);
    if (!fresh)
        return false;
    /* Another thread that was first has a chunk for both. */
    if (atomic_compare_exchange_strong(&arena->current, &full, fresh))
        list(arena, fresh);
    else
        munmap(fresh, CHUNK_SIZE);
    return true;
}

void _thimble_reserve(struct arena *arena) {
    struct chunk *chunk = atomic_load_explicit(&arena->current, memory_order_acquire);
    if (!chunk || atomic_load_explicit(&chunk->used, memory_order_relaxed) > CHUNK_SIZE / 2)
        if (!renew(arena, chunk))
            give_up();
}

void *_thimble_try_alloc(struct arena *arena, size_t size) {
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size > LARGE_SIZE) {
        struct chunk *own = map(sizeof(*own) + size);
        if (!own)
            return NULL;
        list(arena, own);
        return own + 1;
    }
    for (;;) {
        struct chunk *chunk = atomic_load_explicit(&arena->current, memory_order_acquire);
        void *memory = chunk ? take(chunk, size) : NULL;
        if (memory)
            return memory;
        if (!renew(arena, chunk))
            return NULL;
    }
}

void *_thimble_alloc(struct arena *arena, size_t size) {
    void *memory = _thimble_try_alloc(arena, size);
    if (!memory)
        give_up();
    return memory;
}

char *_thimble_strndup(struct arena *arena, const char *text, size_t length) {
    char *copy = _thimble_alloc(arena, length + 1);
    return memcpy(copy, text, length);
}

void _thimble_own_memory(void (*visit)(void *context, const void *start, size_t size),
                         void *context) {
    for (struct chunk *chunk = atomic_load(&_thimble_arena.all); chunk; chunk = chunk->next)
        visit(context, chunk, chunk->size);
}
