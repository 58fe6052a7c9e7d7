/* mock_wait: asleep until another thread's call wakes it.
 *
 * A mock says how many calls are awaited, the least number of those that threads wait for. The
 * call that finds it reached takes it away and wakes all; who waits for more says so again. */

/* For syscall. */
#define _GNU_SOURCE 1

#include "../check/check.h"
#include "explain.h"
#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <thimble/mock.h>
#include <time.h>
#include <unistd.h>

#define LONGEST 1e9 /* seconds: for ever */

/* ---- The thread that calls ---- */

void _thimble_wake(struct mock *mock) {
    size_t awaited = atomic_load(&mock->awaited);
    if (!awaited || _thimble_call_count(&mock->calls) < awaited)
        return;
    atomic_store(&mock->awaited, 0);
    atomic_fetch_add(&mock->wakes, 1);
    syscall(SYS_futex, &mock->wakes, FUTEX_WAKE_PRIVATE, INT32_MAX, NULL, NULL, 0);
}

/* ---- The thread that waits ---- */

static struct timespec from_now(double seconds) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    time_t whole = (time_t)seconds;
    time.tv_sec += whole;
    time.tv_nsec += (long)((seconds - (double)whole) * 1e9);
    if (time.tv_nsec >= 1000000000) {
        time.tv_sec++;
        time.tv_nsec -= 1000000000;
    }
    return time;
}

static void await(struct mock *mock, size_t count) {
    size_t awaited = atomic_load(&mock->awaited);
    while ((!awaited || awaited > count) &&
           !atomic_compare_exchange_weak(&mock->awaited, &awaited, count))
        continue;
}

/* False where the time is over. A call is counted before it looks whether it is awaited, and
 * the other way round here: one of the two sees the other. */
static bool wait_for(struct mock *mock, size_t count, const struct timespec *end) {
    for (;;) {
        uint32_t wakes = atomic_load(&mock->wakes);
        await(mock, count);
        if (_thimble_call_count(&mock->calls) >= count)
            return true;
        long got = syscall(SYS_futex, &mock->wakes, FUTEX_WAIT_BITSET_PRIVATE, wakes, end, NULL,
                           FUTEX_BITSET_MATCH_ANY);
        if (got != 0 && errno == ETIMEDOUT)
            return _thimble_call_count(&mock->calls) >= count;
    }
}

static void __attribute__((noreturn))
fail(struct place place, const struct mock *mock, const char *text, size_t count, double seconds) {
    struct text written = _thimble_growing_text();
    size_t calls = _thimble_call_count(&mock->calls);
    _thimble_printf(&written, "%s, %zu, %g", text, count, seconds);
    _thimble_fail_calls(place, mock, written.data, "%s was called %zu time%s in %g s", mock->name,
                        calls, calls == 1 ? "" : "s", seconds);
}

void thimble_mock_wait_at(const char *file, int line, struct thimble_name f, size_t count,
                          double seconds) {
    struct place place = {file, line, "mock_wait"};
    struct target target = _thimble_target(place, f);
    struct mock *mock = _thimble_existing_mock(place, &target);
    int saved = errno;
    if (!(seconds >= 0))
        _thimble_fail_target(place, f.text, "%g s is no time to wait", seconds);
    struct timespec end = from_now(seconds < LONGEST ? seconds : LONGEST);
    if (!wait_for(mock, count, &end))
        fail(place, mock, f.text, count, seconds);
    errno = saved;
}
