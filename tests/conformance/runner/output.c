// run: -j 1
// run: -j 1 -s
#define _POSIX_C_SOURCE 200809L
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void test_prints_and_passes(void) {
    printf("from a test that passes\n");
}

void test_prints_and_fails(void) {
    printf("to standard output\n");
    fflush(stdout);
    fprintf(stderr, "to standard error\n");
    assert(!"the end");
}

void test_writes_and_fails(void) {
    static const char text[] = "without a newline";
    assert(write(1, text, strlen(text)) < 0);
}

void test_has_no_input(void) {
    assert(getchar() == EOF);
}
