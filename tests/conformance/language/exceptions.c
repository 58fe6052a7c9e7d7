// flags: -fexceptions -fnon-call-exceptions
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

static int released;

static void release(char **text) {
    released++;
    free(*text);
}

static int length(const char *text) {
    return (int)strlen(text);
}

static int work(void) {
    __attribute__((__cleanup__(release))) char *copy = strdup("text");
    return length(copy);
}

void test_with_unwind_tables(void) {
    assert(work() == 4);
    mock_return(length, 9);
    assert(work() == 9);
    assert(released == 2);
}
