// Tests that make processes and don't take care of them.

#define _GNU_SOURCE 1

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "world.h"

void test_good_before_processes(void) {
    check_world();
}

// test worker: failed: left 1 process behind
void test_leaves_a_child_behind(void) {
    if (fork() == 0)
        hang();
}

// test worker: failed: left 1 process behind
void test_leaves_a_child_behind_that_ignores_every_signal(void) {
    if (fork() == 0) {
        ignore_all_signals();
        hang();
    }
}

// test worker: failed: left 1 process behind
void test_leaves_a_child_behind_that_is_stopped(void) {
    pid_t child = fork();
    if (child == 0) {
        raise(SIGSTOP);
        hang();
    }
    waitpid(child, NULL, WUNTRACED);
}

static void become_daemon(void) {
    pid_t child = fork();
    if (child != 0) {
        waitpid(child, NULL, 0);
        return;
    }
    setsid();
    if (fork() == 0)
        hang();
    _exit(0);
}

// Its descriptors are the test's output.
// test worker: failed: left 1 process behind
void test_leaves_a_daemon_behind(void) {
    become_daemon();
}

// test worker: failed: left 10 processes behind
void test_leaves_ten_daemons_behind(void) {
    for (int i = 0; i < 10; i++)
        become_daemon();
}

static void become_chain(int length) {
    for (int i = 0; i < length; i++) {
        if (fork() != 0)
            hang();
        setsid();
    }
    hang();
}

// test worker: failed: left .* process(es)? behind
void test_leaves_a_chain_of_sessions_behind(void) {
    if (fork() == 0)
        become_chain(20);
    struct timespec moment = {0, 100000000};
    nanosleep(&moment, NULL);
}

// test worker: failed: left 200 processes behind
void test_leaves_two_hundred_children_behind(void) {
    for (int i = 0; i < 200; i++) {
        if (fork() == 0)
            hang();
    }
}

// A bomb of 128 processes, each in a session of its own, that go on while the test is
// long over.
// test worker: failed: left .* processes behind
void test_explodes(void) {
    if (fork() != 0)
        return;
    for (int i = 0; i < 7; i++) {
        fork();
        setsid();
    }
    hang();
}

// A new process every moment, its parent gone: nobody can be caught by its number.
// test worker: failed: left .* behind
void test_leaves_a_process_behind_that_moves_on(void) {
    if (fork() != 0)
        return;
    struct timespec moment = {0, 1000000};
    for (int i = 0; i < 20000; i++) {
        if (fork() != 0)
            _exit(0);
        nanosleep(&moment, NULL);
    }
    _exit(0);
}

// Of its worker's parent it is a child, which ends it with the run.
// worker: passed
// test: failed: left 1 process behind
void test_leaves_a_sibling_behind(void) {
    long child = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
    if (child == 0)
        hang();
    assert(child > 0);
}

// test worker: failed: left 1 process behind
void test_adopts_and_leaves(void) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    become_daemon();
}

// test worker: crashed: killed by SIGKILL
void test_is_killed_by_its_child(void) {
    pid_t self = getpid();
    if (fork() == 0) {
        setsid();
        kill(self, SIGKILL);
    }
    hang();
}

// test worker: crashed: aborted
void test_crashes_with_a_daemon(void) {
    become_daemon();
    abort();
}

// test worker: failed: returned in a process that it had forked
void test_returns_in_a_child(void) {
    pid_t child = fork();
    if (child > 0)
        waitpid(child, NULL, 0);
}

// test worker: failed: returned in a process that it had forked
void test_returns_twice(void) {
    fork();
}

// test worker: failed: .
void test_fails_in_a_child(void) {
    pid_t child = fork();
    if (child > 0) {
        waitpid(child, NULL, 0);
        return;
    }
    int answer = 41;
    assert(answer == 42);
    _exit(0);
}

// A child's crash is its parent's affair.
// all: passed
void test_sees_its_child_crash(void) {
    pid_t child = fork();
    if (child == 0)
        abort();
    int status;
    assert(waitpid(child, &status, 0) == child);
    assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

// all: passed
void test_has_a_child_that_exits(void) {
    pid_t child = fork();
    if (child == 0)
        exit(3);
    int status;
    assert(waitpid(child, &status, 0) == child);
    assert(WIFEXITED(status) && WEXITSTATUS(status) == 3);
}

// all: passed
void test_runs_a_program_in_vfork(void) {
    pid_t child = vfork();
    if (child == 0) {
        execl("/bin/true", "true", (char *)NULL);
        _exit(127);
    }
    int status;
    assert(waitpid(child, &status, 0) == child && status == 0);
}

// test: passed
void test_cannot_wait_for_children(void) {
    signal(SIGCHLD, SIG_IGN);
    assert(system("exit 3") != 3);
}

static void *crash_in_thread(void *unused) {
    *(volatile int *)hidden(NULL) = 1;
    return unused;
}

// test worker last: crashed: SIGSEGV: invalid write at address 0x0
void test_crashes_in_a_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, crash_in_thread, NULL);
    pthread_join(thread, NULL);
}

static volatile int depth;

static int descend(void) {
    volatile char frame[2048];
    frame[0] = (char)depth++;
    return depth < 0 ? frame[0] : descend() + frame[0];
}

static void *overflow_in_thread(void *unused) {
    descend();
    return unused;
}

// test worker: crashed: SIGSEGV
void test_overflows_the_stack_of_a_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, overflow_in_thread, NULL);
    pthread_join(thread, NULL);
}

static void *fail_in_thread(void *unused) {
    int answer = 41;
    assert(answer == 42);
    return unused;
}

// test worker last: failed: answer == 42
void test_fails_in_a_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, fail_in_thread, NULL);
    pthread_join(thread, NULL);
}

// test worker: failed: answer == 42
void test_fails_in_many_threads(void) {
    pthread_t thread;
    for (int i = 0; i < 50; i++)
        pthread_create(&thread, NULL, fail_in_thread, NULL);
    hang();
}

static void fail_in_handler(int signal) {
    assert(signal == 0);
}

// test worker: failed: signal == 0
void test_fails_in_a_signal_handler(void) {
    signal(SIGUSR1, fail_in_handler);
    raise(SIGUSR1);
}

void test_good_behind_processes(void) {
    check_world();
}
