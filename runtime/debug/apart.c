/* For CLONE_UNTRACED and __WALL. */
#define _GNU_SOURCE 1

#include "apart.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../tracker/interpose.h"

/* A debugger would take it for a thread. */
pid_t _thimble_fork_apart(void) {
    return (pid_t)syscall(SYS_clone, (long)CLONE_UNTRACED, 0L, 0L, 0L, 0L);
}

bool _thimble_has_ended(pid_t process, int options, int *status) {
    pid_t ended;
    do
        ended = waitpid(process, status, options | __WALL);
    while (ended < 0 && errno == EINTR);
    return ended != 0;
}

/* What goes wrong there stays there, without a word. */
static void settle_in(void) {
    static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (size_t i = 0; i < sizeof(fatal) / sizeof(fatal[0]); i++)
        signal(fatal[i], SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
    _thimble_leave_heap();
}

static void await(pid_t process, double seconds) {
    const struct timespec pause = {0, 100000};
    int status;
    for (int i = 0; i < seconds * 10000; i++) {
        if (_thimble_has_ended(process, WNOHANG, &status))
            return;
        nanosleep(&pause, NULL);
    }
    kill(process, SIGKILL);
    _thimble_has_ended(process, 0, &status);
}

void _thimble_apart(void (*work)(void *), void *data, double seconds) {
    int saved = errno;
    pid_t process = _thimble_fork_apart();
    if (process == 0) {
        settle_in();
        work(data);
        syscall(SYS_exit_group, 0);
    }
    if (process > 0)
        await(process, seconds);
    errno = saved;
}
