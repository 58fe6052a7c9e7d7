/* assert_signals and assert_aborts. */

/* For tgkill's number. */
#define _GNU_SOURCE 1

#include "signals.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <thimble/check.h>
#include <time.h>
#include <unistd.h>

#include "../base/pool.h"
#include "../runner/faults.h"
#include "../tracker/tracker.h"
#include "block.h"
#include "check.h"

#define MOST_SIGNALS 64
#define HANDLER_STACK ((size_t)64 * 1024)

struct signals_block {
    struct open_block block; /* first */
    const char *file;
    int line;
    const char *text; /* null: of assert_aborts */
    int signal;
    bool blocked; /* in the thread, before */
    bool pending; /* before, too */
    void *stack;  /* that the handler runs on where the thread had none for it */
    pid_t outer;  /* thread that waited for the signal before */
    uint32_t since;
};

static struct pool pool = {.size = sizeof(struct signals_block)};
static struct pool stacks = {.size = HANDLER_STACK};

/* What the blocks of all threads have made of a signal. */
static struct {
    int users;
    struct sigaction before;
    _Atomic pid_t thread; /* that waits for it since last */
} handlers[MOST_SIGNALS + 1];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- A signal ---- */

static bool is_ignored_by_default(int signal) {
    return signal == SIGCHLD || signal == SIGURG || signal == SIGWINCH || signal == SIGCONT;
}

/* As it would have been without us. */
static void pass_on(int signal, siginfo_t *info, void *context) {
    const struct sigaction *before = &handlers[signal].before;
    bool is_fault = info->si_code > 0 && (SIGNAL_BIT(signal) & FATAL_SIGNALS);
    if (before->sa_flags & SA_SIGINFO) {
        before->sa_sigaction(signal, info, context);
    } else if (before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN) {
        before->sa_handler(signal);
    } else if (is_fault || (before->sa_handler == SIG_DFL && !is_ignored_by_default(signal))) {
        sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
        if (info->si_code <= 0)
            raise(signal);
    }
}

/* What a thread sends to its own process may arrive in another one. */
static bool belongs_elsewhere(int signal, const siginfo_t *info) {
    pid_t thread = atomic_load(&handlers[signal].thread);
    return info->si_code == SI_USER && info->si_pid == getpid() && thread &&
           thread != (pid_t)syscall(SYS_gettid) &&
           syscall(SYS_tgkill, getpid(), thread, signal) == 0;
}

static void catch_signal(int signal, siginfo_t *info, void *context) {
    int saved = errno;
    struct open_block *catcher = _thimble_signal_catcher(signal);
    if (catcher && catcher->role == ROLE_EVENT)
        _thimble_leave_by(catcher, OUT_SIGNAL, signal);
    if (!belongs_elsewhere(signal, info))
        pass_on(signal, info, context);
    errno = saved;
}

static bool set_handler(int signal, struct sigaction *before) {
    struct sigaction action = {.sa_sigaction = catch_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    return sigaction(signal, &action, before) == 0;
}

/* ---- In units ---- */

/* Whether this thread waits for the signal, and the code has no handler of its own for it. */
static struct open_block *waits_for(int signal) {
    struct open_block *catcher = NULL;
    struct sigaction action;
    if (signal > 0 && signal <= MOST_SIGNALS)
        catcher = _thimble_signal_catcher(signal);
    if (!catcher || sigaction(signal, NULL, &action) != 0)
        return NULL;
    bool is_ours = (action.sa_flags & SA_SIGINFO) && (action.sa_sigaction == catch_signal ||
                                                      action.sa_sigaction == _thimble_note_fault);
    bool is_own = (action.sa_flags & SA_SIGINFO) ||
                  (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN);
    return is_ours || !is_own ? catcher : NULL;
}

void _thimble_abort(void) {
    struct open_block *catcher = waits_for(SIGABRT);
    /* A debugger shows what was called. */
    bool is_shown = catcher && catcher->role == ROLE_GUARD && _thimble_stopping.failures;
    if (catcher && !is_shown)
        _thimble_leave_by(catcher, OUT_SIGNAL, SIGABRT);
    abort();
}

static void catch_default(int signal) {
    struct sigaction action;
    struct open_block *catcher = waits_for(signal);
    if (catcher && catcher->role == ROLE_EVENT && sigaction(signal, NULL, &action) == 0 &&
        !(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_DFL)
        set_handler(signal, NULL);
}

int _thimble_raise(int signal) {
    catch_default(signal);
    return raise(signal);
}

int _thimble_kill(pid_t process, int signal) {
    if (process == getpid())
        catch_default(signal);
    return kill(process, signal);
}

/* ---- The block ---- */

/* A thread that has overflowed its stack needs another one. */
static void give_stack(struct signals_block *block) {
    stack_t stack;
    block->stack = NULL;
    if (sigaltstack(NULL, &stack) != 0 || !(stack.ss_flags & SS_DISABLE))
        return;
    block->stack = _thimble_pool_take(&stacks);
    stack = (stack_t){.ss_sp = block->stack, .ss_size = HANDLER_STACK};
    sigaltstack(&stack, NULL);
}

static void take_stack(const struct signals_block *block) {
    const stack_t none = {.ss_flags = SS_DISABLE};
    if (!block->stack)
        return;
    sigaltstack(&none, NULL);
    _thimble_pool_give(&stacks, block->stack);
}

/* A handler that jumps must not leave the lock behind. */
static sigset_t begin_change(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_mutex_lock(&lock);
    return before;
}

static void end_change(const sigset_t *before) {
    pthread_mutex_unlock(&lock);
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

static void watch(struct signals_block *block) {
    sigset_t before = begin_change();
    if (handlers[block->signal].users++ == 0)
        set_handler(block->signal, &handlers[block->signal].before);
    block->outer = atomic_exchange(&handlers[block->signal].thread, (pid_t)syscall(SYS_gettid));
    end_change(&before);
}

static void watch_no_more(const struct signals_block *block) {
    sigset_t before = begin_change();
    atomic_store(&handlers[block->signal].thread, block->outer);
    if (--handlers[block->signal].users == 0)
        sigaction(block->signal, &handlers[block->signal].before, NULL);
    end_change(&before);
}

static bool is_pending(int signal) {
    sigset_t pending;
    return sigpending(&pending) == 0 && sigismember(&pending, signal) == 1;
}

static void set_blocked(int signal, bool blocked) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    pthread_sigmask(blocked ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

/* One that the code has blocked waits. */
static bool arrives_late(const struct signals_block *block) {
    const struct timespec now = {0, 0};
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, block->signal);
    return !block->pending && is_pending(block->signal) && sigtimedwait(&set, NULL, &now) > 0;
}

static void judge(const struct signals_block *block) {
    char buffer[64];
    struct text name = _thimble_text(buffer, sizeof(buffer));
    _thimble_put_signal(&name, block->signal);
    if (block->text)
        _thimble_fail(block->file, block->line, "assert_signals(%s): the block did not get %s",
                      block->text, name.data);
    _thimble_fail(block->file, block->line, "assert_aborts(): the block did not abort");
}

static void leave(struct open_block *open, const void *alive, bool itself) {
    (void)alive;
    struct signals_block block = *(struct signals_block *)open;
    bool caught = block.block.out == OUT_SIGNAL || arrives_late(&block);
    watch_no_more(&block);
    set_blocked(block.signal, block.blocked);
    take_stack(&block);
    _thimble_pool_give(&pool, open);
    if (caught)
        _thimble_excuse_since(block.since);
    if (itself && !caught)
        judge(&block);
}

static struct thimble_block enter(const char *file, int line, int signal, const char *text) {
    struct signals_block *block = _thimble_pool_take(&pool);
    block->file = file;
    block->line = line;
    block->text = text;
    block->signal = signal;
    block->since = _thimble_tracker_now();
    block->block.role = ROLE_EVENT;
    block->block.catches = OUT_SIGNAL;
    block->block.signals = SIGNAL_BIT(signal);
    give_stack(block);
    watch(block);
    struct thimble_block entered = _thimble_enter_block(&block->block, leave);
    block->blocked = sigismember(&block->block.mask, signal) == 1;
    block->pending = block->blocked && is_pending(signal);
    if (!block->pending)
        set_blocked(signal, false);
    return entered;
}

struct thimble_block thimble_assert_signals_at(const char *file, int line, int signal,
                                               const char *text) {
    struct sigaction action;
    if (signal == SIGKILL || signal == SIGSTOP)
        _thimble_fail(file, line, "assert_signals(%s): no program can catch %s", text,
                      signal == SIGKILL ? "SIGKILL" : "SIGSTOP");
    if (signal < 1 || signal > MOST_SIGNALS || sigaction(signal, NULL, &action) != 0)
        _thimble_fail(file, line, "assert_signals(%s): %d is no signal that a program can catch",
                      text, signal);
    return enter(file, line, signal, text);
}

struct thimble_block thimble_assert_aborts_at(const char *file, int line) {
    return enter(file, line, SIGABRT, NULL);
}
