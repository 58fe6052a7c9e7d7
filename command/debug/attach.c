/* attach.c: a debugger on a process that waits for it: a test, or a program at breakpoint(). */
#define _GNU_SOURCE
#include "debug.h"

#include "../command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const reasons[] = {"breakpoint", "failed", "exit", "signal",
                                      "timeout",    "trace",  NULL};

static pid_t read_number(const char *text) {
    char *end;
    long number = text ? strtol(text, &end, 10) : 0;
    return text && *end == '\0' && number > 0 && number <= 0x7fffffff ? (pid_t)number : 0;
}

static int check(const struct debug_request *request) {
    const char *bad = !read_number(request->attach)                      ? "--attach"
                      : request->thread && !read_number(request->thread) ? "--thread"
                                                                         : NULL;
    if (bad) {
        complain("%s takes a process's number", bad);
        return STATUS_USAGE;
    }
    if (!request->reason) {
        complain("--attach needs --reason: breakpoint, failed, exit, signal, timeout or trace");
        return STATUS_USAGE;
    }
    for (const char *const *reason = reasons; *reason; reason++)
        if (strcmp(*reason, request->reason) == 0)
            return STATUS_OK;
    return complain_unknown("reason", request->reason, reasons);
}

static const char *name_of(pid_t process) {
    static char name[64];
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/comm", (long)process);
    FILE *from = fopen(path, "re");
    if (!from || !fgets(name, sizeof name, from))
        strcpy(name, "another process");
    if (from)
        fclose(from);
    name[strcspn(name, "\n")] = '\0';
    return name;
}

static bool may_attach(pid_t process) {
    const char *trouble = debug_trouble();
    pid_t tracer = tracer_of(process);
    if (kill(process, 0) != 0 && errno == ESRCH)
        complain("there is no process %ld", (long)process);
    else if (tracer)
        complain("process %ld is traced by %s (%ld): end that first", (long)process,
                 name_of(tracer), (long)tracer);
    else if (trouble)
        complain("%s", trouble);
    else
        return true;
    return false;
}

/* What the script does where there is Python. */
static void add_plain_commands(struct debug_start *start, const struct debug_request *request) {
    bool past = strcmp(request->reason, "failed") == 0 || strcmp(request->reason, "exit") == 0 ||
                strcmp(request->reason, "timeout") == 0;
    const char *function = request->stop ? strrchr(request->stop, ':') : NULL;
    bool is_lldb = start->debugger->is_lldb;
    add_debugger_command(start, is_lldb ? "settings set auto-confirm true" : "set confirm off");
    add_debugger_command(start, is_lldb ? "process handle -s false -n false -p true SIGCHLD"
                                        : "handle SIG63 nostop noprint pass");
    add_debugger_command(start, is_lldb ? "process attach --pid %s" : "attach %s", request->attach);
    if (function)
        add_debugger_command(start, is_lldb ? "breakpoint set -o true -n %s" : "tbreak %s",
                             function + 1);
    if (!past)
        add_debugger_command(start, "continue");
    add_debugger_command(start, "bt");
}

static void add_session(struct debug_start *start, const struct debug_request *request) {
    char *stop = python_text(request->stop);
    if (start->debugger->has_python)
        add_call(start, "attach(%s, \"%s\", thread=%s, stop=%s, report=%d)", request->attach,
                 request->reason, request->thread ? request->thread : "None", stop,
                 start->report[1]);
    else
        add_plain_commands(start, request);
    free(stop);
}

int debug_process(const struct debug_request *request) {
    struct debugger debugger;
    struct terminal terminal;
    struct debug_session session = {0};
    int status = check(request);
    if (status != STATUS_OK)
        return status;
    struct debug_start start = {.debugger = &debugger, .process = read_number(request->attach)};
    if (!find_debugger(&debugger, request->debugger) || !may_attach(start.process))
        return STATUS_FAILED;
    if (!open_report(&start))
        return STATUS_FAILED;
    start.ends_with_process = !debugger.is_lldb && debugger.has_python;
    begin_command(&start, !isatty(STDIN_FILENO));
    add_session(&start, request);
    remember_terminal(&terminal, STDIN_FILENO);
    ignore_keys();
    run_session(&start, &session);
    restore_terminal(&terminal);
    if (!session.begun)
        complain_no_session(&session, &debugger);
    return session.begun ? STATUS_OK : STATUS_FAILED;
}
