/* The malloc family of the process. */

#define _GNU_SOURCE 1

#include "kit.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <wchar.h>

#include "tracker/interpose.h"
#include "tracker/shadow.h"
#include "tracker/tracker.h"

static void *made_before_main;

__attribute__((constructor)) static void make_before_main(void) {
    made_before_main = malloc(10);
}

struct wanted {
    uintptr_t address;
    size_t size;
    bool there;
};

static bool look(void *context, const struct block *block) {
    struct wanted *wanted = context;
    wanted->there |= block->address == wanted->address && block->size == wanted->size;
    return !wanted->there;
}

/* The block is known, with this size. */
static bool is_known(const void *block, size_t size) {
    struct wanted wanted = {(uintptr_t)block, size, false};
    _thimble_each_block(look, &wanted);
    return wanted.there || !observed();
}

static void check_block(void *block, size_t size) {
    CHECK(block);
    CHECK(is_known(block, size));
    free(opaque(block));
    CHECK(!observed() || !is_known(block, size));
}

static void test_all_of_the_family(void) {
    void *block = NULL;
    check_block(malloc(11), 11);
    check_block(calloc(3, 7), 21);
    check_block(realloc(NULL, 12), 12);
    check_block(realloc(malloc(5), 13), 13);
    check_block(reallocarray(NULL, 3, 5), 15);
    check_block(reallocarray(malloc(1), 3, 50), 150);
    check_block(aligned_alloc(64, 128), 128);
    check_block(memalign(64, 100), 100);
    check_block(valloc(100), 100);
    check_block(pvalloc(100), 100);
    CHECK(posix_memalign(&block, 64, 77) == 0);
    check_block(block, 77);
    check_block(malloc(0), 0);
    check_block(malloc(3 << 20), 3 << 20);
    check_block(realloc(malloc(1 << 20), 3 << 20), 3 << 20);
    free(NULL);
}

static void test_libcs_own_calls(void) {
    check_block(strdup("four"), 5);
    check_block(wcsdup(L"four"), 5 * sizeof(wchar_t));
    check_block(strndup("fourteen", 4), 5);
}

static void test_failures(void) {
    volatile size_t huge = SIZE_MAX / 2;
    void *block = malloc(10);
    errno = 0;
    CHECK(!reallocarray(opaque(block), huge, 4) && errno == ENOMEM);
    CHECK(!realloc(opaque(block), huge));
    CHECK(!opaque(calloc(huge, 4)));
    CHECK(!opaque(aligned_alloc(64, huge)));
    CHECK(is_known(block, 10));
    free(block);
}

static void test_contents_and_errno_survive(void) {
    char *block = malloc(100);
    memset(block, 'x', 100);
    errno = EPERM;
    block = realloc(block, 100000);
    for (int i = 0; i < 100; i++)
        CHECK(block[i] == 'x');
    free(block);
    CHECK(errno == EPERM);
}

static void test_from_the_first_block_on(void) {
    CHECK(_thimble_observed_all() == observed());
    CHECK(is_known(made_before_main, 10));
}

static bool look_for_any(void *context, const struct block *block) {
    (void)block;
    *(bool *)context = true;
    return false;
}

static void test_off(void) {
    void *known = malloc(10);
    _thimble_tracker_stop();
    CHECK(!_thimble_observing());
    void *block = malloc(20);
    free(known);
    block = realloc(block, 30);
    free(block);
    bool any = false;
    _thimble_each_block(look_for_any, &any);
    CHECK(!any);
}

static void test_vfork(void) {
    volatile size_t made = 0;
    pid_t child = vfork();
    if (child == 0) {
        made = 1;
        _exit(0);
    }
    CHECK(made == 1);
    int status = 1;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    check_block(malloc(9), 9);
}

static void test_other_programs(void) {
    CHECK(system("exit 3") == 3 << 8);
    FILE *pipe = popen("echo hello", "r");
    char text[10] = "";
    CHECK(pipe && fgets(text, sizeof(text), pipe) && strcmp(text, "hello\n") == 0);
    CHECK(pclose(pipe) == 0);
}

static volatile sig_atomic_t handled;

static void allocate_in_handler(int number) {
    (void)number;
    handled = 1;
    free(opaque(malloc(50)));
}

static void test_signal_handler_allocates(void) {
    signal(SIGUSR1, allocate_in_handler);
    raise(SIGUSR1);
    CHECK(handled);
    check_block(malloc(9), 9);
}

void run_interpose_tests(void) {
    TEST(test_all_of_the_family);
    TEST(test_libcs_own_calls);
    TEST(test_failures);
    TEST(test_contents_and_errno_survive);
    TEST(test_from_the_first_block_on);
    TEST(test_off);
    TEST(test_vfork);
    TEST(test_other_programs);
    TEST(test_signal_handler_allocates);
}
