#include "user_signals.h"

#include <time.h>

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
    await_signal(awaited, SIGINT);
    await_signal(awaited, SIGTERM);
    await_signal(awaited, SIGHUP);
    sigaddset(awaited, SIGCHLD);
    sigset_t blocked = *awaited;
    /* A reader of the report that goes away must not leave processes behind. */
    sigaddset(&blocked, SIGPIPE);
    sigprocmask(SIG_BLOCK, &blocked, &session->signals);
    let_children_be_awaited();
}

void _thimble_unblock_signals(const struct session *session) {
    const struct timespec now = {0, 0};
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    if (!sigismember(&session->signals, SIGPIPE))
        sigtimedwait(&pipe, NULL, &now);
    sigprocmask(SIG_SETMASK, &session->signals, NULL);
}
