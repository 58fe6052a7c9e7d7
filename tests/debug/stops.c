/* What tests/debug/stops stops: a test for each reason, and what goes on meanwhile. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <thimble.h>
#include <time.h>
#include <unistd.h>

static void nap(int milliseconds) {
    const struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    nanosleep(&time, NULL);
}

static void note(const char *what) {
    const char *file = getenv("STOPS_LOG");
    int log = file ? open(file, O_WRONLY | O_APPEND) : -1;
    if (log >= 0 && write(log, what, strlen(what)) > 0)
        close(log);
}

/* Until another test has noted it. */
static void await_note(const char *what) {
    const char *file = getenv("STOPS_LOG");
    char noted[4096] = "";
    for (int i = 0; file && i < 80 && !strstr(noted, what); i++) {
        int log = open(file, O_RDONLY);
        ssize_t got = read(log, noted, sizeof(noted) - 1);
        noted[got > 0 ? got : 0] = '\0';
        close(log);
        nap(10);
    }
}

static int is(int x) {
    int doubled = 2 * x;
    assert(doubled == 3);
    return doubled;
}

static void *in_thread(void *x) {
    is(7);
    return x;
}

static int deeper(int n) {
    volatile char room[4096];
    room[0] = (char)n;
    return n < 0 ? 0 : deeper(n + 1) + room[0];
}

/* ---- Each reason ---- */

TAG("reason") void test_a_assert(void) {
    is(4);
}

TAG("reason") void test_b_expect(void) {
    expect(1 == 2);
    expect(2 == 3);
}

TAG("reason") void test_c_mock(void) {
    assert_not_called(nap);
    mock_return_each(getppid, 1);
    getppid();
    getppid();
}

TAG("reason") void test_d_subtest(void) {
    for (int i = 0; i < 2; i++)
        subtest("number %d", i) {
            assert(i == 0);
        }
}

TAG("reason") void test_e_crash(void) {
    volatile int *p = NULL;
    *p = 1;
}

TAG("reason") void test_f_abort(void) {
    abort();
}

TAG("reason") void test_g_overflow(void) {
    deeper(0);
}

TAG("reason") void test_h_exit(void) {
    exit(3);
}

TAG("reason") TIMEOUT(0.3) void test_i_late(void) {
    for (;;)
        nap(10);
}

TAG("reason") void test_j_child(void) {
    pid_t child = fork();
    if (child == 0) {
        is(5);
        _exit(0);
    }
    waitpid(child, NULL, 0);
}

TAG("reason") void test_k_teardown(int torn) {
    assert(torn == 1);
}

int fixture_torn(void) {
    return 1;
}

void teardown_torn(int torn) {
    assert(torn == 2);
}

/* What is no failure. */
TAG("reason") XFAIL("known") void test_l_xfail(void) {
    assert(0);
}

TAG("reason") void test_m_expected(void) {
    assert_fails("0") {
        assert(0);
    }
    assert_exits(3) {
        exit(3);
    }
    assert_aborts() {
        abort();
    }
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
}

/* In a process for all tests the run ends here. */
TAG("reason") void test_z_thread(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, in_thread, NULL);
    pthread_join(thread, NULL);
}

/* ---- breakpoint() ---- */

static int breaks(void) {
    sigset_t before, after;
    sigemptyset(&before);
    sigaddset(&before, SIGUSR1);
    sigprocmask(SIG_BLOCK, &before, NULL);
    sigprocmask(SIG_BLOCK, NULL, &before);
    errno = 7;
    breakpoint();
    sigprocmask(SIG_BLOCK, NULL, &after);
    return errno == 7 && sigismember(&after, SIGUSR1) && !sigismember(&after, SIGINT);
}

static void *breaks_in_thread(void *result) {
    *(int *)result = breaks();
    return NULL;
}

TAG("break") TIMEOUT(1) void test_breaks(struct capture *capture) {
    note("begin breaks\n");
    printf("captured\n");
    if (getenv("STOPS_WAITS"))
        await_note("begin beside");
    assert(breaks());
    if (getenv("STOPS_WAITS"))
        nap(300);
    assert_equal(captured_stdout(capture), "captured\n");
    assert_equal(captured_stderr(capture), "");
}

TAG("break") void test_breaks_in_thread(void) {
    pthread_t thread;
    int result = 0;
    pthread_create(&thread, NULL, breaks_in_thread, &result);
    pthread_join(thread, NULL);
    assert(result);
}

TAG("break") void test_breaks_in_child(void) {
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(breaks() ? 0 : 1);
    waitpid(child, &status, 0);
    assert(status == 0);
}

TAG("other") void test_breaks_beside(void) {
    note("begin beside\n");
    nap(300);
}

TAG("other") void test_breaks_after(void) {
    note("begin after\n");
}

TAG("loop") void test_loop(void) {
    for (;;)
        nap(10);
}
