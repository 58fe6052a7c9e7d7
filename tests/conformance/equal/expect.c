// run: -j 1 -k 'not again'
// shell: ./tests -j 1 -k again | tail -7
// shell: OUTSIDE=1 ./tests -k nothing
// not-modes: sanitize
#define _GNU_SOURCE 1
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <thimble.h>
#include <unistd.h>

/* An expect fails the test, which goes on: all that it fails in is shown, in order,
 * whatever comes later. */

void test_all_of_them(void) {
    int fed = 1;
    const char *name = "Jojo";
    expect(fed == 2);
    expect(fed == 1);
    expect_equal(name, "Spot");
    expect_equal(fed, 1);
    expect_equal(fed, 3);
    printf("still here\n");
}

void test_nothing_fails(void) {
    expect(1);
    expect_equal(1, 1);
}

void test_then_an_assert(void) {
    int fed = 1;
    expect(fed == 2);
    assert(fed == 1);
    assert(fed == 3);
    expect(fed == 4);
}

void test_then_an_assert_equal(void) {
    int fed = 1;
    expect_equal(fed, 2);
    assert_equal(fed, 1);
    assert_equal(fed, 3);
    expect_equal(fed, 4);
}

void test_then_a_signal(void) {
    expect(1 == 2);
    raise(SIGTERM);
}

void test_then_exit(void) {
    expect(1 == 2);
    exit(3);
}

void test_then_exit_in_order(void) {
    expect(1 == 2);
    exit(0);
}

static void *lost;

void test_then_a_leak(void) {
    lost = malloc(10);
    lost = NULL;
    expect(1 == 2);
}

static void *check(void *unused) {
    expect_equal(1 + 1, 3);
    return unused;
}

void test_in_a_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, check, NULL);
    pthread_join(thread, NULL);
    expect(1 == 2);
}

void test_in_a_child(void) {
    int status;
    pid_t child = fork();
    if (child == 0) {
        expect(1 == 2);
        _exit(0);
    }
    waitpid(child, &status, 0);
    assert_equal(status, 0);
}

void test_again_and_again(void) {
    for (int i = 0; i < 100000; i++)
        expect_equal(i, -1);
    assert(1 == 2);
}

static int checked(int n) {
    expect(n < 3);
    return n;
}

void test_in_a_helper(void) {
    assert_equal(checked(2), 2);
    assert_equal(checked(5), 5);
}

void test_a_comma(void) {
    expect(((struct { int x, y; }){1, 2}).x == 2);
}

static void __attribute__((destructor)) outside(void) {
    if (getenv("OUTSIDE"))
        expect_equal(1, 2);
}
