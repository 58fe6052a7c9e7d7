/* Calls from several threads at once: none is lost, and patching meanwhile is
 * harmless. */
#include "../../../runtime/mock/memory.h"
#include "kit.h"
#include <pthread.h>
#include <stdatomic.h>

enum { THREADS = 8, CALLS = 5000 };

static struct kit kit;
static uint32_t add_function;
static atomic_bool stop;

static int add(int thread, int number, const char *text) {
    int (*slot)(int, int, const char *) = (int (*)(int, int, const char *))__atomic_load_n(
        &kit.slots[add_function], __ATOMIC_ACQUIRE);
    return slot ? slot(thread, number, text) : 1;
}

static int other(int thread, int number, const char *text) {
    (void)thread, (void)number, (void)text;
    return 2;
}

static void *calls(void *data) {
    for (int i = 0; i < CALLS; i++)
        add((int)(intptr_t)data, i, i % 100 ? NULL : "hundred");
    return NULL;
}

static void *calls_until_stopped(void *data) {
    (void)data;
    while (!stop)
        add(1, 2, "text");
    return NULL;
}

#define ADD FUNCTION(&kit, add_function, "add")

static void run(void *(*body)(void *), int count, pthread_t *threads) {
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, body, (void *)(intptr_t)i);
}

static void join(int count, const pthread_t *threads) {
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

static void check_none_lost(void) {
    pthread_t threads[THREADS];
    thimble_mock_at("t.c", 1, ADD);
    run(calls, THREADS, threads);
    join(THREADS, threads);
    CHECK(thimble_mock_call_count_at("t.c", 1, ADD) == THREADS * CALLS);
    const char *failure = FAILURE_OF(thimble_assert_called_once_with_at(
        "t.c", 1, ADD, "add, 7, 4999, NULL",
        COUNTED(VALUE(&kit, kit.int_, int, 7), VALUE(&kit, kit.int_, int, CALLS - 1),
                VALUE(&kit, kit.void_pointer, void *, NULL))));
    CHECK_CONTAINS(failure, "calls (40000):");
    CHECK_CONTAINS(failure, "add(thread = 7, number = 4999, text = NULL)\n");
    kit_end_test();
}

static void check_patching_meanwhile(void) {
    pthread_t threads[THREADS];
    stop = false;
    run(calls_until_stopped, THREADS, threads);
    for (int i = 0; i < 60; i++) {
        thimble_mock_at("t.c", 1, ADD);
        thimble_mock_return_at("t.c", 1, ADD, (struct thimble_value)VALUE(&kit, kit.int_, int, i));
        THIMBLE_BLOCK_(thimble_with_patch_at("t.c", 1, ADD, REPLACEMENT((void (*)(void))other)))
        CHECK(add(0, 0, NULL) == 2);
        CHECK(add(0, 0, NULL) == i);
        thimble_patch_in_at("t.c", 1, "threads.c", ADD, REPLACEMENT((void (*)(void))other));
        CHECK(add(0, 0, NULL) == 2);
        kit_end_test();
    }
    stop = true;
    join(THREADS, threads);
    CHECK(add(0, 0, NULL) == 1);
}

/* One test after another uses the same memory, unless a thread that was left
 * behind may still write there. */
static void check_memory(void) {
    _thimble_test_alloc(1);
    kit_end_test();
    char *first = _thimble_test_alloc(100);
    CHECK((char *)_thimble_test_alloc(1) == first + 112);
    void *large = _thimble_test_alloc(1 << 20);
    kit_end_test();
    CHECK(_thimble_test_alloc(100) == first);
    CHECK(_thimble_test_alloc(1 << 20) == large);
    kit_end_test();
    pthread_t thread;
    stop = false;
    run(calls_until_stopped, 1, &thread);
    CHECK(_thimble_test_alloc(100) == first);
    kit_end_test();
    CHECK(_thimble_test_alloc(100) != first);
    stop = true;
    join(1, &thread);
    kit_end_test();
}

void test_threads(void) {
    kit_start(&kit, "threads.c");
    uint32_t type =
        kit_function_type(&kit, kit.int_, 0,
                          MEMBERS(PARAMETER("thread", kit.int_), PARAMETER("number", kit.int_),
                                  PARAMETER("text", kit.const_string)));
    add_function = kit_function(&kit, "add", type, 0);
    kit_register(&kit);
    check_memory();
    check_none_lost();
    check_patching_meanwhile();
}
