/* scan.c: `thimble scan`: what Thimble sees in a source, without compiling it. Sources are
 * read with libclang: that is in the module lib/thimble/scan.so, from the folder scan/. */
#include "command.h"

#include <stdio.h>
#include <string.h>

static const struct module module = {
    "thimble_scan",
    "this thimble was built without libclang, which `thimble scan` reads sources with: install "
    "libclang-dev (14 or newer) and build Thimble again",
};

static int run(const struct subcommand *self, int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(self->help, stdout);
        return STATUS_OK;
    }
    return run_module(self, &module, argc, argv);
}

const struct subcommand scan_command = {
    "scan",
    "list the tests, fixtures and seams of sources",
    "Usage: thimble scan FILE... [-p DIR] [--format text|json] [-- CFLAGS]\n"
    "\n"
    "Lists tests, why a function with a test's name is none, fixtures and seams, without\n"
    "compiling anything.\n"
    "\n"
    "  -p DIR             the folder of compile_commands.json; without it the file is looked\n"
    "                     for in the source's folder and those above it\n"
    "  --format text      file:line: what, for people; the default\n"
    "  --format json      an object for each file, like the plugin's report\n"
    "  -- CFLAGS          the flags, whatever compile_commands.json says\n"
    "\n"
    "Without flags from either, a source is read with those of `thimble flags --cflags`.\n"
    "\n"
    "Exit status: 0 done, 1 a file could not be read or would not compile, 4 bad usage.\n",
    run,
};
