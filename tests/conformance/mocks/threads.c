// libs: -pthread
// flags: -pthread
#define _DEFAULT_SOURCE 1
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>
#include <thimble.h>

enum { THREADS = 8, CALLS = 2000 };

struct job {
    int thread, number;
};

static void work(int thread, int number, const char *name, const struct job *job) {
    (void)thread, (void)number, (void)name, (void)job;
}
static void other(int thread) {
    (void)thread;
}

static void *run(void *data) {
    int thread = (int)(intptr_t)data;
    char name[16] = "thread ";
    name[7] = (char)('0' + thread);
    for (int i = 0; i < CALLS; i++) {
        struct job job = {thread, i};
        work(thread, i, name, &job);
        other(thread);
    }
    return NULL;
}

static void run_all(void) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, run, (void *)(intptr_t)i);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

void test_none_is_lost(void) {
    mock(work);
    mock(other);
    run_all();
    assert(mock_call_count(work) == THREADS * CALLS);
    assert(mock_call_count(other) == THREADS * CALLS);
    for (int i = 0; i < THREADS; i++)
        assert_any_call(work, i, CALLS - 1, CONTAINS("thread "),
                        POINTS_TO((struct job){i, CALLS - 1}));
}

/* Each thread's calls stand in its own order, with what belonged to them. */
void test_each_in_its_order(void) {
    int next[THREADS] = {0}, count = 0;
    mock(work);
    run_all();
    for (const struct thimble_call *call = mock_calls(work); call->function; call++, count++) {
        int thread = call_argument(int, call, "thread");
        int number = call_argument(int, call, "number");
        struct job job = call_argument(struct job, call, "job");
        if (number != next[thread]++ || job.thread != thread || job.number != number ||
            call_argument(const char *, call, "name")[7] != '0' + thread)
            assert_equal(call_argument(struct job, call, "job"),
                         ((struct job){thread, next[thread] - 1}));
    }
    assert(count == THREADS * CALLS);
}

void test_order_across_mocks(void) {
    int works[THREADS] = {0};
    mock(work);
    mock(other);
    run_all();
    for (const struct thimble_call *call = mock_calls_all(); call->function; call++) {
        int thread = call_argument(int, call, "thread");
        works[thread] += strcmp(call->function, "work") == 0 ? 1 : -1;
        if (works[thread] < 0 || works[thread] > 1)
            assert(!"a call of other came before one of work");
    }
}

static volatile sig_atomic_t handled;

static void handle(int signal) {
    struct job job = {9, handled};
    char name[] = "signal";
    work(signal, handled++, name, &job);
}

/* A handler may come in the middle of the recording of another call. */
void test_in_a_signal_handler(void) {
    struct itimerval often = {{0, 100}, {0, 100}}, never = {{0, 0}, {0, 0}};
    int made = 0;
    mock(work);
    signal(SIGALRM, handle);
    setitimer(ITIMER_REAL, &often, NULL);
    while (handled < 200)
        run((void *)1), made += CALLS;
    setitimer(ITIMER_REAL, &never, NULL);
    assert(mock_call_count(work) == (size_t)(made + handled));
    int seen = 0;
    for (const struct thimble_call *call = mock_calls(work); call->function; call++)
        if (call_argument(int, call, "thread") == SIGALRM) {
            assert(call_argument(struct job, call, "job").number == seen);
            assert(strcmp(call_argument(char *, call, "name"), "signal") == 0);
            seen++;
        }
    assert(seen == handled);
}
