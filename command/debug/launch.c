/* launch.c: runs a program with a debugger on it. We start it ourselves, so that its arguments,
 * its environment and its files are what they would be without one; it waits for the debugger in
 * front of the program's first instruction. */
#define _GNU_SOURCE
#include "debug.h"

#include "../command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LAST_WORDS = 5000 }; /* milliseconds for a program to die of what it was stopped at */

/* ---- The program ---- */

/* Until a debugger is there, or is not wanted any more. */
static void wait_for_debugger(pid_t parent, int word) {
    struct pollfd from = {word, POLLIN, 0};
    char text;
    while (getppid() == parent && !tracer_of(getpid()))
        if (poll(&from, 1, 5) > 0) {
            if (read(word, &text, 1) != 1)
                _exit(127);
            return;
        }
    if (getppid() != parent)
        _exit(127);
}

/* Whom the runtime in a program asks. */
static void name_ourselves(void) {
    char *thimble;
    if (asprintf(&thimble, "%s/bin/thimble", installation()) < 0)
        abort();
    setenv("THIMBLE_COMMAND", thimble, 0);
}

static void __attribute__((noreturn))
become(const struct program *program, pid_t parent, int word) {
    if (program->own_group)
        setpgid(0, 0);
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0);
    wait_for_debugger(parent, word);
    restore_keys();
    if (program->tells_stack) {
        setenv("THIMBLE_STACK", "1", 1);
        name_ourselves();
    }
    execv(program->path, program->words);
    fprintf(stderr, "thimble: error: cannot run %s: %s\n", program->words[0], strerror(errno));
    _exit(127);
}

bool start_program(struct program *program) {
    int ends[2];
    pid_t parent = getpid();
    fflush(NULL);
    if (pipe2(ends, O_CLOEXEC) != 0 || (program->process = fork()) < 0) {
        complain("cannot run %s: %s", program->words[0], strerror(errno));
        return false;
    }
    if (program->process == 0) {
        close(ends[1]);
        become(program, parent, ends[0]);
    }
    close(ends[0]);
    program->word = ends[1];
    return true;
}

void let_go(struct program *program) {
    ssize_t ignored = write(program->word, "g", 1);
    (void)ignored;
    close(program->word);
}

static int await(pid_t process) {
    int state;
    while (waitpid(process, &state, 0) < 0)
        if (errno != EINTR)
            return 0;
    return state;
}

int end_of_program(const struct program *program) {
    return await(program->process);
}

/* Whether it has ended by then. */
static bool ends_within(pid_t process, int milliseconds) {
    const struct timespec pause = {0, 10000000};
    siginfo_t info = {0};
    for (int i = 0; i <= milliseconds / 10; i++) {
        if (waitid(P_PID, (id_t)process, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid)
            return true;
        nanosleep(&pause, NULL);
    }
    return false;
}

/* What killed it still does; what only was stopped ends with its debugger. */
static int end_program(const struct program *program, const struct debug_session *session) {
    int fatal = session->fatal;
    if (session->detached)
        return await(program->process);
    if (fatal && !ends_within(program->process, 200))
        kill(program->process, fatal);
    if (!fatal || !ends_within(program->process, LAST_WORDS))
        kill(program->process, SIGKILL);
    return await(program->process);
}

/* ---- How it ended ---- */

int status_of(int state) {
    return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}

/* Not every libc knows them. */
static const char *name_of_signal(int number) {
    static const char *const names[] = {
        [SIGHUP] = "SIGHUP",   [SIGINT] = "SIGINT",   [SIGQUIT] = "SIGQUIT", [SIGILL] = "SIGILL",
        [SIGTRAP] = "SIGTRAP", [SIGABRT] = "SIGABRT", [SIGBUS] = "SIGBUS",   [SIGFPE] = "SIGFPE",
        [SIGKILL] = "SIGKILL", [SIGUSR1] = "SIGUSR1", [SIGSEGV] = "SIGSEGV", [SIGUSR2] = "SIGUSR2",
        [SIGPIPE] = "SIGPIPE", [SIGALRM] = "SIGALRM", [SIGTERM] = "SIGTERM", [SIGXCPU] = "SIGXCPU",
        [SIGXFSZ] = "SIGXFSZ", [SIGSYS] = "SIGSYS",
    };
    bool known = number > 0 && (size_t)number < sizeof names / sizeof *names && names[number];
    return known ? names[number] : "a signal";
}

void tell_end(const struct program *program, int state) {
    const char *name = program->words[0];
    if (WIFEXITED(state)) {
        fprintf(stderr, "thimble: %s exited with %d\n", name, WEXITSTATUS(state));
        return;
    }
    fprintf(stderr, "thimble: %s died of %s (%s)\n", name, name_of_signal(WTERMSIG(state)),
            strsignal(WTERMSIG(state)));
}

/* ---- The terminal ---- */

/* One that the debugger can ask on, in whose foreground we are; -1: there is none. What the
 * program reads or writes may be another file. */
static int find_terminal(void) {
    int of = isatty(STDIN_FILENO) ? STDIN_FILENO : STDERR_FILENO;
    char name[PATH_SIZE];
    if (!isatty(of) || ttyname_r(of, name, sizeof name) != 0)
        return -1;
    int terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal >= 0 && tcgetpgrp(terminal) == getpgrp())
        return terminal;
    if (terminal >= 0)
        close(terminal);
    return -1;
}

/* ---- In the debugger ---- */

/* For `run`, of which a shell reads the arguments. */
static char *shell_text(char *const *words) {
    size_t size = 1;
    for (char *const *word = words; *word; word++)
        size += 4 * strlen(*word) + 3;
    char *text = malloc(size), *to = text;
    if (!text)
        abort();
    for (char *const *word = words; *word; word++) {
        *to++ = '\'';
        for (const char *from = *word; *from; from++)
            to = *from == '\'' ? stpcpy(to, "'\\''") : (*to = *from, to + 1);
        to = stpcpy(to, word[1] ? "' " : "'");
    }
    *to = '\0';
    return text;
}

static void add_plain_commands(struct debug_start *start, bool batch) {
    bool is_lldb = start->debugger->is_lldb;
    add_debugger_command(start, is_lldb ? "settings set auto-confirm true" : "set confirm off");
    if (is_lldb)
        add_debugger_command(start, "settings set target.process.stop-on-exec false");
    add_debugger_command(start, is_lldb ? "process attach --pid %d" : "attach %d", start->process);
    add_debugger_command(start, "continue");
    add_debugger_command(start, "bt");
    if (batch)
        add_debugger_command(start, is_lldb ? "frame variable" : "info locals");
}

static void add_session(struct debug_start *start, const struct program *program, bool batch) {
    char *arguments = shell_text(program->words + 1);
    char *quoted = python_text(arguments), *name = python_text(program->words[0]);
    if (start->debugger->has_python)
        add_call(start, "program(%d, %s, arguments=%s, batch=%s, report=%d)", start->process, name,
                 quoted, batch ? "True" : "False", start->report[1]);
    else
        add_plain_commands(start, batch);
    free(arguments);
    free(quoted);
    free(name);
}

static int conclude(struct program *program, const struct debug_session *session) {
    if (!session->begun) {
        complain_no_session(session, program->debugger);
        let_go(program);
        return status_of(end_of_program(program));
    }
    close(program->word);
    bool alive = !ends_within(program->process, session->fatal ? 0 : 100);
    int state = end_program(program, session);
    if (session->over)
        return session->status;
    if (!alive && !session->fatal)
        tell_end(program, state);
    return session->fatal ? 128 + session->fatal : status_of(state);
}

static int run_in_debugger(struct program *program) {
    struct debug_start start = {.debugger = program->debugger};
    struct debug_session session = {0};
    struct terminal terminal;
    int at = find_terminal();
    bool batch = at < 0;
    if (!open_report(&start))
        return STATUS_FAILED;
    /* gdb gives it the terminal while it runs; lldb does not. */
    program->own_group = !batch && !program->debugger->is_lldb;
    remember_terminal(&terminal, at);
    ignore_keys();
    if (!start_program(program))
        return STATUS_FAILED;
    start.process = program->process;
    start.kills_process = program->debugger->is_lldb;
    start.ends_with_process = program->debugger->has_python && !program->debugger->is_lldb;
    begin_command(&start, batch);
    add_session(&start, program, batch);
    start.input = batch ? open("/dev/null", O_RDONLY | O_CLOEXEC) : at;
    start.output = batch ? STDERR_FILENO : at;
    if (!batch && isatty(STDIN_FILENO))
        start.input = -1;
    if (!batch && isatty(STDOUT_FILENO) && isatty(STDERR_FILENO))
        start.output = -1;
    run_session(&start, &session);
    restore_terminal(&terminal);
    return conclude(program, &session);
}

/* ---- A test program ---- */

/* It has a process for each test, and opens the debugger on these itself. */
static int become_tests(const struct debug_request *request, const char *path) {
    struct words command = {0};
    add_word(&command, request->program[0]);
    add_word(&command, "--pdb");
    if (request->debugger) {
        add_word(&command, "--debugger");
        add_word(&command, request->debugger);
    }
    for (char **word = request->program + 1; *word; word++)
        add_word(&command, *word);
    name_ourselves();
    execv(path, command.all);
    complain("cannot run %s: %s", request->program[0], strerror(errno));
    return STATUS_FAILED;
}

int debug_program(const struct debug_request *request) {
    struct debugger debugger;
    if (is_core_file(request->program[0]))
        return debug_core(request);
    char *path = find_program(request->program[0]);
    if (!path) {
        complain("there is no program %s", request->program[0]);
        return STATUS_FAILED;
    }
    if (!find_debugger(&debugger, request->debugger))
        return STATUS_FAILED;
    if (has_symbol(path, "thimble_is_test_program"))
        return become_tests(request, path);
    struct program program = {.debugger = &debugger, .path = path, .words = request->program};
    const char *trouble = debug_trouble();
    if (!trouble)
        return run_in_debugger(&program);
    fprintf(stderr, "thimble: no debugger: %s\n", trouble);
    return run_plainly(&program);
}
