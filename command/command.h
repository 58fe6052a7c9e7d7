/* command.h: what the files of the command share. A subcommand is one file with
 * one entry in the table of thimble.c. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

/* The statuses that Thimble's test runner has for the same things. */
enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 4 };

enum { PATH_SIZE = 4096 };

struct subcommand {
    const char *name;
    const char *summary;
    const char *help;
    int (*run)(const struct subcommand *, int argc, char **argv); /* argv[0]: its name */
};

extern const struct subcommand debug_command;
extern const struct subcommand flags_command;
extern const struct subcommand isolate_command;
extern const struct subcommand memory_command;
extern const struct subcommand scan_command;
extern const struct subcommand symbols_command;

/* ---- message.c ---- */

/* "thimble: error: …" on standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says that there is no such command or option (`kind`), and the nearest of the names,
 * a null behind the last, or all of them where none is near. Returns STATUS_USAGE. */
int complain_unknown(const char *kind, const char *given, const char *const *names);

/* ---- option.c ---- */

struct option {
    const char *name; /* "--cc" */
    bool *flag;       /* set where it is given, for an option without a value */
    const char **value;
};

/* Reads argv behind argv[0] by a table that ends with a null name; all must be options
 * of it. Returns STATUS_OK, or STATUS_USAGE with the complaint made. */
int read_options(const struct option *options, int argc, char **argv);

/* ---- module.c ---- */

/* What a subcommand does in a module of its own, lib/thimble/NAME.so. */
struct module {
    const char *function; /* the module's, which is called as `run` is */
    const char *missing;  /* the complaint where the module was not built */
};

int run_module(const struct subcommand *, const struct module *, int argc, char **argv);

/* ---- place.c ---- */

/* The folder that holds bin/, lib/ and include/: an installation's, wherever it was
 * moved to, or a build's. Ends the process with a message where it can't be found. */
const char *installation(void);

/* Prints BEFORE, the installation's folder and BEHIND as one word of a shell. */
void print_path(const char *before, const char *behind);

#endif
