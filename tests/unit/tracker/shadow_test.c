/* The shadow by itself. */

#include "kit.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tracker/records.h"
#include "tracker/shadow.h"

/* Addresses at which there is no block, with room for one of 32 bytes at each. */
#define FAKE(i) ((uintptr_t)0x20 + (uintptr_t)(i)*0x20)
#define REGION ((uintptr_t)1 << 26)

static bool put(uintptr_t address, size_t size) {
    struct block block = {.address = address, .size = size, .number = 1};
    return _thimble_shadow_put(&block);
}

static bool take(uintptr_t address, size_t size) {
    struct block taken = {0};
    return _thimble_shadow_take(address, &taken) && taken.address == address &&
           taken.size == size && taken.number == 1;
}

static void test_put_and_take(void) {
    struct block none;
    CHECK(!_thimble_shadow_take(FAKE(1), &none));
    CHECK(put(FAKE(1), 5));
    CHECK(put(FAKE(1), 6));
    CHECK(take(FAKE(1), 6));
    CHECK(!_thimble_shadow_take(FAKE(1), &none));
}

/* Each form in which a block is kept: small and not, huge, of large numbers, at the end of a
 * region, beside others in its granule. */
static void test_forms(void) {
    static const struct block forms[] = {
        {0x1000, 0, 1, 2},
        {0x1020, 32, 0, (1u << 25) - 1},
        {0x1040, 33, 268435455, 7},
        {0x2000, (size_t)1 << 31, 3, 4},
        {0x3000, (size_t)1 << 40, 5, 6},
        {((uintptr_t)1 << 45), 24, 8, 1u << 25},
        {((uintptr_t)1 << 45) + 64, 1000, 9, UINT32_MAX},
        {((uintptr_t)1 << 46) + REGION - 16, 16, 10, 1},
        {((uintptr_t)1 << 46) + REGION, 1000, 11, 1},
        {((uintptr_t)1 << 46) + REGION + 1008, 8, 12, 1},
        {((uintptr_t)1 << 46) + REGION + 1016, 8, 13, 1},
        {((uintptr_t)1 << 46) + REGION + 1024, 8, 14, 1},
        {((uintptr_t)1 << 48) - 16, 16, 15, 1},
    };
    enum { COUNT = sizeof forms / sizeof *forms };
    _thimble_smallest_block = 16;
    for (int from = 0; from < 2; from++) {
        for (int i = 0; i < COUNT; i++)
            CHECK(_thimble_shadow_put(&forms[from ? COUNT - 1 - i : i]));
        for (int i = 0; i < COUNT; i++) {
            struct block found, inside;
            CHECK(_thimble_find_block(forms[i].address, &found));
            CHECK(memcmp(&found, &forms[i], sizeof found) == 0);
            uintptr_t last = forms[i].address + forms[i].size - (forms[i].size > 0);
            bool hidden = i == 3 || i == 4; /* others begin in them */
            CHECK(hidden || (_thimble_find_block_around(last, &inside) &&
                             inside.address == forms[i].address));
        }
        for (int i = 0; i < COUNT; i++) {
            struct block taken;
            CHECK(_thimble_shadow_take(forms[i].address, &taken));
            CHECK(memcmp(&taken, &forms[i], sizeof taken) == 0);
            CHECK(!_thimble_shadow_take(forms[i].address, &taken));
        }
    }
    CHECK(!put((uintptr_t)1 << 48, 1) && _thimble_tracker_dropped() == 1);
}

/* Taken out in another order than put in, with others in between. */
static void test_many(void) {
    enum { COUNT = 200000, STRIDE = 7919 };
    for (size_t i = 0; i < COUNT; i++)
        CHECK(put(FAKE(i), i % 33));
    for (size_t i = 0; i < COUNT; i += 2)
        CHECK(take(FAKE(i), i % 33));
    for (size_t i = 0; i < COUNT; i += 2)
        CHECK(put(FAKE(COUNT + i), i % 33));
    for (size_t i = 1, n = 0; n < COUNT / 2; n++, i = (i + 2 * STRIDE) % COUNT)
        CHECK(take(FAKE(i), i % 33));
    for (size_t i = 0; i < COUNT; i += 2)
        CHECK(take(FAKE(COUNT + i), i % 33));
    CHECK(_thimble_tracker_dropped() == 0);
}

struct sum {
    size_t size;
    uintptr_t last;
    bool ascending;
};

static bool add_fake(void *context, const struct block *block) {
    struct sum *sum = context;
    sum->ascending &= block->address > sum->last;
    sum->last = block->address;
    sum->size += block->address < FAKE(1000) ? block->size : 0;
    return true;
}

static void test_each(void) {
    struct sum sum = {.ascending = true};
    for (size_t i = 0; i < 1000; i++)
        put(FAKE(i), i % 32);
    put(FAKE(1), 16);
    _thimble_each_block(add_fake, &sum);
    size_t wanted = 15;
    for (size_t i = 0; i < 1000; i++)
        wanted += i % 32;
    CHECK(sum.size == wanted);
    CHECK(sum.ascending);
}

/* What an older block left in its cells is none in a newer one. */
static void test_what_is_left_over_is_no_block(void) {
    struct block found, marked;
    uint32_t by;
    for (size_t i = 0; i < 10; i++)
        put(FAKE(i), 32);
    put(FAKE(0), 320);
    CHECK(_thimble_find_block_around(FAKE(0) + 5, &found) && found.size == 320);
    CHECK(!_thimble_shadow_find_released(FAKE(0) + 5, &marked, &by));
    CHECK(_thimble_shadow_release(FAKE(0), 7, &found) && found.size == 320);
    struct sum sum = {.ascending = true};
    _thimble_each_block(add_fake, &sum);
    CHECK(sum.size == 8 * 32); /* one lay under the cells of the larger one */
}

static void test_released(void) {
    struct block block = {FAKE(1), 24, 100, 1}, large = {FAKE(2), 5000, 200, 1}, found;
    uint32_t by;
    _thimble_shadow_put(&block);
    _thimble_shadow_put(&large);
    CHECK(_thimble_shadow_release(FAKE(1), 7, &found) && found.trace == 100);
    CHECK(_thimble_shadow_release(FAKE(2), 8, &found) && found.trace == 200);
    CHECK(!_thimble_shadow_release(FAKE(2), 9, &found));
    CHECK(_thimble_shadow_find_released(FAKE(1) + 23, &found, &by));
    CHECK(found.address == FAKE(1) && found.size == 24 && found.trace == 100 && by == 7);
    CHECK(!_thimble_shadow_find_released(FAKE(1) + 24, &found, &by));
    CHECK(_thimble_shadow_find_released(FAKE(2) + 4999, &found, &by));
    CHECK(found.size == 5000 && found.trace == 200 && by == 8);
    put(FAKE(1), 20);
    CHECK(!_thimble_shadow_find_released(FAKE(1) + 5, &found, &by));
}

static void test_name(void) {
    struct block named = {FAKE(1), THIMBLE_SIZE_UNKNOWN, 9, 0}, taken = {0}, before;
    CHECK(!_thimble_shadow_name(&named, &before));
    put(FAKE(1), 5);
    CHECK(_thimble_shadow_name(&named, &before) && before.trace == 0 && before.size == 5);
    named.size = 100;
    CHECK(_thimble_shadow_name(&named, &before) && before.trace == 9);
    CHECK(_thimble_shadow_take(FAKE(1), &taken));
    CHECK(taken.trace == 9 && taken.size == 100 && taken.number == 1);
}

static void test_flags(void) {
    struct block block = {FAKE(1), 5, 9, 3}, found;
    put(FAKE(1), 6);
    CHECK(_thimble_shadow_flags(FAKE(1), RECORD_OWN) == 0);
    CHECK(_thimble_shadow_put_special(&block, RECORD_PAIRED));
    CHECK(_thimble_shadow_flags(FAKE(1), RECORD_GRANTED) == RECORD_PAIRED);
    CHECK(_thimble_shadow_flags(FAKE(1), 0) == (RECORD_PAIRED | RECORD_GRANTED));
    CHECK(_thimble_shadow_take(FAKE(1), &found) && memcmp(&found, &block, sizeof found) == 0);
    CHECK(_thimble_shadow_flags(FAKE(1), 0) == 0);
}

/* There is no more memory: what does not fit is counted, and the program goes on. */
static void test_no_memory(void) {
    if (!observed()) /* sanitizers need terabytes of addresses */
        return;
    struct rlimit none = {1 << 20, 1 << 20};
    put(FAKE(0), 1);
    setrlimit(RLIMIT_AS, &none);
    CHECK(put(FAKE(1), 1) && !put(FAKE(1) + ((uintptr_t)1 << 44), 1));
    CHECK(_thimble_tracker_dropped() == 1);
    errno = 0;
    put((uintptr_t)1 << 43, 1);
    CHECK(errno == 0);
    CHECK(take(FAKE(1), 1));
    void *block = malloc(100);
    CHECK(block);
    free(block);
}

static volatile bool working, stop_working;

static void *work(void *context) {
    uintptr_t base = 100000 * ((uintptr_t)context + 1);
    while (!stop_working) {
        for (size_t i = 0; i < 1000; i++)
            put(FAKE(base + i), i % 33);
        working = true;
        for (size_t i = 0; i < 1000; i++)
            CHECK(take(FAKE(base + i), i % 33));
    }
    return NULL;
}

/* A child finds no lock held by a thread that it has not got. */
static void test_fork_while_others_work(void) {
    pthread_t threads[2];
    for (uintptr_t i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, work, (void *)i);
    while (!working)
        ;
    for (int i = 0; i < 40; i++) {
        pid_t child = fork();
        if (child == 0) {
            alarm(10);
            for (size_t j = 0; j < 2000; j++)
                put(FAKE(j), j % 33);
            free(opaque(malloc(100)));
            _exit(!take(FAKE(1999), 1999 % 33));
        }
        int status = 1;
        CHECK(waitpid(child, &status, 0) == child && status == 0);
    }
    stop_working = true;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}

static bool allocating;

static void allocate(void) {
    if (allocating)
        zoo_free(zoo_malloc(ADD_ANIMAL, 100));
}

static void *wait_for_ever(void *context) {
    pause();
    return context;
}

/* Handlers that were registered before ours run while all is locked. */
static void test_fork_handlers_allocate(void) {
    pthread_t other;
    alarm(10);
    pthread_create(&other, NULL, wait_for_ever, NULL);
    _thimble_keep_frames(8);
    allocating = true;
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    int status = 1;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
}

/* A handler that allocates while its own thread is in the records. */
static void test_signal_in_the_middle(void) {
    struct block block = {FAKE(1), 1, 0, 1};
    alarm(10);
    CHECK(_thimble_records_lock());
    CHECK(put(FAKE(2), 20) && !_thimble_shadow_put_special(&block, RECORD_OWN));
    _thimble_records_unlock();
    CHECK(_thimble_tracker_dropped() == 1);
    CHECK(_thimble_shadow_put_special(&block, RECORD_OWN) && take(FAKE(1), 1));
}

__attribute__((constructor)) static void register_handlers(void) {
    pthread_atfork(allocate, allocate, allocate);
}

void run_shadow_tests(void) {
    TEST(test_put_and_take);
    TEST(test_forms);
    TEST(test_many);
    TEST(test_each);
    TEST(test_what_is_left_over_is_no_block);
    TEST(test_released);
    TEST(test_name);
    TEST(test_flags);
    TEST(test_no_memory);
    TEST(test_fork_while_others_work);
    TEST(test_fork_handlers_allocate);
    TEST(test_signal_in_the_middle);
}
