/* Many threads that allocate, resize and free, blocks of others too, while all is looked at. */

#include "kit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 24, SHELVES = 512 };

/* What is put here anybody takes. */
static void *_Atomic shelves[SHELVES];
static _Atomic uint64_t made, made_bytes;
static _Atomic bool stop;

static unsigned next_random(unsigned *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void *allocate(void *seed) {
    unsigned state = (unsigned)(uintptr_t)seed;
    uint64_t count = 0, bytes = 0;
    for (int i = 0; i < 200000 / THREADS; i++) {
        size_t size = 1 + next_random(&state) % (next_random(&state) % 64 ? 300 : 200000);
        void *_Atomic *shelf = &shelves[next_random(&state) % SHELVES];
        void *block = NULL;
        switch (next_random(&state) % 4) {
        case 0:
            block = malloc(size);
            break;
        case 1:
            block = zoo_malloc(ADD_ANIMAL, size);
            break;
        case 2:
            block = zoo_calloc(BUILD_CAGE, 1, size);
            break;
        default:
            block = zoo_realloc(GROW_FRIENDS, atomic_exchange(shelf, NULL), size);
        }
        count++;
        bytes += size;
        void *other = atomic_exchange(shelf, block);
        if (i % 2)
            zoo_free(other);
        else
            free(opaque(other));
    }
    atomic_fetch_add(&made, count);
    atomic_fetch_add(&made_bytes, bytes);
    return NULL;
}

struct sum {
    uint64_t count, bytes;
    uintptr_t behind;
    bool sane;
};

static bool add(void *context, const struct block *block) {
    struct sum *sum = context;
    sum->sane &= block->address >= sum->behind && block->size <= 200000 &&
                 block->trace < _thimble_trace_count();
    sum->behind = block->address + block->size;
    sum->count++;
    sum->bytes += block->size;
    return true;
}

static void *look(void *sane) {
    while (!stop) {
        struct sum sum = {.sane = true};
        _thimble_each_block(add, &sum);
        /* Between two looks at one block another may begin in it: the sizes are sane. */
        *(bool *)sane &= sum.count < 100000;
    }
    return NULL;
}

static void check_sums(uint64_t before, uint64_t bytes_before) {
    static struct counted sums[64];
    struct sum live = {.sane = true};
    size_t current, peak;
    uint64_t count = 0, bytes = 0;
    _thimble_each_block(add, &live);
    _thimble_count_traced(&current, &peak);
    _thimble_count_sum(sums, 64);
    for (int i = 0; i < 64; i++) {
        count += sums[i].count;
        bytes += sums[i].bytes;
    }
    uint64_t shelved = 0;
    for (int i = 0; i < SHELVES; i++)
        shelved += shelves[i] != NULL;
    CHECK(live.sane);
    CHECK(live.count - before >= shelved && live.count - before < shelved + 100);
    CHECK(current >= live.bytes - bytes_before && peak >= current);
    CHECK(count >= made && count < made + 1000);
    CHECK(bytes >= made_bytes);
    CHECK(_thimble_tracker_dropped() == 0);
}

static void test_soak(void) {
    pthread_t threads[THREADS], looker;
    struct sum before = {.sane = true};
    bool sane = true;
    if (!observed())
        return;
    _thimble_each_block(add, &before);
    _thimble_count_start();
    for (uintptr_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, allocate, (void *)(i + 1));
    pthread_create(&looker, NULL, look, &sane);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    stop = true;
    pthread_join(looker, NULL);
    CHECK(sane);
    check_sums(before.count, before.bytes);
    for (int i = 0; i < SHELVES; i++)
        free(opaque(shelves[i]));
}

void run_soak_tests(void) {
    TEST(test_soak);
}
