/* session.c: the debugger's command line, and waiting until it has ended. */
#define _GNU_SOURCE
#include "debug.h"

#include "../command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    LOOK = 100,       /* milliseconds between looks at what tells nothing itself */
    LOOK_OFTEN = 15,  /* at what is to be ended at once */
    MOMENT = 500,     /* to say that the process has ended */
    IMPATIENCE = 2500 /* for a debugger that should have ended */
};

/* ---- The command line ---- */

static char *format_text(const char *format, va_list arguments) {
    char *text;
    if (vasprintf(&text, format, arguments) < 0)
        abort();
    return text;
}

void add_debugger_command(struct debug_start *start, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    add_word(&start->command, start->debugger->is_lldb ? "-o" : "-ex");
    add_word(&start->command, format_text(format, arguments));
    va_end(arguments);
}

void add_call(struct debug_start *start, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *call = format_text(format, arguments);
    va_end(arguments);
    add_debugger_command(
        start, start->debugger->is_lldb ? "script session_lldb.%s" : "python session_gdb.%s", call);
    free(call);
}

char *python_text(const char *text) {
    char *quoted = malloc(text ? 4 * strlen(text) + 3 : sizeof "None"), *to = quoted;
    if (!quoted)
        abort();
    if (!text)
        return strcpy(quoted, "None");
    *to++ = '"';
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = c > ' ' && c < 127 && c != '"' && c != '\\' && c != '`';
        to += sprintf(to, plain || c == ' ' ? "%c" : "\\x%02x", c);
    }
    strcpy(to, "\"");
    return quoted;
}

void begin_command(struct debug_start *start, bool batch) {
    const struct debugger *debugger = start->debugger;
    char *folder;
    if (asprintf(&folder, "%s/lib/thimble/debugger", installation()) < 0)
        abort();
    char *text = python_text(folder);
    start->input = start->output = -1;
    add_word(&start->command, debugger->path);
    add_word(&start->command, debugger->is_lldb ? "-Q" : "-q");
    if (batch)
        add_word(&start->command, debugger->is_lldb ? "-b" : "-batch");
    if (debugger->has_python && debugger->is_lldb)
        add_debugger_command(start, "command script import \"%s/session_lldb.py\"", folder);
    else if (debugger->has_python)
        /* Nothing is written where Thimble is installed. */
        add_debugger_command(start,
                             "python import sys; saved = sys.dont_write_bytecode; "
                             "sys.dont_write_bytecode = True; sys.path.insert(0, %s); "
                             "import session_gdb; sys.dont_write_bytecode = saved",
                             text);
    free(text);
    free(folder);
}

/* ---- Starting it ---- */

bool open_report(struct debug_start *start) {
    if (pipe2(start->report, O_CLOEXEC | O_NONBLOCK) == 0)
        return true;
    complain("cannot make a pipe: %s", strerror(errno));
    return false;
}

static void __attribute__((noreturn)) become(const struct debug_start *start, pid_t parent) {
    sigset_t none;
    sigemptyset(&none);
    for (int signal = 1; signal < NSIG; signal++)
        if (signal == SIGINT || signal == SIGQUIT || signal == SIGTSTP || signal == SIGTTIN ||
            signal == SIGTTOU)
            sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    /* Then it lets its process go, and quits. */
    prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    if (getppid() != parent)
        _exit(127);
    fcntl(start->report[1], F_SETFD, 0);
    if (start->input >= 0)
        dup2(start->input, STDIN_FILENO);
    if (start->output >= 0) {
        dup2(start->output, STDOUT_FILENO);
        dup2(start->output, STDERR_FILENO);
    }
    if (start->debugger->python_path)
        setenv("PYTHONPATH", start->debugger->python_path, 1);
    execv(start->debugger->path, start->command.all);
    fprintf(stderr, "thimble: error: cannot run %s: %s\n", start->debugger->path, strerror(errno));
    _exit(127);
}

/* ---- What the script tells ---- */

static void hear(struct debug_session *session, const char *line) {
    int number;
    session->again |= strcmp(line, "again") == 0;
    if (strcmp(line, "session") == 0)
        session->begun = true;
    else if (sscanf(line, "fatal %d", &number) == 1)
        session->fatal = number;
    else if (strcmp(line, "detached") == 0)
        session->detached = true;
    else if (strcmp(line, "runs") == 0 || strcmp(line, "again") == 0)
        session->fatal = 0;
    else if (sscanf(line, "status %d", &number) == 1) {
        session->over = true;
        session->status = number;
    } else if (strncmp(line, "failed ", strlen("failed ")) == 0)
        snprintf(session->failure, sizeof session->failure, "%s", line + strlen("failed "));
}

/* A line is written at once, and is shorter than what a pipe keeps together. */
static void listen(struct debug_session *session, int from) {
    char text[4096], *rest = text;
    ssize_t got = read(from, text, sizeof text - 1);
    text[got > 0 ? got : 0] = '\0';
    for (char *line; (line = strsep(&rest, "\n"));)
        hear(session, line);
}

/* ---- Waiting ---- */

static int open_process(pid_t process) {
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, process, 0);
#else
    (void)process;
    return -1;
#endif
}

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

struct watch {
    pid_t debugger;
    struct pollfd ends[3]; /* the debugger, its process, what the script tells */
    long gone;             /* when the process had ended; 0: it has not */
};

static bool has_ended(const struct watch *watch, pid_t process) {
    return watch->ends[1].fd >= 0 ? watch->ends[1].revents != 0 : kill(process, 0) != 0;
}

static void hurry(const struct debug_start *start, const struct watch *watch) {
    long patience = start->ends_with_process ? IMPATIENCE : MOMENT;
    long waited = now() - watch->gone;
    if (waited > patience)
        kill(watch->debugger, waited > patience + IMPATIENCE ? SIGKILL : SIGTERM);
}

static void watch_session(struct debug_start *start, struct debug_session *session,
                          struct watch *watch) {
    while (waitpid(watch->debugger, NULL, WNOHANG) == 0) {
        poll(watch->ends, 3, start->kills_process ? LOOK_OFTEN : LOOK);
        if (watch->ends[2].revents & POLLIN)
            listen(session, start->report[0]);
        else if (watch->ends[2].revents)
            watch->ends[2].fd = -1;
        if (!start->process)
            continue;
        if (!session->begun && tracer_of(start->process))
            session->begun = !start->debugger->has_python;
        if (start->kills_process && session->begun && !session->fatal && !tracer_of(start->process))
            kill(start->process, SIGKILL);
        if (!watch->gone && has_ended(watch, start->process)) {
            watch->gone = now();
            watch->ends[1].fd = -1;
        }
        if (watch->gone && !session->again)
            hurry(start, watch);
    }
}

void run_session(struct debug_start *start, struct debug_session *session) {
    fflush(NULL);
    pid_t parent = getpid();
    struct watch watch = {.debugger = fork()};
    if (watch.debugger == 0)
        become(start, parent);
    if (start->report[1] >= 0)
        close(start->report[1]);
    if (watch.debugger < 0) {
        snprintf(session->failure, sizeof session->failure, "%s", strerror(errno));
        return;
    }
    int descriptors[] = {open_process(watch.debugger),
                         start->process ? open_process(start->process) : -1, start->report[0]};
    for (int i = 0; i < 3; i++)
        watch.ends[i] = (struct pollfd){descriptors[i], POLLIN, 0};
    watch_session(start, session, &watch);
    listen(session, start->report[0]);
    for (int i = 0; i < 3; i++)
        if (descriptors[i] >= 0)
            close(descriptors[i]);
}

void complain_no_session(const struct debug_session *session, const struct debugger *debugger) {
    if (strcasestr(session->failure, "not permitted"))
        complain("%s", debug_refusal());
    else if (*session->failure)
        complain("%s: %s", debugger->name, session->failure);
    else
        complain("%s has ended before it had the process", debugger->name);
}
