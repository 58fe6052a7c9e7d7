// run: -j 1 --format tap
// run: -j 1 --format dots
// run: -j 1 --format dots -q
#define _POSIX_C_SOURCE 200809L
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

void test_passes(void) {
}

void test_fails(void) {
    printf("ok 1 - no line of TAP\n  ...\n");
    assert(1 + 1 == 3 && "# no directive \\");
}

void test_writes_anything(void) {
    fputs("\033[31mred\033[0m \xff", stdout);
    fflush(stdout);
    fputs("first\n\nlast\n", stderr);
    abort();
}
