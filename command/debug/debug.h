/* debug.h: what the files of `thimble debug` share. */
#ifndef COMMAND_DEBUG_DEBUG_H
#define COMMAND_DEBUG_DEBUG_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include "../isolate.h" /* words, run_command */

/* The command line, as it was given. */
struct debug_request {
    bool help;
    const char *debugger;
    const char *core;
    const char *commands;
    const char *attach, *thread, *reason, *stop;
    char **program; /* with its arguments; null: none was given */
};

/* ---- find.c ---- */

struct debugger {
    const char *name; /* as a person calls it */
    char *path;
    bool is_lldb;
    bool has_python;
    char *python_path; /* lldb: where its module is, if it looks in the wrong place itself */
};

/* The debugger of that name or path; null: by THIMBLE_BREAKPOINT, or what is there, gdb first.
 * False: there is none, which is said. */
bool find_debugger(struct debugger *, const char *name);

/* The file that PATH has for a name, or the name itself where it has a slash; null: there is
 * none that can be run. */
char *find_program(const char *name);

/* Prints the path of the commands' script for a debugger that one starts oneself. */
int print_commands(const char *debugger);

/* ---- permission.c ---- */

/* Why a debugger can't attach to another process, and what to allow; null: it can. */
const char *debug_trouble(void);

/* The same after it has been refused a process. */
const char *debug_refusal(void);

/* Who traces the process: a process, or 0. */
pid_t tracer_of(pid_t);

/* ---- terminal.c ---- */

struct terminal {
    int descriptor; /* -1: there is none */
    struct termios state;
    pid_t group;
};

void remember_terminal(struct terminal *, int descriptor);
void restore_terminal(const struct terminal *);

/* Keys that are for the debugger or its process. */
void ignore_keys(void);
/* All as it was before that, for a program that is run. */
void restore_keys(void);

/* ---- session.c ---- */

/* What the debugger's script has told. */
struct debug_session {
    bool begun;
    char failure[512]; /* "": none; else the debugger's words */
    int fatal;         /* the signal that it stopped at and that ends the process; 0: none */
    bool over;         /* a process that the user started anew has ended */
    int status;        /* with this, 128 + a signal */
};

struct debug_start {
    const struct debugger *debugger;
    struct words command;
    int input, output;   /* the debugger's; -1: as ours */
    int report[2];       /* a pipe: from the script to us */
    pid_t process;       /* that it is about; 0: none */
    bool ends_with_process; /* of itself; else it is ended a moment after it */
};

/* The command line's beginning: the debugger, with our script loaded. */
void begin_command(struct debug_start *, bool batch);

/* Adds a call of a function in the script; `arguments` is Python. */
void add_call(struct debug_start *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a command of the debugger's own. */
void add_debugger_command(struct debug_start *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Text as Python reads it, in quotes; None for null. The caller frees it. */
char *python_text(const char *);

/* Starts it and stays until it has ended. */
void run_session(struct debug_start *, struct debug_session *);

/* ---- attach.c, launch.c, core.c ---- */

int debug_process(const struct debug_request *);
int debug_program(const struct debug_request *);
int debug_core(const struct debug_request *);

#endif
