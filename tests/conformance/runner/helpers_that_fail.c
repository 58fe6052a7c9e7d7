// run: -j 1
/* Clang's assert tells a function by its whole declaration; its name is shown. */
#include <assert.h>
#include <stddef.h>

static int numbers[3];

static int *find(int which) {
    assert(which < 3);
    return &numbers[which];
}

static void handle(int signal) {
    (void)signal;
}

static void (*handler(int which))(int) {
    assert(which == 1);
    return handle;
}

void test_in_a_function_that_returns_a_pointer(void) {
    assert(find(2) != NULL);
    find(3);
}

void test_in_a_function_that_returns_a_function(void) {
    handler(2);
}
