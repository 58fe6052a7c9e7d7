// run: -j 1
#include <thimble.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int grams = 3;

void test_nothing_fails(void) {
    assert_fails("grams") assert(grams == 3);
}

void test_another_text(void) {
    assert_fails("pounds\n") assert(grams == 4);
}

void test_other_texts(void) {
    assert_fails("pounds") {
        expect(grams == 4);
        expect_equal(grams, 5);
        assert(grams > 4);
    }
}

void test_left_early(void) {
    assert_fails("grams") {
        if (grams == 3)
            break;
        assert(grams == 4);
    }
}

static void *fails(void *unused) {
    expect(grams == 4);
    return unused;
}

/* Another thread's is the test's. */
void test_in_another_thread(void) {
    pthread_t thread;
    assert_fails("") {
        pthread_create(&thread, NULL, fails, NULL);
        pthread_join(thread, NULL);
    }
}

void test_in_another_process(void) {
    assert_fails("grams") {
        if (fork() == 0)
            assert(grams == 5);
        wait(NULL);
    }
}

void test_exits(void) {
    assert_fails("grams") exit(3);
}

void test_the_next_one_counts_again(void) {
    assert_fails("grams") assert(grams == 4);
    assert(grams == 5);
}
