// run: -j 1 -v
#include <thimble.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int number = 3;

void test_skipped(void) {
    skip("no database");
    assert(!"reached");
}

static void needs(const char *what) {
    skip_if(number == 3, what);
}

void test_skipped_in_a_helper(void) {
    needs("a helper's reason");
}

void test_not_skipped(void) {
    skip_if(number == 4, "no");
    if (number == 4)
        skip("no");
    else
        number = 3;
}

void test_known_to_fail(void) {
    xfail("issue 42");
    assert(!"reached");
}

void test_skipped_within_blocks(void) {
    assert_exits(3) {
        assert_fails("") skip("deep");
    }
}

static void *skips(void *unused) {
    skip("from a thread");
    return unused;
}

void test_in_a_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, skips, NULL);
    pthread_join(thread, NULL);
}

void test_in_a_process(void) {
    if (fork() == 0)
        xfail("from a process");
    wait(NULL);
}

void test_leaks_nothing(void) {
    char *volatile block = malloc(10);
    *block = 1;
    skip("with a block\002(");
}
