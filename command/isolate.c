/* isolate.c: `thimble isolate`: links what needs functions that are not there. The linker says
 * which; each is made as a function that fails the test that gets to it. A mock is in front of
 * it: the slot of a seam is asked first. */
#include "isolate.h"

#include "command.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 8 };

struct isolation {
    bool help, verbose;
    const char *keep;
    char **link;
    char folder[PATH_SIZE], source[PATH_SIZE + 16], object[PATH_SIZE + 16];
    bool cut_short; /* the linker has to be told to say all */
    struct names missing;
};

/* ---- The command line ---- */

/* Ours come first; what is no option begins the link command. */
static int read_command(struct isolation *isolation, int argc, char **argv) {
    const struct option options[] = {
        {"--help", &isolation->help, NULL},
        {"-v", &isolation->verbose, NULL},
        {"--keep", NULL, &isolation->keep},
        {NULL, NULL, NULL},
    };
    int own = 1;
    while (own < argc && argv[own][0] == '-')
        own += strcmp(argv[own], "--keep") == 0 ? 2 : 1;
    own = own < argc ? own : argc;
    int status = read_options(options, own, argv);
    if (status != STATUS_OK || isolation->help)
        return status;
    isolation->link = argv + own;
    if (own == argc) {
        complain("say how to link: thimble isolate gcc -o tests test_zoo.o zoo.o");
        return STATUS_USAGE;
    }
    return STATUS_OK;
}

static bool make_folder(struct isolation *isolation) {
    const char *temporary = getenv("TMPDIR");
    snprintf(isolation->folder, sizeof isolation->folder, "%s/thimble-isolate-XXXXXX",
             temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp(isolation->folder)) {
        complain("cannot make a folder in %s", temporary && *temporary ? temporary : "/tmp");
        return false;
    }
    snprintf(isolation->source, sizeof isolation->source, "%s/missing.c", isolation->folder);
    snprintf(isolation->object, sizeof isolation->object, "%s/missing.o", isolation->folder);
    return true;
}

static void remove_folder(const struct isolation *isolation) {
    unlink(isolation->source);
    unlink(isolation->object);
    rmdir(isolation->folder);
}

/* ---- Linking ---- */

static int try_link(const struct isolation *isolation, char **output) {
    struct words command = {0};
    for (char **word = isolation->link; *word; word++)
        add_word(&command, *word);
    if (isolation->missing.count) { /* whatever language the words in front were in */
        add_word(&command, "-x");
        add_word(&command, "none");
        add_word(&command, isolation->object);
    }
    if (isolation->cut_short)
        add_word(&command, "-Wl,--error-limit=0");
    return run_command(command.all, isolation->verbose, output);
}

static bool write_source(const struct isolation *isolation, const char *path) {
    FILE *to = fopen(path, "w");
    if (to)
        write_stubs(to, &isolation->missing);
    if (!to || fclose(to) != 0) {
        complain("cannot write %s", path);
        return false;
    }
    return true;
}

/* Returns the compiler's status. */
static int make_stubs(const struct isolation *isolation) {
    char *output;
    if (!write_source(isolation, isolation->source) ||
        (isolation->keep && !write_source(isolation, isolation->keep)))
        return STATUS_FAILED;
    struct words link = expand(isolation->link);
    struct words command = compile_command(&link, isolation->source, isolation->object);
    int status = run_command(command.all, isolation->verbose, &output);
    if (status != 0)
        fputs(output, stderr);
    return status;
}

/* What is missing but called by nobody as a function may be a variable: a function in its
 * place would be worse than the linker's complaint. */
static int refuse_others(const struct isolation *isolation) {
    struct words link = expand(isolation->link);
    const char *file = linked_file(&link);
    struct names others = undescribed(file, &isolation->missing);
    if (!others.count)
        return STATUS_OK;
    unlink(file);
    complain("nothing in this link defines these, and no file compiled with the plugin calls them "
             "as functions:");
    for (size_t i = 0; i < others.count; i++)
        fprintf(stderr, "  %s\n", others.all[i]);
    fputs(
        "  A variable, or what is only pointed to: define it in a file of the tests. What a file\n"
        "  compiled without the plugin calls: compile that file with it (thimble flags --cflags)\n",
        stderr);
    return STATUS_FAILED;
}

static void tell_missing(const struct isolation *isolation) {
    fputs("thimble: missing:", stderr);
    for (size_t i = 0; i < isolation->missing.count; i++)
        fprintf(stderr, "%s %s", i ? "," : "", isolation->missing.all[i]);
    fputc('\n', stderr);
}

static int isolate(struct isolation *isolation) {
    char *output;
    int status = try_link(isolation, &output);
    for (int round = 0; status != 0 && round < ROUNDS; round++) {
        bool cut_short = !isolation->cut_short && is_cut_short(output);
        isolation->cut_short |= cut_short;
        if (!add_missing(&isolation->missing, output) && !cut_short)
            break;
        if (isolation->verbose)
            tell_missing(isolation);
        int made = make_stubs(isolation);
        if (made != 0)
            return made;
        status = try_link(isolation, &output);
    }
    fputs(output, stderr);
    return status == 0 && isolation->missing.count ? refuse_others(isolation) : status;
}

static int run(const struct subcommand *self, int argc, char **argv) {
    struct isolation isolation = {0};
    int status = read_command(&isolation, argc, argv);
    if (status != STATUS_OK)
        return status;
    if (isolation.help) {
        fputs(self->help, stdout);
        return STATUS_OK;
    }
    if (!make_folder(&isolation))
        return STATUS_FAILED;
    status = isolate(&isolation);
    remove_folder(&isolation);
    return status;
}

const struct subcommand isolate_command = {
    "isolate",
    "link a unit whose dependencies are missing",
    "Usage: thimble isolate [-v] [--keep FILE] LINK-COMMAND...\n"
    "\n"
    "Runs the link command, whose first word is the compiler. Each function that nothing in\n"
    "the link defines is made: one that is called without a mock or patch fails the test,\n"
    "naming itself. What is missing and no file compiled with the plugin calls, such as a\n"
    "variable, is an error. Where nothing is missing, this is the link command alone.\n"
    "\n"
    "  --keep FILE   writes the source of the functions that are made there\n"
    "  -v            shows what is missing and what is run\n"
    "\n"
    "  thimble isolate gcc -o tests test_zoo.o zoo.o $(thimble flags --libs)\n"
    "\n"
    "Exit status: 0 done, 1 something else than functions is missing, 4 bad usage; else the\n"
    "link command's own.\n",
    run,
};
