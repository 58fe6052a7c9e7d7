// not-modes: sanitize
// run: --timeout 1
// run: -k passes
// run: -k fails
// run: -k crashes
// run: -k 'not passes and not hangs' -j 1 --format json
#define _POSIX_C_SOURCE 200809L
#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int *volatile nowhere;

void test_passes(void) {
    assert(nowhere == NULL);
}

void test_fails(void) {
    printf("seen before the failure\n");
    assert(nowhere != NULL && "the text is shown");
}

void test_crashes(void) {
    *nowhere = 1;
}

void test_exits(void) {
    exit(3);
}

void test_exits_with_zero(void) {
    _exit(0);
}

void test_aborts(void) {
    abort();
}

void test_kills_itself(void) {
    raise(SIGTERM);
}

void test_hangs(void) {
    for (;;)
        pause();
}

void test_passes_too(void) {
}
