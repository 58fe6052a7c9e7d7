// flags: -g
// run: --isolate none
// Descriptors that a test leaves open are closed, but not those to who knows the lines.
#include <assert.h>
#include <fcntl.h>
#include <sys/wait.h>

__attribute__((noinline)) static void check(volatile int answer) {
    assert(answer == 42);
}

void test_fails(void) {
    check(41);
}

void test_leaves_a_file_open(void) {
    assert(open("/dev/null", O_RDONLY) > 0);
}

void test_fails_behind_it(void) {
    check(43);
}

// Nor is the one who knows them there to be waited for.
void test_has_no_child(void) {
    assert(wait(0) == -1);
}
