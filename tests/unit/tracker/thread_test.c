/* Threads: what their stacks hold, and the table under load. */

#define _GNU_SOURCE 1

#include "kit.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tracker/tracker.h"

#define ANIMAL "zoo.c:10: 1 block of struct animal, 40 bytes, allocated by malloc in add_animal\n"

static sem_t ready, go_on;

static APART void drop_one(void) {
    opaque(new_animal(NULL));
}

static void *drop_in_thread(void *context) {
    drop_one();
    return context;
}

/* Its stack is kept for the next thread, with the pointer on it. */
static void test_thread_that_ended(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, drop_in_thread, NULL);
    pthread_join(thread, NULL);
    CHECK_LEAKS(ANIMAL);
}

/* The vector takes pages of its own, which are nobody's once it is freed. */
static APART void use_arena(void) {
    enum { COUNT = 100, LENGTH = 8192 };
    struct animal **vector = opaque(calloc(LENGTH, sizeof(*vector)));
    for (size_t i = 0; i < COUNT; i++)
        vector[LENGTH / 2 + i] = new_animal(NULL);
    free(vector);
}

static void *use_arena_in_thread(void *context) {
    use_arena();
    return context;
}

/* The thread's malloc has a heap of its own. */
static void test_freed_memory_of_a_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, use_arena_in_thread, NULL);
    pthread_join(thread, NULL);
    CHECK_LEAKS("zoo.c:10: 100 blocks of struct animal, 4000 bytes, allocated by malloc in "
                "add_animal\n");
}

static APART int drop_deep(int depth) {
    struct animal *volatile dropped = new_animal(NULL);
    int below = depth > 1 ? drop_deep(depth - 1) : 0;
    return below + (dropped != NULL);
}

static void *keep_on_stack(void *context) {
    struct animal *volatile kept = new_animal(NULL);
    CHECK(drop_deep(100) == 100);
    sem_post(&ready);
    sem_wait(&go_on);
    kept = NULL;
    return kept ? context : NULL;
}

/* What is below its last frame is dead; some of it may still be in registers. */
static void test_waiting_threads_stack(void) {
    pthread_t thread;
    sem_init(&ready, 0, 0);
    sem_init(&go_on, 0, 0);
    pthread_create(&thread, NULL, keep_on_stack, NULL);
    sem_wait(&ready);
    struct leak leak = {0};
    CHECK(_thimble_find_leaks(1, &leak, 1) == observed());
    CHECK(!observed() || (leak.count > 80 && leak.count <= 100));
    sem_post(&go_on);
    pthread_join(thread, NULL);
    CHECK_LEAKS("zoo.c:10: 101 blocks of struct animal, 4040 bytes, allocated by malloc in "
                "add_animal\n");
}

static volatile bool spinning, stop_spinning;

/* The only pointer is in a register. */
static void *keep_in_register(void *context) {
    struct animal *kept = new_animal(NULL);
    _thimble_clear_dead_stack();
    __asm__ volatile("" : "+r"(kept));
    spinning = true;
    while (!stop_spinning)
        __asm__ volatile("" : "+r"(kept));
    free_animal(kept);
    return context;
}

static void test_running_threads_registers(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, keep_in_register, NULL);
    while (!spinning)
        ;
    CHECK_LEAKS("");
    stop_spinning = true;
    pthread_join(thread, NULL);
    CHECK_LEAKS("");
}

static __thread struct animal *volatile stored; /* nobody reads it: it is to stay nevertheless */

static void *keep_in_thread_storage(void *context) {
    stored = opaque(new_animal(NULL));
    sem_post(&ready);
    sem_wait(&go_on);
    return context;
}

static void test_other_threads_storage(void) {
    pthread_t thread;
    sem_init(&ready, 0, 0);
    sem_init(&go_on, 0, 0);
    pthread_create(&thread, NULL, keep_in_thread_storage, NULL);
    sem_wait(&ready);
    CHECK_LEAKS("");
    sem_post(&go_on);
    pthread_join(thread, NULL);
    CHECK_LEAKS(ANIMAL);
}

static void *block_signals(void *context) {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    sem_post(&ready);
    sem_wait(&go_on);
    return context;
}

/* Nobody can know what its registers hold. */
static void test_thread_that_cannot_be_held(void) {
    pthread_t thread;
    sem_init(&ready, 0, 0);
    sem_init(&go_on, 0, 0);
    pthread_create(&thread, NULL, block_signals, NULL);
    sem_wait(&ready);
    drop_one();
    CHECK_LEAKS("");
    sem_post(&go_on);
    pthread_join(thread, NULL);
    CHECK_LEAKS(ANIMAL);
}

static void *search_from_thread(void *context) {
    drop_one();
    CHECK_LEAKS(ANIMAL);
    return context;
}

static void test_search_from_another_thread(void) {
    struct animal *volatile kept = new_animal(NULL);
    pthread_t thread;
    pthread_create(&thread, NULL, search_from_thread, NULL);
    pthread_join(thread, NULL);
    CHECK(kept);
}

/* ---- Load ---- */

enum { THREADS = 8, PAIRS = 100000, KEPT = 64 };

static void *churn(void *context) {
    unsigned random = (unsigned)(uintptr_t)context + 1;
    void *kept[KEPT] = {0};
    for (int i = 0; i < PAIRS; i++) {
        random = random * 1103515245 + 12345;
        void **slot = &kept[random / 65536 % KEPT];
        if (i % 3 == 0) {
            *slot = zoo_realloc(GROW_FRIENDS, *slot, 16 + random / 65536 % 500);
        } else {
            zoo_free(*slot);
            *slot = zoo_malloc(ADD_ANIMAL, 16 + random / 65536 % 500);
        }
    }
    for (int i = 0; i < KEPT; i++)
        zoo_free(kept[i]);
    return context;
}

static void test_threads_under_load(void) {
    pthread_t threads[THREADS];
    struct leak leaks[4];
    for (uintptr_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, churn, (void *)i);
    for (int i = 0; i < 20; i++) {
        CHECK(_thimble_find_leaks(1, leaks, 4) == 0);
        usleep(1000);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    CHECK_LEAKS("");
    CHECK(_thimble_tracker_dropped() == 0);
}

static void test_forks_under_load(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, churn, NULL);
    for (int i = 0; i < 50; i++) {
        pid_t child = fork();
        if (child == 0) {
            alarm(10);
            uint32_t since = _thimble_tracker_now();
            struct leak leaks[4];
            drop_one();
            _thimble_clear_dead_stack();
            _exit(_thimble_find_leaks(since, leaks, 4) != observed());
        }
        int status = 1;
        CHECK(waitpid(child, &status, 0) == child && status == 0);
    }
    pthread_join(thread, NULL);
    CHECK_LEAKS("");
}

void run_thread_tests(void) {
    TEST(test_thread_that_ended);
    TEST(test_freed_memory_of_a_thread);
    TEST(test_waiting_threads_stack);
    TEST(test_running_threads_registers);
    TEST(test_other_threads_storage);
    TEST(test_thread_that_cannot_be_held);
    TEST(test_search_from_another_thread);
    TEST(test_threads_under_load);
    TEST(test_forks_under_load);
}
