#include "counters.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "../base/arena.h"
#include "../base/single.h"

bool _thimble_counting;

/* Blocks that are older do not count. */
static uint32_t since;

/* ---- A thread's counters ---- */

typedef _Atomic uint64_t number;

struct counter {
    number count, bytes; /* may be below zero, modulo 2^64: what was named elsewhere */
};

/* Chunk k holds FIRST << k counters. */
#define FIRST_BITS 8
#define CHUNKS 21

struct counters {
    struct counters *next;   /* of all that there ever were */
    _Atomic bool used;       /* by a thread that lives */
    _Atomic int64_t pending; /* of `current`, in bytes */
    struct counter *_Atomic chunks[CHUNKS];
};

static struct counters *_Atomic all;
static _Atomic size_t own_size;

static __thread struct counters *own __attribute__((tls_model("initial-exec")));

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void let_go(void *counters) {
    own = NULL;
    atomic_store(&((struct counters *)counters)->used, false);
}

static void make_key(void) {
    pthread_key_create(&key, let_go);
}

static struct counters *take_used(void) {
    for (struct counters *at = atomic_load(&all); at; at = at->next) {
        bool used = false;
        if (atomic_compare_exchange_strong(&at->used, &used, true))
            return at;
    }
    return NULL;
}

/* Null where the system has no memory. */
static __attribute__((noinline)) struct counters *take_counters(void) {
    struct counters *mine = take_used();
    if (!mine) {
        mine = _thimble_try_alloc(&_thimble_arena, sizeof *mine);
        if (!mine)
            return NULL;
        atomic_store(&mine->used, true);
        mine->next = atomic_load(&all);
        while (!atomic_compare_exchange_weak(&all, &mine->next, mine))
            continue;
        atomic_fetch_add(&own_size, sizeof *mine);
    }
    own = mine;
    /* It may allocate, and come here again. */
    pthread_setspecific(key, mine);
    return mine;
}

static __attribute__((noinline)) struct counter *make_chunk(struct counters *mine, unsigned chunk) {
    size_t size = sizeof(struct counter) << (FIRST_BITS + chunk);
    int saved = errno;
    void *made = mmap(NULL, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    errno = saved;
    if (made == MAP_FAILED)
        return NULL;
    atomic_fetch_add(&own_size, size);
    struct counter *none = NULL;
    if (!atomic_compare_exchange_strong(&mine->chunks[chunk], &none, made)) {
        munmap(made, size); /* a signal's handler was here meanwhile */
        made = none;
    }
    return made;
}

static unsigned chunk_of(uint32_t trace) {
    return 31u - (unsigned)__builtin_clz((trace >> FIRST_BITS) + 1);
}

static inline void add(number *to, uint64_t value) {
    atomic_store_explicit(to, atomic_load_explicit(to, memory_order_relaxed) + value,
                          memory_order_relaxed);
}

static inline void count(struct counters *mine, uint32_t trace, uint64_t blocks, uint64_t bytes) {
    unsigned chunk = chunk_of(trace);
    if (chunk >= CHUNKS)
        return;
    struct counter *counters = atomic_load_explicit(&mine->chunks[chunk], memory_order_relaxed);
    if (!counters && !(counters = make_chunk(mine, chunk)))
        return;
    struct counter *counter = &counters[trace - (((UINT32_C(1) << chunk) - 1) << FIRST_BITS)];
    add(&counter->count, blocks);
    add(&counter->bytes, bytes);
}

static inline struct counters *counters(void) {
    return __builtin_expect(own != NULL, 1) ? own : take_counters();
}

/* ---- Bytes live ----
 * Where there are more threads, each tells the others only of a larger sum. */

#define TOLD ((int64_t)64 * 1024)

static _Atomic int64_t current, peak;

static void raise_peak(int64_t now) {
    int64_t before = atomic_load_explicit(&peak, memory_order_relaxed);
    while (now > before && !atomic_compare_exchange_weak_explicit(
                               &peak, &before, now, memory_order_relaxed, memory_order_relaxed))
        continue;
}

static void tell(struct counters *mine, int64_t pending) {
    atomic_store_explicit(&mine->pending, 0, memory_order_relaxed);
    raise_peak(atomic_fetch_add_explicit(&current, pending, memory_order_relaxed) + pending);
}

static inline void change(struct counters *mine, int64_t bytes) {
    if (_thimble_surely_single()) {
        int64_t now = atomic_load_explicit(&current, memory_order_relaxed) + bytes;
        atomic_store_explicit(&current, now, memory_order_relaxed);
        if (now > atomic_load_explicit(&peak, memory_order_relaxed))
            atomic_store_explicit(&peak, now, memory_order_relaxed);
        return;
    }
    int64_t pending = atomic_load_explicit(&mine->pending, memory_order_relaxed) + bytes;
    if (pending >= TOLD || pending <= -TOLD)
        tell(mine, pending);
    else
        atomic_store_explicit(&mine->pending, pending, memory_order_relaxed);
}

/* ---- Counting ---- */

void _thimble_count_made(const struct block *block) {
    struct counters *mine = counters();
    if (!mine || block->number < since)
        return;
    count(mine, block->trace, 1, block->size);
    change(mine, (int64_t)block->size);
}

void _thimble_count_named(const struct block *before, uint32_t trace, size_t size) {
    struct counters *mine = counters();
    if (!mine || before->number < since)
        return;
    count(mine, before->trace, UINT64_MAX, -(uint64_t)before->size);
    count(mine, trace, 1, size);
    if (size != before->size)
        change(mine, (int64_t)size - (int64_t)before->size);
}

void _thimble_count_resized(const struct block *before, size_t size) {
    struct counters *mine = counters();
    if (!mine || before->number < since)
        return;
    count(mine, before->trace, 1, size);
    change(mine, (int64_t)size - (int64_t)before->size);
}

void _thimble_count_gone(const struct block *block) {
    struct counters *mine = counters();
    if (mine && block->number >= since)
        change(mine, -(int64_t)block->size);
}

void _thimble_count_start(void) {
    pthread_once(&once, make_key);
    since = _thimble_tracker_now();
    for (struct counters *at = atomic_load(&all); at; at = at->next) {
        atomic_store(&at->pending, 0);
        for (unsigned chunk = 0; chunk < CHUNKS; chunk++)
            if (at->chunks[chunk])
                madvise(at->chunks[chunk], sizeof(struct counter) << (FIRST_BITS + chunk),
                        MADV_DONTNEED);
    }
    atomic_store(&current, 0);
    atomic_store(&peak, 0);
    _thimble_counting = true;
}

void _thimble_count_stop(void) {
    _thimble_counting = false;
}

/* ---- Sums ---- */

static void sum_chunk(const struct counter *counters, uint32_t first, uint32_t size,
                      struct counted *sums, uint32_t limit) {
    for (uint32_t i = 0; i < size && first + i < limit; i++) {
        sums[first + i].count += atomic_load_explicit(&counters[i].count, memory_order_relaxed);
        sums[first + i].bytes += atomic_load_explicit(&counters[i].bytes, memory_order_relaxed);
    }
}

void _thimble_count_sum(struct counted *sums, uint32_t limit) {
    for (struct counters *at = atomic_load(&all); at; at = at->next) {
        for (unsigned chunk = 0; chunk < CHUNKS; chunk++) {
            uint32_t first = ((UINT32_C(1) << chunk) - 1) << FIRST_BITS;
            const struct counter *counters = atomic_load(&at->chunks[chunk]);
            if (counters && first < limit)
                sum_chunk(counters, first, UINT32_C(1) << (FIRST_BITS + chunk), sums, limit);
        }
    }
}

void _thimble_count_traced(size_t *now, size_t *most) {
    int64_t sum = atomic_load(&current);
    for (struct counters *at = atomic_load(&all); at; at = at->next)
        sum += atomic_load_explicit(&at->pending, memory_order_relaxed);
    raise_peak(sum);
    *now = sum > 0 ? (size_t)sum : 0;
    *most = (size_t)atomic_load(&peak);
}

void _thimble_count_reset_peak(void) {
    size_t now, most;
    _thimble_count_traced(&now, &most);
    atomic_store(&peak, (int64_t)now);
}

size_t _thimble_counters_size(void) {
    return atomic_load(&own_size);
}
