/* scan.c: `thimble scan`: what Thimble sees in a source, without compiling it. It reads
 * sources with libclang, which takes long to start: that is in a module of its own,
 * lib/thimble/scan.so, from the folder scan/. */
#define _GNU_SOURCE
#include "command.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef int scan_function(const struct subcommand *, int argc, char **argv);

/* The module's function; or null, with the complaint made. */
static scan_function *open_module(void) {
    char *path;
    if (asprintf(&path, "%s/lib/thimble/scan.so", installation()) < 0)
        abort();
    bool built = access(path, R_OK) == 0;
    void *module = built ? dlopen(path, RTLD_NOW) : NULL;
    void *function = module ? dlsym(module, "thimble_scan") : NULL;
    free(path);
    if (!built)
        complain("this thimble was built without libclang, which `thimble scan` reads sources "
                 "with: install libclang-dev (14 or newer) and build Thimble again");
    else if (!function)
        complain("%s", dlerror());
    return (scan_function *)function;
}

static int run(const struct subcommand *self, int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        fputs(self->help, stdout);
        return STATUS_OK;
    }
    scan_function *scan = open_module();
    return scan ? scan(self, argc, argv) : STATUS_FAILED;
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
