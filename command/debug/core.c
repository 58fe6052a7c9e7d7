/* core.c: what a program left when it died. */
#define _GNU_SOURCE
#include "debug.h"

#include "../command.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add_session(struct debug_start *start, const char *core, const char *program,
                        bool batch) {
    bool is_lldb = start->debugger->is_lldb;
    char *quoted = python_text(core), *name = python_text(program);
    if (start->debugger->has_python) {
        add_call(start, "core(%s, %s, batch=%s, report=%d)", quoted, name, batch ? "True" : "False",
                 start->report[1]);
    } else {
        add_debugger_command(start, is_lldb ? "target create \"%s\" --core \"%s\"" : "file %s",
                             program, core);
        if (!is_lldb)
            add_debugger_command(start, "core-file %s", core);
        add_debugger_command(start, "bt");
    }
    free(quoted);
    free(name);
}

int open_core(const struct debugger *debugger, const char *core, const char *program, bool batch) {
    struct debug_start start = {.debugger = debugger};
    struct debug_session session = {0};
    struct terminal terminal;
    if (!open_report(&start))
        return STATUS_FAILED;
    begin_command(&start, batch);
    add_session(&start, core, program, batch);
    if (batch) {
        start.input = open("/dev/null", O_RDONLY | O_CLOEXEC);
        start.output = STDERR_FILENO;
    }
    remember_terminal(&terminal, STDIN_FILENO);
    ignore_keys();
    run_session(&start, &session);
    restore_terminal(&terminal);
    if (!session.begun && debugger->has_python)
        complain_no_session(&session, debugger);
    return session.begun || !debugger->has_python ? STATUS_OK : STATUS_FAILED;
}

/* The program's path, or null with the complaint made. */
static const char *find_its_program(const char *core, const struct core_file *file,
                                    const char *named) {
    const char *program = named ? find_program(named) : file->program;
    if (named && !program)
        complain("there is no program %s", named);
    else if (!*program)
        complain("%s does not say where its program is%s%s: name it: thimble debug --core %s "
                 "PROGRAM",
                 core, *file->name ? ", whose name is " : "", file->name, core);
    else if (access(program, R_OK) != 0)
        complain("%s, which left %s, is not there any more: name it: thimble debug --core %s "
                 "PROGRAM",
                 program, core, core);
    else if (!is_core_of(core, program) && named)
        complain("%s is of another program, or of another build of it: %s", core,
                 *file->program ? file->program : file->name);
    else if (!is_core_of(core, program))
        complain("%s has been built anew since it left %s", program, core);
    else
        return program;
    return NULL;
}

int debug_core(const struct debug_request *request) {
    const char *core = request->core ? request->core : request->program[0];
    const char *named = request->core && request->program ? request->program[0] : NULL;
    struct core_file file;
    struct debugger debugger;
    if (!request->core && request->program[1]) {
        complain("%s is a core file, and takes no arguments", core);
        return STATUS_USAGE;
    }
    if (!read_core_file(core, &file))
        return STATUS_FAILED;
    if (file.damage) {
        complain("%s is not whole: %s: was there space left, or a limit (ulimit -c)?", core,
                 file.damage);
        return STATUS_FAILED;
    }
    const char *program = find_its_program(core, &file, named);
    if (!program || !find_debugger(&debugger, request->debugger))
        return STATUS_FAILED;
    return open_core(&debugger, core, program, !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO));
}
