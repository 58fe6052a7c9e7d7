// run: -j 1
// not-modes: sanitize fortify
/* The failure and the way to it are told, whatever the test has done to its process. */
#define _GNU_SOURCE 1
#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <thimble.h>
#include <unistd.h>

static volatile int one = 1;

static void check(int x) {
    assert(x < 3);
    one = 1;
}

void test_smashed_heap(void) {
    char *volatile block = malloc(24);
    memset(block - 16, 0xff, 4096);
    check(4);
}

void test_mocked_malloc(void) {
    mock_return(malloc, NULL);
    check(4);
}

void test_closed_descriptors(void) {
    for (int i = 0; i < 100; i++)
        close(i);
    check(4);
}

void test_small_stack_limit(void) {
    struct rlimit limit = {0, 0};
    setrlimit(RLIMIT_STACK, &limit);
    check(4);
}

static void ignore(int signal) {
    (void)signal;
}

void test_all_signals_blocked(void) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGABRT, ignore);
    signal(SIGSEGV, ignore);
    check(4);
}
