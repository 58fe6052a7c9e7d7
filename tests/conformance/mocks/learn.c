// run: -j 1
// run: -j 1 -k passes --format tap
// run: -j 1 -k passes --format json
// run: -j 1 --isolate none -k passes
// shell: ./tests -j 1 -k passes --junit junit.xml -q; sed -n 's/^ *//; /system-err/,/system-err>/p' junit.xml
#include <stdio.h>
#include <thimble.h>

static int feed(const char *name, int times) {
    return name[0] + times;
}

static void close_zoo(void) {
}

static int read_number(const char *path) {
    FILE *file = fopen(path, "r");
    return file ? fclose(file) : -1;
}

void test_passes(void) {
    mock_learn("learn.c:feed");
    mock_learn(feed);
    assert(feed("Spot", 3) == 'S' + 3);
    assert(feed("Jojo", 2) == 'J' + 2);
    printf("kept\n");
}

void test_passes_without_a_call(void) {
    mock_learn(close_zoo);
}

void test_fails(void) {
    mock_learn(feed);
    feed("Spot", 3);
    assert(feed("Jojo", 2) == 0);
}

void test_of_the_library(void) {
    mock_learn(fopen);
    assert(read_number("/nowhere") == -1);
    close_zoo();
}

void test_that_is_skipped(void) {
    mock_learn(feed);
    feed("Spot", 1);
    skip("told why");
}
