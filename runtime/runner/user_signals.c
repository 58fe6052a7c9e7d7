#include "user_signals.h"

#include <time.h>

static const int interrupting[] = {SIGINT, SIGTERM, SIGHUP};
#define INTERRUPTING (sizeof(interrupting) / sizeof(interrupting[0]))

static void await_signal(sigset_t *awaited, int signal) {
    struct sigaction action;
    if (sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN &&
        !(action.sa_flags & SA_SIGINFO))
        return;
    sigaddset(awaited, signal);
}

/* Where SIGCHLD is ignored nobody can be waited for. */
static void let_children_be_awaited(void) {
    struct sigaction action;
    sigaction(SIGCHLD, NULL, &action);
    bool ignored = !(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_IGN;
    if (ignored || (action.sa_flags & SA_NOCLDWAIT))
        signal(SIGCHLD, SIG_DFL);
}

void _thimble_block_signals(struct session *session, sigset_t *awaited) {
    sigemptyset(awaited);
    for (size_t i = 0; i < INTERRUPTING; i++)
        await_signal(awaited, interrupting[i]);
    sigaddset(awaited, SIGCHLD);
    sigset_t blocked = *awaited;
    /* A reader of the report that goes away must not leave processes behind. */
    sigaddset(&blocked, SIGPIPE);
    sigprocmask(SIG_BLOCK, &blocked, &session->signals);
    let_children_be_awaited();
}

void _thimble_unblock_signals(const struct session *session, bool interrupted) {
    const struct timespec now = {0, 0};
    sigset_t signals = session->signals, pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    if (!sigismember(&signals, SIGPIPE))
        sigtimedwait(&pipe, NULL, &now);
    for (size_t i = 0; interrupted && i < INTERRUPTING; i++)
        sigaddset(&signals, interrupting[i]);
    sigprocmask(SIG_SETMASK, &signals, NULL);
}
