/* The table by itself. */

#include "kit.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tracker/table.h"
#include "tracker/tracker.h"

/* Addresses at which there is no block. */
#define FAKE(i) ((uintptr_t)0x10 + (uintptr_t)(i)*0x10)

static struct block fake(uintptr_t address, size_t size) {
    return (struct block){.address = address, .size = size};
}

static bool put(uintptr_t address, size_t size) {
    struct block block = fake(address, size);
    return _thimble_table_put(&block);
}

static bool take(uintptr_t address, size_t size) {
    struct block taken = {0};
    return _thimble_table_take(address, &taken) && taken.address == address && taken.size == size;
}

static void test_put_and_take(void) {
    struct block none;
    CHECK(!_thimble_table_take(FAKE(1), &none));
    CHECK(put(FAKE(1), 5));
    CHECK(put(FAKE(1), 6));
    CHECK(take(FAKE(1), 6));
    CHECK(!_thimble_table_take(FAKE(1), &none));
}

/* Taken out in another order than put in, with others in between. */
static void test_many(void) {
    enum { COUNT = 200000, STRIDE = 7919 };
    for (size_t i = 0; i < COUNT; i++)
        CHECK(put(FAKE(i), i));
    for (size_t i = 0; i < COUNT; i += 2)
        CHECK(take(FAKE(i), i));
    for (size_t i = 0; i < COUNT; i += 2)
        CHECK(put(FAKE(COUNT + i), i));
    for (size_t i = 1, n = 0; n < COUNT / 2; n++, i = (i + 2 * STRIDE) % COUNT)
        CHECK(take(FAKE(i), i));
    for (size_t i = 0; i < COUNT; i += 2)
        CHECK(take(FAKE(COUNT + i), i));
    CHECK(_thimble_tracker_dropped() == 0);
}

static bool count_fakes(void *context, const struct block *block) {
    *(size_t *)context += block->address < FAKE(1000) ? block->size : 0;
    return true;
}

static void test_each(void) {
    size_t sum = 0;
    for (size_t i = 0; i < 1000; i++)
        put(FAKE(i), i);
    _thimble_table_each(count_fakes, &sum);
    CHECK(sum == 999 * 1000 / 2);
}

static void test_name(void) {
    struct unit *unit = zoo.state;
    struct block named = {FAKE(1), THIMBLE_SIZE_UNKNOWN, unit, 1, 0}, taken = {0};
    CHECK(!_thimble_table_name(&named));
    put(FAKE(1), 5);
    CHECK(_thimble_table_name(&named));
    CHECK(_thimble_table_take(FAKE(1), &taken));
    CHECK(taken.unit == unit && taken.site == 1 && taken.size == 5);
}

/* The table can't grow: what does not fit is counted, and the program goes on. */
static void test_no_memory(void) {
    if (!observed()) /* sanitizers need terabytes of addresses */
        return;
    struct rlimit none = {1 << 20, 1 << 20};
    setrlimit(RLIMIT_AS, &none);
    size_t there = 0;
    for (size_t i = 0; i < 100000; i++)
        there += put(FAKE(i), i);
    CHECK(there > 0 && there < 100000);
    CHECK(_thimble_tracker_dropped() == 100000 - there);
    errno = 0;
    put(FAKE(100001), 1);
    CHECK(errno == 0);
    for (size_t i = 0; i < 100000; i++)
        there -= take(FAKE(i), i);
    CHECK(there == 0);
    void *block = malloc(100);
    CHECK(block);
    free(block);
}

static volatile bool working, stop_working;

static void *work(void *context) {
    uintptr_t base = 100000 * ((uintptr_t)context + 1);
    while (!stop_working) {
        for (size_t i = 0; i < 1000; i++)
            put(FAKE(base + i), i);
        working = true;
        for (size_t i = 0; i < 1000; i++)
            CHECK(take(FAKE(base + i), i));
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
                put(FAKE(j), j);
            free(opaque(malloc(100)));
            _exit(!take(FAKE(1999), 1999));
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
        free(opaque(malloc(100)));
}

/* Handlers that were registered before ours run while all is locked. */
static void test_fork_handlers_allocate(void) {
    alarm(10);
    allocating = true;
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    int status = 1;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
}

static void test_signal_in_the_middle(void) {
    alarm(10);
    _thimble_table_freeze();
    CHECK(put(FAKE(1), 1) && take(FAKE(1), 1));
    _thimble_table_thaw();
    CHECK(put(FAKE(1), 1) && take(FAKE(1), 1));
}

__attribute__((constructor)) static void register_handlers(void) {
    pthread_atfork(allocate, allocate, allocate);
}

void run_table_tests(void) {
    TEST(test_put_and_take);
    TEST(test_many);
    TEST(test_each);
    TEST(test_name);
    TEST(test_no_memory);
    TEST(test_fork_while_others_work);
    TEST(test_fork_handlers_allocate);
    TEST(test_signal_in_the_middle);
}
