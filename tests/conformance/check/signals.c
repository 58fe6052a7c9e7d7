#define _GNU_SOURCE
#include <thimble.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int steps;

void test_raise(void) {
    steps = 0;
    assert_signals(SIGUSR1) {
        steps++;
        raise(SIGUSR1);
        steps++;
    }
    assert(steps == 1);
}

void test_each_signal(void) {
    static const int signals[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGILL,  SIGTRAP, SIGABRT, SIGBUS,
                                  SIGFPE,  SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM,
                                  SIGCHLD, SIGCONT, SIGTSTP, SIGTTIN, SIGURG,  SIGWINCH, SIGSYS};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        assert_signals(signals[i]) raise(signals[i]);
        assert_signals(signals[i]) kill(getpid(), signals[i]);
    }
    assert_signals(SIGRTMIN + 1) raise(SIGRTMIN + 1);
    assert_signals(SIGRTMAX) kill(getpid(), SIGRTMAX);
}

static int volatile *volatile nowhere;

void test_faults(void) {
    for (int i = 0; i < 100; i++) {
        assert_signals(SIGSEGV) *nowhere = 1;
        assert_signals(SIGILL) __builtin_trap();
    }
    int *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_signals(SIGSEGV) *(volatile int *)page = 1;
    munmap(page, 4096);
}

static int descend(int depth) {
    volatile char frame[1000];
    frame[0] = (char)depth;
    return depth < 0 ? frame[0] : descend(depth + 1) + frame[0];
}

void test_stack_overflow(void) {
    for (int i = 0; i < 5; i++)
        assert_signals(SIGSEGV) descend(0);
}

void test_a_timer(void) {
    const struct itimerval soon = {.it_value = {0, 10000}};
    assert_signals(SIGALRM) {
        setitimer(ITIMER_REAL, &soon, NULL);
        for (;;)
            pause();
    }
    assert_signals(SIGALRM) {
        setitimer(ITIMER_REAL, &soon, NULL);
        for (;;)
            steps++;
    }
}

/* ---- What is there before ---- */

static volatile int handled;

static void handle(int signal) {
    handled = signal;
}

void test_handlers_are_put_back(void) {
    struct sigaction action;
    signal(SIGUSR1, handle);
    signal(SIGUSR2, SIG_IGN);
    assert_signals(SIGUSR1) raise(SIGUSR1);
    assert_signals(SIGUSR2) raise(SIGUSR2);
    assert(handled == 0);
    raise(SIGUSR1);
    assert(handled == SIGUSR1);
    sigaction(SIGUSR2, NULL, &action);
    assert(action.sa_handler == SIG_IGN);
    sigaction(SIGTERM, NULL, &action);
    assert(action.sa_handler == SIG_DFL);
    assert_signals(SIGTERM) raise(SIGTERM);
    sigaction(SIGTERM, NULL, &action);
    assert(action.sa_handler == SIG_DFL);
}

static int is_blocked(int signal) {
    sigset_t set;
    sigprocmask(SIG_BLOCK, NULL, &set);
    return sigismember(&set, signal);
}

static void block(int signal) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

void test_blocked_ones(void) {
    block(SIGUSR1);
    assert_signals(SIGUSR1) raise(SIGUSR1);
    assert(is_blocked(SIGUSR1));
    assert_signals(SIGUSR2) {
        block(SIGUSR2);
        raise(SIGUSR2);
    }
    assert(!is_blocked(SIGUSR2));
    assert_signals(SIGUSR2) raise(SIGUSR2);
    block(SIGSEGV);
    assert_signals(SIGSEGV) *nowhere = 1;
    assert(is_blocked(SIGSEGV));
}

/* As a program does that has cleaned up and means to die of it. */
void test_set_back_to_the_default(void) {
    assert_signals(SIGTERM) {
        signal(SIGTERM, SIG_DFL);
        raise(SIGTERM);
    }
    assert_signals(SIGTERM) {
        signal(SIGTERM, SIG_DFL);
        kill(getpid(), SIGTERM);
    }
}

/* ---- Nested ---- */

static int answer(void) {
    return 42;
}

static int one(void) {
    return 1;
}

void test_nested(void) {
    steps = 0;
    assert_signals(SIGTERM) {
        assert_signals(SIGSEGV) {
            assert_signals(SIGTERM) {
                steps = 1;
                raise(SIGTERM);
            }
            steps = 2;
            *nowhere = 1;
        }
        steps++;
        assert_signals(SIGSEGV) {
            with_patch(answer, one) {
                steps += answer();
                raise(SIGTERM);
            }
        }
    }
    assert(steps == 4);
    assert(answer() == 42);
    assert_signals(SIGSEGV) *nowhere = 1;
}

void test_exits_and_signals(void) {
    steps = 0;
    assert_exits(3) {
        assert_signals(SIGSEGV) {
            steps++;
            assert_exits(2) exit(2);
            *nowhere = 1;
        }
        assert_signals(SIGSEGV) {
            steps++;
            exit(3);
        }
    }
    assert(steps == 2);
    assert_signals(SIGUSR1) {
        assert_exits(1) raise(SIGUSR1);
    }
}

/* ---- Aborts ---- */

void test_aborts(void) {
    for (int i = 0; i < 100; i++)
        assert_aborts() abort();
    assert_aborts() {
        signal(SIGABRT, SIG_IGN);
        abort();
    }
    assert_aborts() {
        block(SIGABRT);
        abort();
    }
    assert(!is_blocked(SIGABRT));
    assert_aborts() raise(SIGABRT);
    assert_signals(SIGABRT) abort();
}

static jmp_buf away;

static void jump_away(int signal) {
    (void)signal;
    longjmp(away, 1);
}

/* Its own handler is asked first. */
void test_an_abort_that_the_code_handles(void) {
    steps = 0;
    assert_aborts() {
        signal(SIGABRT, jump_away);
        if (!setjmp(away))
            abort();
        steps++;
        signal(SIGABRT, SIG_DFL);
        abort();
    }
    assert(steps == 1);
}

/* ---- Threads and processes ---- */

static void *in_thread(void *unused) {
    volatile int caught = 0;
    for (int i = 0; i < 20; i++) {
        assert_signals(SIGSEGV) {
            caught++;
            *nowhere = 1;
        }
        assert_signals(SIGSEGV) {
            caught++;
            descend(0);
        }
        assert_signals(SIGUSR1) {
            caught++;
            raise(SIGUSR1);
        }
        assert_aborts() {
            caught++;
            abort();
        }
    }
    return unused ? unused : (void *)(uintptr_t)caught;
}

void test_in_threads(void) {
    pthread_t threads[3];
    void *caught;
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, in_thread, NULL);
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], &caught);
        assert((uintptr_t)caught == 80);
    }
}

static void *kills_the_process(void *unused) {
    volatile int caught = 0;
    assert_signals(SIGUSR2) {
        caught++;
        kill(getpid(), SIGUSR2);
        for (;;)
            pause();
    }
    return unused ? unused : (void *)(uintptr_t)caught;
}

/* The system may hand it to another thread than the one that waits for it. */
void test_sent_to_the_process_in_a_thread(void) {
    pthread_t thread;
    void *caught;
    pthread_create(&thread, NULL, kills_the_process, NULL);
    pthread_join(thread, &caught);
    assert((uintptr_t)caught == 1);
}

static volatile int waiting;

static void *waits_for_it(void *unused) {
    volatile int caught = 0;
    assert_signals(SIGUSR2) {
        caught++;
        waiting = 1;
        for (;;)
            pause();
    }
    return unused ? unused : (void *)(uintptr_t)caught;
}

void test_sent_to_the_process_by_another_thread(void) {
    pthread_t thread;
    void *caught;
    pthread_create(&thread, NULL, waits_for_it, NULL);
    while (!waiting)
        usleep(1000);
    kill(getpid(), SIGUSR2);
    pthread_join(thread, &caught);
    assert((uintptr_t)caught == 1);
}

void test_in_a_forked_process(void) {
    volatile int status = 0;
    assert_signals(SIGTERM) {
        pid_t child = fork();
        int ended;
        if (child == 0)
            raise(SIGTERM);
        waitpid(child, &ended, 0);
        status = ended;
        raise(SIGTERM);
    }
    assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}
