/* thimble.c: the command `thimble`. */
#include "command.h"

#include <stdio.h>
#include <string.h>

static const struct subcommand *const subcommands[] = {
    &debug_command,
    &flags_command,
    &isolate_command,
    &memory_command,
    &scan_command,
    &symbols_command,
};

enum { SUBCOMMANDS = sizeof subcommands / sizeof *subcommands };

static void print_help(FILE *to) {
    fputs("Usage: thimble COMMAND [OPTION...]\n\nCommands:\n", to);
    for (size_t i = 0; i < SUBCOMMANDS; i++)
        fprintf(to, "  %-10s  %s\n", subcommands[i]->name, subcommands[i]->summary);
    fputs("\n`thimble COMMAND --help` tells more of one.\n"
          "  --help      this\n"
          "  --version   Thimble's version\n"
          "\n"
          "Exit status: 0 done, 1 could not be done, 4 no such command or option.\n",
          to);
}

static int complain_unknown_command(const char *given) {
    const char *names[SUBCOMMANDS + 3] = {"--help", "--version"};
    for (size_t i = 0; i < SUBCOMMANDS; i++)
        names[i + 2] = subcommands[i]->name;
    return complain_unknown(*given == '-' ? "option" : "command", given, names);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        print_help(stderr);
        return STATUS_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        print_help(stdout);
        return STATUS_OK;
    }
    if (strcmp(name, "--version") == 0) {
        puts("thimble " THIMBLE_VERSION);
        return STATUS_OK;
    }
    for (size_t i = 0; i < SUBCOMMANDS; i++)
        if (strcmp(name, subcommands[i]->name) == 0)
            return subcommands[i]->run(subcommands[i], argc - 1, argv + 1);
    return complain_unknown_command(name);
}
