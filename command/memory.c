/* memory.c: `thimble memory`: what a program had allocated, from a dump that it wrote. What
 * reads and shows it is in the module lib/thimble/memory.so, from the folder memory/. */
#include "command.h"

static const struct module module = {
    "thimble_memory",
    "lib/thimble/memory.so is missing: install Thimble again",
};

static int run(const struct subcommand *self, int argc, char **argv) {
    return run_module(self, &module, argc, argv);
}

const struct subcommand memory_command = {
    "memory",
    "show what a program had allocated",
    "Usage: thimble memory FILE [OPTION...]\n"
    "       thimble memory OLD NEW [OPTION...]\n"
    "\n"
    "Shows a memory dump: of a program that ran with THIMBLE_MEMORY=FILE, or of\n"
    "tracker_dump. Without an option: the 25 lines that hold most. Two files: what changed.\n"
    "\n"
    "  --by GROUP          line (default), file, function, type, or trace: with callers\n"
    "  --top N             how many groups, default 25; 0: all\n"
    "  --traceback         each group with the calls that lead to it, and their source\n"
    "  --made              all that was ever allocated, instead of what is live\n"
    "  --filter GLOB       only what files that match allocated; repeatable\n"
    "  --exclude GLOB      not what these allocated; repeatable\n"
    "  --type GLOB         only blocks of such types, as 'struct animal'; ?: not known\n"
    "  --compare OLD       what changed since this dump\n"
    "  --format FORMAT     text (default), json, folded (stacks, for flame graphs), pprof,\n"
    "                      html: a page with a flame graph and a table\n"
    "  -o FILE             write it there instead of to standard output\n"
    "  --help              this\n"
    "\n"
    "A GLOB is matched against a path, or against its end at a '/': 'zoo.c', 'src/*'.\n"
    "\n"
    "Exit status: 0 done, 1 a file could not be read or written, 4 bad usage.\n",
    run,
};
