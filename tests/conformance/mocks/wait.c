// not-modes: pedantic
// run: -j 1
#include <pthread.h>
#include <time.h>
#include <unistd.h>
#include <thimble.h>

static void notify(int number) {
    (void)number;
}

static void pause_for(long milliseconds) {
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static void *three_calls(void *data) {
    for (int i = 0; i < 3; i++) {
        pause_for(20);
        notify(i);
    }
    return data;
}

static void *many_calls(void *data) {
    for (int i = 0; i < 10000; i++)
        notify(i);
    return data;
}

static void *waits(void *data) {
    mock_wait(notify, *(int *)data, 20);
    return data;
}

static pthread_t start(void *(*body)(void *), void *data) {
    pthread_t id;
    assert(pthread_create(&id, NULL, body, data) == 0);
    return id;
}

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void test_waits_for_the_third(void) {
    mock(notify);
    pthread_t id = start(three_calls, NULL);
    double cpu = seconds(CLOCK_THREAD_CPUTIME_ID);
    mock_wait(notify, 3, 20);
    assert(mock_call_count(notify) == 3);
    assert(seconds(CLOCK_THREAD_CPUTIME_ID) - cpu < 0.02); /* asleep */
    pthread_join(id, NULL);
    assert_called_with(notify, 2);
}

void test_does_not_wait_for_what_has_been(void) {
    mock(notify);
    notify(1);
    mock_wait(notify, 1, 0);
    mock_wait(notify, 0, 0);
    mock_reset(notify);
    pthread_t id = start(three_calls, NULL);
    mock_wait(notify, 1, 1e300);
    pthread_join(id, NULL);
}

void test_many_wait_for_many(void) {
    pthread_t callers[4], waiters[4];
    int counts[4] = {40000, 1, 20000, 39999};
    mock(notify);
    for (int i = 0; i < 4; i++)
        waiters[i] = start(waits, &counts[i]);
    for (int i = 0; i < 4; i++)
        callers[i] = start(many_calls, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(waiters[i], NULL);
    assert(mock_call_count(notify) == 40000);
    for (int i = 0; i < 4; i++)
        pthread_join(callers[i], NULL);
}

void test_in_vain(void) {
    double start = seconds(CLOCK_MONOTONIC);
    mock(notify);
    notify(7);
    assert_fails("notify was called 1 time in 0.05 s")
        mock_wait(notify, 2, 0.05);
    assert(seconds(CLOCK_MONOTONIC) - start >= 0.05);
    mock_wait(notify, 2, 0.05);
}

void test_no_time(void) {
    mock(notify);
    mock_wait(notify, 1, -1);
}

void test_without_a_mock(void) {
    mock_wait(notify, 1, 1);
}

void test_reset_without_a_mock(void) {
    mock_reset(notify);
}
