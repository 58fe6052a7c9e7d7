// Tests that don't come to an end, and such that should not.

#define _GNU_SOURCE 1

#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "world.h"

void test_good_before_hangs(void) {
    check_world();
}

// test worker: timeout: timed out
void test_hangs_and_ignores_every_signal(void) {
    ignore_all_signals();
    hang();
}

// test worker: timeout: timed out
void test_spins(void) {
    for (volatile int i = 0;; i++)
        continue;
}

// test worker: timeout: timed out
void test_locks_twice(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
}

static void *hang_in_thread(void *unused) {
    (void)unused;
    hang();
}

// test worker: timeout: timed out
void test_waits_for_a_thread_that_never_ends(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, hang_in_thread, NULL);
    pthread_join(thread, NULL);
}

// test: passed
void test_returns_before_its_threads_end(void) {
    pthread_t thread;
    for (int i = 0; i < 10; i++)
        assert(pthread_create(&thread, NULL, hang_in_thread, NULL) == 0);
}

// test worker: timeout: timed out
void test_hangs_in_vfork(void) {
    if (vfork() == 0)
        for (;;)
            pause();
}

static void return_from(int signal) {
    (void)signal;
}

// test worker: timeout: timed out
void test_returns_from_the_handler_of_every_signal(void) {
    for (int i = 1; i < 65; i++)
        signal(i, return_from);
    *(volatile int *)hidden(NULL) = 1;
}

// test worker: timeout: timed out
void test_drowns_in_signals(void) {
    signal(SIGALRM, return_from);
    struct itimerval often = {{0, 50}, {0, 50}};
    setitimer(ITIMER_REAL, &often, NULL);
    hang();
}

// test: passed
void test_leaves_a_timer_running(void) {
    struct itimerval soon = {{0, 0}, {0, 20000}};
    setitimer(ITIMER_REAL, &soon, NULL);
}

// test: passed
void test_leaves_an_alarm_that_would_kill(void) {
    alarm(1);
}

// test worker: crashed: stopped itself, and nothing continued it
void test_stops_for_a_debugger_that_never_comes(void) {
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGUSR1);
}

// test: passed
void test_blocks_every_signal(void) {
    ignore_all_signals();
}

// Standard input is empty.
// all: passed
void test_reads_its_input(void) {
    char line[100];
    assert(!fgets(line, sizeof(line), stdin));
    clearerr(stdin);
}

// test worker: timeout: timed out
void test_sleeps_for_a_year(void) {
    struct timespec year = {31556952, 0};
    while (nanosleep(&year, NULL) != 0)
        continue;
}

void test_good_behind_hangs(void) {
    check_world();
}
