// Tests that end their process, or one that is not theirs.

#define _GNU_SOURCE 1

#include <assert.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "world.h"

void test_good_before_ends(void) {
    check_world();
}

// all: failed: the test called exit\(0\)
void test_exits(void) {
    exit(0);
}

// all: failed: the test called exit\(3\)
void test_exits_with_an_error(void) {
    exit(3);
}

// test worker: failed: the test called exit\(0\)
void test_ends_at_once(void) {
    _exit(0);
}

// test worker: failed: the test called exit\(7\)
void test_ends_quickly(void) {
    quick_exit(7);
}

// all: crashed: aborted \(SIGABRT\)
void test_aborts(void) {
    abort();
}

// test worker: crashed: killed by SIGKILL
void test_kills_itself(void) {
    kill(getpid(), SIGKILL);
    hang();
}

// test worker: crashed: killed by SIGTERM
void test_terminates_itself(void) {
    raise(SIGTERM);
}

// test worker: crashed: killed by SIGTERM
void test_terminates_its_group(void) {
    kill(0, SIGTERM);
    hang();
}

// test worker: crashed: killed by (SIGRTM|signal 64)
void test_dies_by_a_realtime_signal(void) {
    raise(SIGRTMAX);
}

// test: crashed: killed or stopped its parent
void test_kills_its_parent(void) {
    kill(getppid(), SIGKILL);
    hang();
}

// test: crashed: killed or stopped its parent
void test_kills_its_parents_group(void) {
    kill(-getpgid(getppid()), SIGKILL);
    hang();
}

// test: crashed: killed or stopped its parent
void test_stops_its_parent(void) {
    kill(getppid(), SIGSTOP);
    hang();
}

// test: crashed: killed or stopped its parent
void test_terminates_its_parent(void) {
    kill(getppid(), SIGTERM);
    hang();
}

// A signal that its parent can take does no harm.
// test: passed
void test_sends_its_parent_a_signal_for_nothing(void) {
    kill(getppid(), SIGCHLD);
    kill(getppid(), SIGWINCH);
    kill(getppid(), SIGCONT);
}

// test worker: crashed: stopped itself, and nothing continued it
void test_stops_itself(void) {
    raise(SIGSTOP);
}

// test: failed: exit
void test_exits_in_a_handler_of_exit(void) {
    atexit(test_exits_with_an_error);
    exit(0);
}

// test: timeout: timed out
void test_hangs_in_a_handler_of_exit(void) {
    atexit(hang);
    exit(0);
}

static void crash(void) {
    *(volatile int *)hidden(NULL) = 1;
}

// test: crashed: SIGSEGV: invalid write
void test_crashes_in_a_handler_of_exit(void) {
    atexit(crash);
    exit(0);
}

static int destructor_crashes;

__attribute__((destructor)) static void crash_if_told(void) {
    if (destructor_crashes)
        crash();
}

// test: crashed: SIGSEGV: invalid write
void test_crashes_in_a_destructor(void) {
    destructor_crashes = 1;
    exit(0);
}

// A test that returns is done: nothing of it runs at the process's end.
// test: passed
void test_leaves_a_handler_of_exit_that_crashes(void) {
    destructor_crashes = 1;
    atexit(crash);
}

static void *exit_in_thread(void *status) {
    exit((int)(size_t)status);
}

// test worker last: failed: the test called exit\(4\)
void test_exits_in_a_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, exit_in_thread, (void *)4);
    hang();
}

// test worker last: failed: the test called exit\(0\)
void test_ends_its_thread(void) {
    pthread_exit(NULL);
}

static void *never_end(void *unused) {
    (void)unused;
    hang();
}

// test worker: timeout: timed out
void test_ends_its_thread_with_another_left(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, never_end, NULL);
    pthread_exit(NULL);
}

// test worker: failed: the test called exit\(0\)
void test_becomes_another_program(void) {
    execl("/bin/true", "true", (char *)NULL);
}

// test worker: failed: the test called exit\(1\)
void test_becomes_another_program_that_fails(void) {
    execl("/bin/false", "false", (char *)NULL);
}

// test worker: timeout: timed out
void test_becomes_another_program_for_ever(void) {
    execl("/bin/sleep", "sleep", "1000", (char *)NULL);
}

// A run within the run, of this very program.
// test worker: failed: the test called exit\(0\)
void test_becomes_the_runner(void) {
    execl("/proc/self/exe", "tests", "-k", "good_before_ends", (char *)NULL);
}

// test worker: crashed: killed by SIGKILL
void test_forbids_itself_everything(void) {
    prctl(PR_SET_SECCOMP, 1);
}

static sigjmp_buf back;

static void jump_back(int signal) {
    siglongjmp(back, signal);
}

// A crash that a test survives is its own affair.
// all: passed
void test_survives_a_crash(void) {
    struct sigaction action = {.sa_handler = jump_back}, before;
    sigaction(SIGSEGV, &action, &before);
    if (sigsetjmp(back, 1) == 0)
        crash();
    sigaction(SIGSEGV, &before, NULL);
}

void test_good_behind_ends(void) {
    check_world();
}
