/* symbols.c: `thimble symbols`: from addresses to functions, files and lines. What stands
 * in programs for debuggers is read with elfutils' libdw: that is in the module
 * lib/thimble/symbols.so, from the folder symbols/. */
#include "command.h"

#include <stdio.h>

static const struct module module = {
    "thimble_symbols",
    "this thimble was built without libdw, which `thimble symbols` reads programs with: install "
    "libdw-dev (elfutils) and build Thimble again",
};

static int run(const struct subcommand *self, int argc, char **argv) {
    bool help = false;
    const struct option options[] = {
        {"--help", &help, NULL},
        {NULL, NULL, NULL},
    };
    int status = read_options(options, argc, argv);
    if (status != STATUS_OK)
        return status;
    if (help) {
        fputs(self->help, stdout);
        return STATUS_OK;
    }
    return run_module(self, &module, argc, argv);
}

const struct subcommand symbols_command = {
    "symbols",
    "tell the functions and lines of addresses in programs",
    "Usage: thimble symbols\n"
    "\n"
    "Reads lines from standard input: a program or shared library, a space, and an address in\n"
    "it as the linker counts them, hexadecimal. For a call to be told by its return address,\n"
    "take one less than that. The answer to each line is a line for each function that the\n"
    "address belongs to, of those that were inlined there the innermost first, and then an\n"
    "empty line:\n"
    "\n"
    "  FUNCTION<tab>FILE<tab>LINE\n"
    "\n"
    "FILE is spelled as the compiler was given it. Where the program does not say it, FILE is\n"
    "empty and LINE 0. Test programs ask this command where the calls on the way to a failure\n"
    "stand; the variable THIMBLE_COMMAND tells them which thimble to ask.\n"
    "\n"
    "Exit status: 0 done, 1 a line is none of these, or a program could not be read, 4 bad\n"
    "usage.\n",
    run,
};
