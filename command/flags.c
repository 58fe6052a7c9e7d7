/* flags.c: `thimble flags`: what to add to a compiler's command line. */
#define _GNU_SOURCE
#include "command.h"

#include "loader/compilers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct request {
    const char *cc;
    bool cflags, libs, program, shared, help;
};

/* ---- What the compiler is ---- */

/* The words behind the first are numbers where the compiler defines the macros. */
#define PROBE                                                                                      \
    "thimble_probe __clang_major__ __clang_minor__ __clang_patchlevel__ "                          \
    "__GNUC__ __GNUC_MINOR__ __GNUC_PATCHLEVEL__"

/* Runs the compiler, whose name may be several words ("ccache gcc -m32"), on the probe.
 * Gets all that it printed: with -v, a GCC's configuration too. Returns its status. */
static int probe(const char *cc, char *output, size_t size) {
    char *line;
    if (asprintf(&line, "echo '%s' | LC_ALL=C %s -v -E -P -x c - 2>&1", PROBE, cc) < 0)
        abort();
    FILE *pipe = popen(line, "r");
    free(line);
    output[pipe ? fread(output, 1, size - 1, pipe) : 0] = '\0';
    return pipe ? pclose(pipe) : -1;
}

/* Reads the probe's output. False for what is neither GCC nor Clang. */
static bool recognise(const char *output, struct compiler *compiler, char *version, size_t size) {
    unsigned major, minor, patch;
    const char *answer = strstr(output, "\nthimble_probe ");
    if (!answer)
        return false;
    compiler->version = version;
    compiler->configuration = NULL;
    compiler->family = "Clang";
    if (sscanf(answer, " thimble_probe %u %u %u", &major, &minor, &patch) != 3) {
        if (sscanf(answer, " thimble_probe %*s %*s %*s %u %u %u", &major, &minor, &patch) != 3)
            return false;
        compiler->family = "GCC";
        compiler->configuration = strstr(output, "Configured with:");
    }
    snprintf(version, size, "%u.%u.%u", major, minor, patch);
    return true;
}

/* The line in which a compiler or the shell says what is wrong: -v makes the others. */
static const char *telling_line(char *output) {
    char *end = strchr(output, '\0');
    while (end > output && end[-1] == '\n')
        *--end = '\0';
    const char *line = strstr(output, "error: ");
    if (!line)
        line = end;
    while (line > output && line[-1] != '\n')
        line--;
    output[line - output + (ptrdiff_t)strcspn(line, "\n")] = '\0';
    return line;
}

/* Whether there is a plugin for this compiler; says why not. */
static bool check_compiler(const char *cc) {
    static char output[1 << 16];
    struct compiler compiler;
    char version[32], name[256], folder[PATH_SIZE + 32], path[2 * PATH_SIZE], text[2 * PATH_SIZE];
    if (probe(cc, output, sizeof output) != 0) {
        complain("cannot run the compiler '%s': %s", cc, telling_line(output));
        return false;
    }
    if (!recognise(output, &compiler, version, sizeof version)) {
        complain("'%s' is neither GCC nor Clang; there are plugins for those only", cc);
        return false;
    }
    snprintf(folder, sizeof folder, "%s/lib/thimble", installation());
    compiler_plugin(&compiler, name, sizeof name);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (access(path, R_OK) == 0)
        return true;
    compiler_describe_missing(&compiler, folder, text, sizeof text);
    complain("%s", text);
    return false;
}

/* ---- The flags ---- */

static void print_cflags(void) {
    print_path("-fplugin=", "/lib/thimble/thimble.so");
    fputs(" -D__THIMBLE__=1 ", stdout);
    print_path("-I", "/include");
}

/* Units reach the runtime through weak references, which pull nothing out of an archive:
 * -u does. The list makes the runtime's functions visible to shared objects that are
 * opened later, with units of their own. */
static void print_static_libs(bool program) {
    print_path("", program ? "/lib/libthimble-program.a" : "/lib/libthimble.a");
    fputs(" -Wl,-u,thimble_register", stdout);
    if (!program)
        fputs(" -Wl,-u,thimble_run", stdout);
    fputs(" -Xlinker ", stdout);
    print_path("--dynamic-list=", "/lib/thimble/exports.list");
    fputs(" -lpthread -ldl", stdout);
}

/* The runner's main is an object of its own: one in the shared library would be weaker
 * than a weak one in a unit under test. */
static void print_shared_libs(bool program) {
    if (!program) {
        print_path("", "/lib/thimble/main.o");
        putchar(' ');
    }
    fputs("-Wl,--push-state,--no-as-needed ", stdout);
    print_path("", "/lib/libthimble.so");
    fputs(" -Wl,--pop-state -Xlinker -rpath -Xlinker ", stdout);
    print_path("", "/lib");
}

static int run(const struct subcommand *self, int argc, char **argv) {
    struct request request = {0};
    const struct option options[] = {
        {"--cc", NULL, &request.cc},
        {"--cflags", &request.cflags, NULL},
        {"--libs", &request.libs, NULL},
        {"--program", &request.program, NULL},
        {"--shared", &request.shared, NULL},
        {"--help", &request.help, NULL},
        {NULL, NULL, NULL},
    };
    int status = read_options(options, argc, argv);
    if (status != STATUS_OK)
        return status;
    if (request.help) {
        fputs(self->help, stdout);
        return STATUS_OK;
    }
    if (!request.cflags && !request.libs) {
        complain("say which flags: --cflags, --libs or both");
        return STATUS_USAGE;
    }
    if (request.cc && !check_compiler(request.cc))
        return STATUS_FAILED;
    if (request.cflags)
        print_cflags();
    if (request.cflags && request.libs)
        putchar(' ');
    if (request.libs)
        (request.shared ? print_shared_libs : print_static_libs)(request.program);
    putchar('\n');
    return STATUS_OK;
}

const struct subcommand flags_command = {
    "flags",
    "print what to add to a compiler's command line",
    "Usage: thimble flags [--cc CC] [--cflags] [--libs [--program] [--shared]]\n"
    "\n"
    "  --cc CC     the compiler that gets them; an error where there is no plugin for it\n"
    "  --cflags    for compiling: code under test and tests\n"
    "  --libs      for linking tests, behind the objects\n"
    "  --program   for linking a program that keeps its own main\n"
    "  --shared    with libthimble.so instead of libthimble.a\n"
    "\n"
    "A path with a space is quoted for a shell. In a Makefile:\n"
    "\n"
    "  THIMBLE_CFLAGS := $(shell thimble flags --cc '$(CC)' --cflags)\n",
    run,
};
