/* command.c: the command line of `thimble scan`. */
#include "scan.h"

#include "../command.h"
#include "core/heap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The command line, taken apart. */
struct command_line {
    int option_count;
    char **options; /* with the command's name first */
    char **files;   /* null-terminated */
    char **flags;   /* behind "--", or null */
};

static bool takes_value(const char *option) {
    return strcmp(option, "-p") == 0 || strcmp(option, "--format") == 0;
}

static struct command_line take_apart(int argc, char **argv) {
    size_t size = ((size_t)argc + 1) * sizeof *argv;
    struct command_line line = {1, heap_new(size), heap_new(size), NULL};
    char **file = line.files;
    line.options[0] = argv[0];
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            line.flags = argv + i + 1;
            break;
        }
        if (*argv[i] != '-') {
            *file++ = argv[i];
            continue;
        }
        line.options[line.option_count++] = argv[i];
        if (takes_value(argv[i]) && i + 1 < argc)
            line.options[line.option_count++] = argv[++i];
    }
    return line;
}

static int scan_all(const struct request *request, char **files) {
    int status = STATUS_OK;
    for (; *files; files++)
        if (scan_file(request, *files) != STATUS_OK)
            status = STATUS_FAILED;
    return status;
}

static int scan(const struct subcommand *self, struct command_line *line) {
    struct request request = {.flags = line->flags};
    const char *format = "text";
    bool help = false;
    const struct option options[] = {
        {"-p", NULL, &request.database},
        {"--format", NULL, &format},
        {"--help", &help, NULL},
        {NULL, NULL, NULL},
    };
    int status = read_options(options, line->option_count, line->options);
    if (status != STATUS_OK)
        return status;
    if (help) {
        fputs(self->help, stdout);
        return STATUS_OK;
    }
    request.json = strcmp(format, "json") == 0;
    if (!request.json && strcmp(format, "text") != 0) {
        complain("unknown format '%s'; there are text, json", format);
        return STATUS_USAGE;
    }
    if (!*line->files) {
        complain("say which files: thimble scan FILE... [-- CFLAGS]");
        return STATUS_USAGE;
    }
    return scan_all(&request, line->files);
}

int thimble_scan(const struct subcommand *self, int argc, char **argv) {
    struct command_line line = take_apart(argc, argv);
    int status = scan(self, &line);
    free(line.options);
    free(line.files);
    return status;
}
