// run: -j 1
// libs: -lpthread
/* A failed assert shows how the test came there: a line for each call, inlined ones and
 * those that end a function too. */
#include "helpers.h"
#include "zoo.h"
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int one = 1;

static void check(int x) {
    assert(x < 3);
    one = 1;
}

void test_itself(void) {
    assert(one == 2);
}

void test_helper_of_this_file(void) {
    check(4);
}

static void twice(int x) {
    check(x);
    check(x + 1);
}

static inline void in_between(int x) {
    twice(x - 1);
}

void test_three_deep(void) {
    in_between(3);
}

void test_helper_of_another_file(void) {
    check_animals(3);
}

void test_helper_of_a_header(void) {
    check_inline(5);
    one = 1;
}

/* Neither are two calls made one, */
void test_calls_that_look_alike(void) {
    if (one == 2)
        check(5);
    else
        check(5);
}

/* nor two functions. */
void test_that_looks_alike(void) {
    if (one == 2)
        check(5);
    else
        check(5);
}

#define CHECK_ALL(first, second) \
    do { \
        check(first); \
        check(second); \
    } while (0)

void test_macro_of_two_calls(void) {
    CHECK_ALL(one,
              one + 7);
}

void test_call_over_several_lines(void) {
    check_sum(
        one,
        one + 1,
        one + 2);
}

static int compare(const void *left, const void *right) {
    check(*(const int *)left);
    return *(const int *)left - *(const int *)right;
}

void test_callback(void) {
    int numbers[] = {9, 9, 9};
    qsort(numbers, 3, sizeof *numbers, compare);
}

static void call(void (*function)(int), int x) {
    function(x);
}

void test_through_a_pointer(void) {
    call(check, 6);
}

static void __attribute__((noreturn)) give_up(int x) {
    check(x);
    abort();
}

void test_function_that_never_returns(void) {
    give_up(one + 2);
}

void test_code_under_test(void) {
    feed_all(3);
}

static void *run(void *argument) {
    check(*(int *)argument);
    return NULL;
}

void test_thread(void) {
    pthread_t thread;
    int x = 4;
    pthread_create(&thread, NULL, run, &x);
    pthread_join(thread, NULL);
}

static void handle(int signal) {
    check(signal);
}

void test_signal_handler(void) {
    signal(SIGUSR1, handle);
    raise(SIGUSR1);
    one = 1;
}

void test_process(void) {
    pid_t process = fork();
    if (process == 0)
        twice(2);
    waitpid(process, NULL, 0);
}
