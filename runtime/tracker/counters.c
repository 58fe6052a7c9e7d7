#include "counters.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>

#include "../base/arena.h"
#include "../base/single.h"

bool _thimble_counting;
uint32_t _thimble_counted_since;
__thread struct counters *_thimble_counters __attribute__((tls_model("initial-exec")));

static struct counters *_Atomic all;
static _Atomic size_t own_size;

/* ---- A thread's counters ---- */

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void let_go(void *counters) {
    _thimble_counters = NULL;
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

static struct counters *add_counters(void) {
    struct counters *own = _thimble_try_alloc(&_thimble_arena, sizeof *own);
    if (!own)
        return NULL;
    atomic_store(&own->used, true);
    own->next = atomic_load(&all);
    while (!atomic_compare_exchange_weak(&all, &own->next, own))
        continue;
    atomic_fetch_add(&own_size, sizeof *own);
    return own;
}

struct counters *_thimble_take_counters(void) {
    struct counters *own = take_used();
    if (!own && !(own = add_counters()))
        return NULL;
    _thimble_counters = own;
    /* It may allocate, and come here again. */
    pthread_setspecific(key, own);
    return own;
}

static size_t chunk_size(unsigned chunk) {
    return sizeof(struct counter) << (COUNTERS_FIRST_BITS + chunk);
}

struct counter *_thimble_make_counters(struct counters *own, unsigned chunk) {
    int saved = errno;
    if (chunk >= COUNTERS_CHUNKS)
        return NULL;
    void *made = mmap(NULL, chunk_size(chunk), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    errno = saved;
    if (made == MAP_FAILED)
        return NULL;
    struct counter *none = NULL;
    if (!atomic_compare_exchange_strong(&own->chunks[chunk], &none, made)) {
        munmap(made, chunk_size(chunk)); /* a signal's handler was here meanwhile */
        return none;
    }
    atomic_fetch_add(&own_size, chunk_size(chunk));
    return made;
}

/* ---- Bytes live ----
 * The sum of what the threads have told. Each tells of 64 KiB more or less; a single one of
 * each new peak, too, so that it is exact. */

#define TOLD ((int64_t)64 * 1024)

static _Atomic int64_t current, peak;

static void raise_peak(int64_t now) {
    int64_t before = atomic_load_explicit(&peak, memory_order_relaxed);
    while (now > before && !atomic_compare_exchange_weak_explicit(
                               &peak, &before, now, memory_order_relaxed, memory_order_relaxed))
        continue;
}

static int64_t set_told(struct counters *own, int64_t live) {
    int64_t more = live - atomic_load_explicit(&own->told, memory_order_relaxed);
    atomic_store_explicit(&own->told, live, memory_order_relaxed);
    atomic_store_explicit(&own->low, live - TOLD, memory_order_relaxed);
    if (!_thimble_surely_single())
        return atomic_fetch_add_explicit(&current, more, memory_order_relaxed) + more;
    int64_t now = atomic_load_explicit(&current, memory_order_relaxed) + more;
    atomic_store_explicit(&current, now, memory_order_relaxed);
    return now;
}

void _thimble_count_tell(struct counters *own, int64_t live) {
    int64_t now = set_told(own, live), room = TOLD;
    raise_peak(now);
    if (_thimble_surely_single()) {
        int64_t below_peak = atomic_load_explicit(&peak, memory_order_relaxed) - now;
        room = below_peak < TOLD ? below_peak : TOLD;
    }
    atomic_store_explicit(&own->room, (uint64_t)(TOLD + room), memory_order_relaxed);
}

/* ---- Beginning and end ---- */

static void forget(struct counters *counters) {
    atomic_store(&counters->made_count, 0);
    atomic_store(&counters->made_bytes, 0);
    atomic_store(&counters->gone_bytes, 0);
    atomic_store(&counters->told, 0);
    atomic_store(&counters->low, 0);
    atomic_store(&counters->room, 0);
    for (unsigned chunk = 0; chunk < COUNTERS_CHUNKS; chunk++)
        if (counters->chunks[chunk])
            madvise(counters->chunks[chunk], chunk_size(chunk), MADV_DONTNEED);
}

void _thimble_count_start(void) {
    pthread_once(&once, make_key);
    _thimble_counting = false;
    _thimble_counted_since = _thimble_tracker_now();
    for (struct counters *at = atomic_load(&all); at; at = at->next)
        forget(at);
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
    for (uint32_t i = 0; i < size; i++) {
        uint64_t count = atomic_load_explicit(&counters[i].count, memory_order_relaxed);
        uint64_t bytes = atomic_load_explicit(&counters[i].bytes, memory_order_relaxed);
        /* Number 0 is what is left of all. */
        sums[0].count -= count;
        sums[0].bytes -= bytes;
        if (first + i < limit) {
            sums[first + i].count += count;
            sums[first + i].bytes += bytes;
        }
    }
}

void _thimble_count_sum(struct counted *sums, uint32_t limit) {
    uint32_t given = _thimble_trace_count();
    if (limit == 0)
        return;
    for (struct counters *at = atomic_load(&all); at; at = at->next) {
        sums[0].count += atomic_load_explicit(&at->made_count, memory_order_relaxed);
        sums[0].bytes += atomic_load_explicit(&at->made_bytes, memory_order_relaxed);
        for (unsigned chunk = 0; chunk < COUNTERS_CHUNKS; chunk++) {
            uint32_t first = ((UINT32_C(1) << chunk) - 1) << COUNTERS_FIRST_BITS;
            uint32_t size = UINT32_C(1) << (COUNTERS_FIRST_BITS + chunk);
            const struct counter *counters = atomic_load(&at->chunks[chunk]);
            if (counters && first < given)
                sum_chunk(counters, first, given - first < size ? given - first : size, sums,
                          limit);
        }
    }
}

void _thimble_count_traced(size_t *now, size_t *most) {
    int64_t sum = 0;
    for (struct counters *at = atomic_load(&all); at; at = at->next)
        sum += (int64_t)(atomic_load_explicit(&at->made_bytes, memory_order_relaxed) -
                         atomic_load_explicit(&at->gone_bytes, memory_order_relaxed));
    raise_peak(sum);
    *now = sum > 0 ? (size_t)sum : 0;
    *most = (size_t)atomic_load(&peak);
}

void _thimble_count_reset_peak(void) {
    size_t now, most;
    _thimble_count_traced(&now, &most);
    atomic_store(&peak, (int64_t)now);
    /* Whoever allocates next looks again. */
    for (struct counters *at = atomic_load(&all); at; at = at->next)
        atomic_store(&at->room, 0);
}

size_t _thimble_counters_size(void) {
    return atomic_load(&own_size);
}
