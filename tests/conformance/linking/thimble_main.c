// run: -k one
#include <stdio.h>
#include <thimble.h>

int thimble_main(int argc, char **argv) {
    printf("before\n");
    fflush(stdout);
    int status = thimble_run(argc, argv);
    printf("after: %d\n", status);
    return status + 40;
}

void test_one(void) {
}

void test_two(void) {
    assert(!"selected");
}
