#include "await.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <time.h>

#define MEANWHILE 0.1    /* seconds */
#define LONGEST_STOP 1.0 /* seconds */
#define NEVER 1e18

double _thimble_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void wait_for_child_signal(double seconds) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    time_t whole = (time_t)seconds;
    struct timespec limit = {whole, (long)((seconds - (double)whole) * 1e9)};
    sigtimedwait(&signals, NULL, &limit);
}

/* Takes in what changed. Orphans that the test's processes left to us are waited
 * for on the way. True once the process has ended. */
static bool has_ended(pid_t process, int *ended, double *stopped) {
    pid_t changed;
    int status;
    while ((changed = waitpid(-1, &status, WNOHANG | WUNTRACED | WCONTINUED)) > 0) {
        if (changed != process)
            continue;
        if (WIFSTOPPED(status)) {
            *stopped = _thimble_now();
        } else if (WIFCONTINUED(status)) {
            *stopped = NEVER;
        } else {
            *ended = status;
            return true;
        }
    }
    return changed < 0;
}

/* It may have left its group, or may not have come to make one yet. */
static int end_group(pid_t process) {
    int status = 0;
    kill(-process, SIGKILL);
    kill(process, SIGKILL);
    waitpid(process, &status, 0);
    return status;
}

static double smaller(double a, double b) {
    return a < b ? a : b;
}

/* How much longer the process may take; a debugger that is wanted when the time is over has it
 * first. */
static double time_left(pid_t process, struct stop_desk *desk, double deadline, double stopped) {
    double left = smaller(deadline + desk->took, stopped + LONGEST_STOP) - _thimble_now();
    bool holds = _thimble_is_stopped(desk) ||
                 (left <= 0 && stopped == NEVER && _thimble_stop_late(desk, process));
    return holds ? MEANWHILE : left;
}

struct ending _thimble_await(pid_t process, double timeout, struct stop_desk *desk,
                             double (*meanwhile)(void *), void *data) {
    struct ending ending = {0};
    double deadline = timeout > 0 ? _thimble_now() + timeout : NEVER;
    double stopped = NEVER;
    for (;;) {
        double left = time_left(process, desk, deadline, stopped);
        if (left <= 0)
            break;
        wait_for_child_signal(smaller(left, MEANWHILE));
        if (has_ended(process, &ending.status, &stopped))
            return ending;
        if (_thimble_is_stopped(desk))
            stopped = NEVER;
        double most = meanwhile(data);
        if (most >= 0)
            deadline = smaller(deadline, _thimble_now() + most - desk->took);
    }
    ending.kind = stopped == NEVER ? ENDED_BY_TIMEOUT : ENDED_STOPPED;
    ending.status = end_group(process);
    return ending;
}

size_t _thimble_await_children(double seconds) {
    double deadline = _thimble_now() + seconds;
    size_t count = 0;
    for (;;) {
        int status;
        pid_t ended = waitpid(-1, &status, WNOHANG);
        if (ended > 0) {
            count++;
            continue;
        }
        double left = deadline - _thimble_now();
        if (ended < 0 || left <= 0)
            return count;
        wait_for_child_signal(left);
    }
}
