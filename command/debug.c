/* debug.c: `thimble debug`: a program in the debugger, at the place where it died. */
#include "debug/debug.h"
#include "command.h"

#include <stdio.h>
#include <string.h>

/* Ours come first; what is no option begins the program. */
static int count_own(int argc, char **argv, const struct option *options) {
    int own = 1;
    while (own < argc && argv[own][0] == '-' && strcmp(argv[own], "--") != 0) {
        const struct option *option = options;
        while (option->name && strcmp(option->name, argv[own]) != 0)
            option++;
        own += option->name && option->value ? 2 : 1;
    }
    return own < argc ? own : argc;
}

static int read_request(struct debug_request *request, int argc, char **argv) {
    const struct option options[] = {
        {"--help", &request->help, NULL},
        {"--debugger", NULL, &request->debugger},
        {"--core", NULL, &request->core},
        {"--commands", NULL, &request->commands},
        {"--attach", NULL, &request->attach},
        {"--thread", NULL, &request->thread},
        {"--reason", NULL, &request->reason},
        {"--stop", NULL, &request->stop},
        {NULL, NULL, NULL},
    };
    int own = count_own(argc, argv, options);
    int status = read_options(options, own, argv);
    if (own < argc && strcmp(argv[own], "--") == 0)
        own++;
    if (own < argc)
        request->program = argv + own;
    return status;
}

static int run(const struct subcommand *self, int argc, char **argv) {
    struct debug_request request = {0};
    int status = read_request(&request, argc, argv);
    if (status != STATUS_OK)
        return status;
    if (request.help) {
        fputs(self->help, stdout);
        return STATUS_OK;
    }
    if (request.commands)
        return print_commands(request.commands);
    if (request.attach)
        return debug_process(&request);
    if (request.core)
        return debug_core(&request);
    if (request.program)
        return debug_program(&request);
    complain("say what to debug: thimble debug ./program, or thimble debug core");
    return STATUS_USAGE;
}

const struct subcommand debug_command = {
    "debug",
    "run a program, and open the debugger where it dies",
    "Usage: thimble debug [OPTION...] [--] PROGRAM [ARGUMENT...]\n"
    "       thimble debug [OPTION...] CORE\n"
    "       thimble debug [OPTION...] --core CORE [PROGRAM]\n"
    "\n"
    "Runs the program, with its arguments, standard input and environment as they are, and\n"
    "opens the debugger at its own line when it dies, stops at breakpoint() or is stopped with\n"
    "Ctrl-C. Without a terminal the stack and the variables are printed. A test program is run\n"
    "with --pdb: each test has a process of its own. A core file, given in the\n"
    "program's place, is opened where that program died.\n"
    "\n"
    "  --debugger NAME   gdb, lldb, lldb-19 or a path; default: the variable\n"
    "                    THIMBLE_BREAKPOINT, or else gdb, or else lldb\n"
    "  --core FILE       the core file of a program that can't be found by it, or was moved\n"
    "  --commands NAME   prints the path of a script with the commands `thimble ...` for gdb or\n"
    "                    lldb that one starts oneself: `source` it in ~/.gdbinit, `command\n"
    "                    script import` it in ~/.lldbinit\n"
    "  --help            this\n"
    "\n"
    "For test runs, which open a debugger on a process that waits for it:\n"
    "  --attach PID [--thread TID] --reason breakpoint|failed|exit|signal|timeout|trace\n"
    "                    [--stop FILE:FUNCTION]\n"
    "\n"
    "Exit status: the program's, or 128 and the number of the signal that it died of; 1 could\n"
    "not be done, 4 bad usage. For a core file and --attach: 0, there was a session.\n",
    run,
};
