// flags: -D_GNU_SOURCE
// libs: -lpthread
// run: -j 1
// run: -j 1 --isolate none
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

struct big {
    char bytes[20000];
};

static struct big big;
static int table[3] = {1, 2, 3};
static long double wide = 1.5L;
static const char *volatile name = "before";
static int twice = 1;
static __thread int own = 1;

void test_values(void) {
    struct big other;
    memset(&other, 7, sizeof other);
    patch_value(big, other);
    patch_value(table, {4, 5, 6});
    patch_value(wide, 2.5L);
    patch_value(name, "after");
    assert(big.bytes[19999] == 7 && table[2] == 6 && wide == 2.5L && name[0] == 'a');
}

void test_are_put_back(void) {
    assert(big.bytes[19999] == 0 && table[2] == 3 && wide == 1.5L && name[0] == 'b');
}

void test_twice(void) {
    patch_value(twice, 2);
    patch_value(twice, 3);
    twice++;
}

void test_twice_is_put_back(void) {
    assert(twice == 1);
}

void test_a_block_that_is_freed(void) {
    int *block = malloc(64 * sizeof *block);
    block[5] = 1;
    patch_value(block[5], 2);
    free(block);
}

static void in_a_frame(void) {
    int local = 1;
    patch_value(local, 2);
    assert(local == 2);
}

void test_a_frame_that_is_left(void) {
    in_a_frame();
}

void test_this_threads_own(void) {
    patch_value(own, 5);
    assert(own == 5);
}

static void *change(void *unused) {
    (void)unused;
    patch_value(own, 6);
    return own == 6 ? &own : NULL;
}

void test_another_threads_own(void) {
    pthread_t thread;
    void *result;
    assert(own == 1);
    pthread_create(&thread, NULL, change, NULL);
    pthread_join(thread, &result);
    assert(result != NULL);
    assert(own == 1);
}

static pthread_barrier_t barrier;

static void *stay(void *unused) {
    (void)unused;
    patch_value(own, 7);
    pthread_barrier_wait(&barrier);
    while (*(volatile int *)&own == 7)
        continue;
    return own == 1 ? &own : NULL;
}

static pthread_t staying;

static void join(void *unused) {
    void *result;
    (void)unused;
    pthread_join(staying, &result);
    if (!result)
        abort();
}

/* What is put back behind the test's end is seen by the thread that lives on. */
void teardown_module(void) {
    if (staying)
        join(NULL);
}

void test_a_thread_that_outlives_the_test(void) {
    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&staying, NULL, stay, NULL);
    pthread_barrier_wait(&barrier);
}
