// not-modes: sanitize
// flags: -D_GNU_SOURCE
// run: -j 1 --isolate test test_ways.c
// run: -j 1 --isolate worker test_ways.c
// run: -j 1 --isolate none test_ways.c
#include "zoo.h"
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>
#include <unistd.h>

static int nine(int animal) {
    return 9 + 0 * animal;
}

static void inject(void) {
    patch(feed, nine);
    patch_in("zoo.c", water, nine);
    mock_return(clean, 9);
    mock_struct(&zoo);
    mock_return(zoo.count, 9);
    patch_value(limit, 9);
    patch_env("ZOO", "nine");
    assert(all(0) == 9999 && limit == 9 && strcmp(getenv("ZOO"), "nine") == 0);
}

#define NOTHING_IS_LEFT(way)                                     \
    void test_nothing_is_left_##way(void) {                      \
        assert(all(0) == 123 && limit == 1 && !getenv("ZOO"));   \
    }

void test_passes(void) {
    inject();
}
NOTHING_IS_LEFT(by_a_pass)

void test_fails(void) {
    inject();
    assert(limit == 0);
}
NOTHING_IS_LEFT(by_a_failure)

void test_skips(void) {
    inject();
    skip("it rains");
}
NOTHING_IS_LEFT(by_a_skip)

void test_exits(void) {
    inject();
    exit(3);
}
NOTHING_IS_LEFT(by_an_exit)

static jmp_buf out;

static void jump(void) {
    with_patch(feed, nine) {
        inject();
        longjmp(out, 1);
    }
}

void test_jumps(void) {
    if (!setjmp(out))
        jump();
    assert(limit == 9);
}
NOTHING_IS_LEFT(by_a_jump)

void test_crashes(void) {
    inject();
    *(volatile int *)0 = 1;
}
NOTHING_IS_LEFT(by_a_crash)

TIMEOUT(0.2) void test_takes_too_long(void) {
    inject();
    for (;;)
        pause();
}
NOTHING_IS_LEFT(by_a_timeout)
