/* Opening a debugger: a process of our own between the one that asks and the command, which
 * has the terminal while that runs. */
/* For syscall and __WALL. */
#define _GNU_SOURCE 1

#include "stop.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "../base/text.h"
#include "../memory/ask.h"
#include "apart.h"

/* Seconds for a stack to be told: the first answer about lines takes long. */
#define PATIENCE 8.0

bool _thimble_find_terminal(const int streams[3], struct terminal *terminal) {
    bool told = isatty(streams[1]);
    terminal->in = streams[0];
    terminal->out = told ? streams[1] : streams[2];
    return isatty(terminal->in) && isatty(terminal->out) && tcgetpgrp(terminal->in) == getpgrp();
}

/* ---- The command ---- */

static void use_defaults(void) {
    sigset_t none;
    sigemptyset(&none);
    for (int signal = 1; signal < _NSIG; signal++)
        sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void __attribute__((noreturn))
run_command(const struct stop_desk *desk, const char *command) {
    static const char *const reasons[] = {"breakpoint", "failed",  "exit",
                                          "signal",     "timeout", "trace"};
    char numbers[2][16];
    const pid_t values[2] = {desk->process, desk->thread};
    for (int i = 0; i < 2; i++) {
        struct text text = _thimble_text(numbers[i], sizeof(numbers[i]));
        _thimble_printf(&text, "%d", (int)values[i]);
    }
    const char *words[13] = {"thimble",  "debug",    "--attach", numbers[0],
                             "--thread", numbers[1], "--reason", reasons[desk->request.reason]};
    size_t count = 8;
    if (desk->place[0]) {
        words[count++] = "--stop";
        words[count++] = desk->place;
    }
    if (_thimble_stopping.debugger) {
        words[count++] = "--debugger";
        words[count++] = _thimble_stopping.debugger;
    }
    use_defaults();
    execvp(command, (char **)words);
    _exit(127);
}

static bool run(const struct stop_desk *desk, int out) {
    char buffer[2048];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    const char *command = _thimble_find_command(&text);
    pid_t process = (pid_t)syscall(SYS_clone, (long)SIGCHLD, 0L, 0L, 0L, 0L);
    int status = 1;
    if (process == 0)
        run_command(desk, command);
    while (process > 0 && waitpid(process, &status, WUNTRACED) == process && WIFSTOPPED(status))
        kill(process, SIGCONT);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 127)
        return status == 0 || WIFSIGNALED(status);
    text.length = 0;
    _thimble_printf(&text,
                    "thimble: no debugger, for the command '%s' can't be run: put it in PATH, or "
                    "name it in THIMBLE_COMMAND\n",
                    command);
    _thimble_write(out, text.data, text.length);
    return false;
}

/* ---- Without a session ---- */

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The way to a failed assert has been told with it. */
static bool tells_stack(const struct stop_desk *desk) {
    return desk->request.reason != STOP_FAILED || desk->request.number;
}

static void show_stack(struct stop_desk *desk, int out) {
    const struct timespec pause = {0, 5000000};
    double end = now() + PATIENCE;
    if (!tells_stack(desk))
        return;
    atomic_store(&desk->state, STOP_TELL);
    while (atomic_load(&desk->state) == STOP_TELL && now() < end)
        nanosleep(&pause, NULL);
    if (atomic_exchange(&desk->state, STOP_OPEN) == STOP_TOLD)
        _thimble_write(out, desk->stack, strnlen(desk->stack, sizeof(desk->stack)));
}

/* ---- The process ---- */

/* The program's files, such as a pipe's end, are not to stay open for us. */
static void keep_terminal(const struct terminal *terminal) {
    int in = fcntl(terminal->in, F_DUPFD, 3);
    dup2(terminal->out, STDERR_FILENO);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    dup2(in, STDIN_FILENO);
#ifdef SYS_close_range
    if (syscall(SYS_close_range, 3u, ~0u, 0u) == 0)
        return;
#endif
    for (int file = 3; file < 4096; file++)
        close(file);
}

static void settle_in(const struct terminal *terminal) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGCHLD, SIG_DFL);
    setpgid(0, 0);
    keep_terminal(terminal);
}

/* In the terminal's foreground, apart from whoever started the program, so that ^C is the
 * debugger's alone. Nobody would continue it after ^Z; but where the program itself may end
 * before the debugger does, a shell would find that key without its meaning. */
static bool hold_session(const struct stop_desk *desk, bool itself) {
    struct termios before, during;
    pid_t group = tcgetpgrp(STDIN_FILENO);
    bool known = tcgetattr(STDIN_FILENO, &before) == 0;
    tcsetpgrp(STDIN_FILENO, getpid());
    if (known && !itself) {
        during = before;
        during.c_cc[VSUSP] = _POSIX_VDISABLE;
        tcsetattr(STDIN_FILENO, TCSADRAIN, &during);
    }
    bool held = run(desk, STDERR_FILENO);
    pid_t last = tcgetpgrp(STDIN_FILENO);
    /* A shell may have taken the terminal, once the program has ended. */
    if (last != getpid() && last != desk->process && last != getpgid(desk->process))
        return held;
    if (known)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    tcsetpgrp(STDIN_FILENO, group);
    return held;
}

bool _thimble_opener_has_ended(struct stop_desk *desk, int options) {
    int status;
    if (desk->opener > 0 && !_thimble_has_ended(desk->opener, options, &status))
        return false;
    desk->opener = 0;
    return true;
}

pid_t _thimble_open_debugger(struct stop_desk *desk, const struct terminal *terminal, bool itself) {
    _thimble_opener_has_ended(desk, WNOHANG);
    atomic_store(&desk->state, STOP_OPEN);
    pid_t process = _thimble_fork_apart();
    if (process == 0) {
        settle_in(terminal);
        bool held = hold_session(desk, itself);
        if (!held)
            show_stack(desk, STDERR_FILENO);
        if (itself)
            _thimble_end_session_at(desk, !held);
        _exit(!held);
    }
    desk->opener = process;
    return process;
}
