// compilers: gcc
// not-modes: sanitize
// run: -j 1
// glibc's header says that what fopen returns is fclose's.
#include <stdio.h>
#include <stdlib.h>
#include <thimble.h>

static void *volatile place;

void test_free_of_a_file(void) {
    place = fopen("/dev/null", "r");
    free(place);
}

void test_a_file_closed_twice(void) {
    FILE *file = fopen("/dev/null", "r");
    place = file;
    fclose(file);
    fclose(place);
}

void test_right(void) {
    fclose(fopen("/dev/null", "r"));
}
