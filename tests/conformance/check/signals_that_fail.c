// run: -j 1
// not-modes: sanitize
#include <thimble.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static volatile int number = SIGUSR1;
static int volatile *volatile nowhere;

void test_no_signal(void) {
    assert_signals(SIGUSR1) number = SIGUSR1;
}

void test_named_by_a_variable(void) {
    assert_signals(number) {
        if (number)
            break;
    }
}

void test_another_signal(void) {
    assert_signals(SIGUSR1) raise(SIGUSR2);
}

void test_another_fault(void) {
    assert_signals(SIGFPE) *nowhere = 1;
}

void test_an_exit(void) {
    assert_signals(SIGUSR1) exit(3);
}

void test_an_assert(void) {
    assert_signals(SIGUSR1) {
        assert(number == 0);
        raise(SIGUSR1);
    }
}

void test_no_abort(void) {
    assert_aborts() {
        number = SIGUSR1;
    }
}

void test_exits_instead_of_aborting(void) {
    assert_aborts() exit(3);
}

void test_what_cannot_be_caught(void) {
    assert_signals(SIGKILL) raise(SIGKILL);
}

void test_what_cannot_be_caught_either(void) {
    assert_signals(SIGSTOP) raise(SIGSTOP);
}

void test_no_signal_at_all(void) {
    assert_signals(-1) raise(SIGTERM);
}

void test_a_fault_behind_a_block(void) {
    assert_signals(SIGSEGV) *nowhere = 1;
    *nowhere = 2;
}

static void *faults(void *unused) {
    *nowhere = 1;
    return unused;
}

void test_a_fault_in_another_thread(void) {
    pthread_t thread;
    assert_signals(SIGSEGV) {
        pthread_create(&thread, NULL, faults, NULL);
        pthread_join(thread, NULL);
    }
}

void test_an_ignored_signal(void) {
    assert_signals(SIGUSR1) {
        signal(SIGUSR1, SIG_IGN);
        raise(SIGUSR1);
    }
}
