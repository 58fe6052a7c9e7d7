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
    bool detached;     /* the user has let the process go */
    bool again;        /* the user has started the program anew, */
    bool over;         /* and that has ended */
    int status;        /* with this, 128 + a signal */
};

struct debug_start {
    const struct debugger *debugger;
    struct words command;
    int input, output;      /* the debugger's; -1: as ours */
    int report[2];          /* a pipe: from the script to us */
    pid_t process;          /* that it is about; 0: none */
    bool kills_process;     /* as soon as the debugger leaves it, where that was not fatal */
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

/* The pipe from the script to us. False: there is none, which is said. */
bool open_report(struct debug_start *);

/* Says why the debugger did not come to the process. */
void complain_no_session(const struct debug_session *, const struct debugger *);

/* ---- launch.c ---- */

struct program {
    const struct debugger *debugger;
    const char *path;
    char **words;
    bool own_group;   /* a process group of its own, which can be given the terminal */
    bool tells_stack; /* itself, when it dies */
    pid_t process;
    int word; /* the end of the pipe that it waits at */
};

/* Starts a process that waits for a debugger, or until it is let go without one, and becomes the
 * program then. */
bool start_program(struct program *);
void let_go(struct program *);

/* Waits for it. Returns waitpid's state. */
int end_of_program(const struct program *);
void tell_end(const struct program *, int state);
int status_of(int state);

/* ---- plain.c ---- */

/* Without a debugger; its stack is told when it has died. */
int run_plainly(struct program *);

/* ---- core_file.c ---- */

struct core_file {
    pid_t process;
    int signal;
    char name[32];      /* of the program, cut as the kernel does */
    char program[4096]; /* its path; "": it does not say */
    const char *damage; /* what is wrong with it; null: nothing */
};

bool is_core_file(const char *path);

/* False where it can't be read, which is said. */
bool read_core_file(const char *path, struct core_file *);

/* Whether the program is the one that left the core. */
bool is_core_of(const char *core, const char *program);

/* Whether an ELF file has a symbol of that name. */
bool has_symbol(const char *path, const char *name);

/* Whether it runs with Thimble in it. */
bool has_thimble(const char *path);

/* ---- attach.c, core.c ---- */

/* Opens a core file, or prints it without a terminal. Returns a status. */
int open_core(const struct debugger *, const char *core, const char *program, bool batch);

int debug_process(const struct debug_request *);
int debug_program(const struct debug_request *);
int debug_core(const struct debug_request *);

#endif
