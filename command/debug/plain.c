/* plain.c: where no debugger may look into the program: it runs by itself, and its stack is told
 * when it has died: by the program, if Thimble is in it, or from the core file that it leaves. */
#define _GNU_SOURCE
#include "debug.h"

#include "../command.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct cores {
    char names[16][256]; /* that were there before */
    size_t count;
};

static bool is_like_core(const char *name) {
    return strncmp(name, "core", strlen("core")) == 0;
}

static void remember_cores(struct cores *cores) {
    DIR *files = opendir(".");
    cores->count = 0;
    for (struct dirent *file; files && (file = readdir(files));)
        if (is_like_core(file->d_name) && cores->count < sizeof cores->names / sizeof *cores->names)
            snprintf(cores->names[cores->count++], sizeof *cores->names, "%s", file->d_name);
    if (files)
        closedir(files);
}

static bool was_there(const struct cores *cores, const char *name) {
    for (size_t i = 0; i < cores->count; i++)
        if (strcmp(cores->names[i], name) == 0)
            return true;
    return false;
}

/* The one that this process left in our folder. */
static bool find_core(pid_t process, char *name, size_t size) {
    DIR *files = opendir(".");
    bool found = false;
    for (struct dirent *file; files && !found && (file = readdir(files));) {
        struct core_file core;
        if (!is_like_core(file->d_name) || !is_core_file(file->d_name) ||
            !read_core_file(file->d_name, &core) || core.process != process)
            continue;
        snprintf(name, size, "%s", file->d_name);
        found = true;
    }
    if (files)
        closedir(files);
    return found;
}

static void allow_core(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_CORE, &limit);
    }
}

static void tell_from_core(const struct program *program, const struct cores *before) {
    char name[256];
    if (!find_core(program->process, name, sizeof name)) {
        fputs("thimble: its stack is not known: it left no core file here (ulimit -c, "
              "/proc/sys/kernel/core_pattern), and Thimble is not linked into it\n",
              stderr);
        return;
    }
    open_core(program->debugger, name, program->path, true);
    if (!was_there(before, name))
        unlink(name);
}

int run_plainly(struct program *program) {
    struct cores before;
    program->tells_stack = has_thimble(program->path);
    remember_cores(&before);
    if (!program->tells_stack)
        allow_core();
    ignore_keys();
    if (!start_program(program))
        return STATUS_FAILED;
    let_go(program);
    int state = end_of_program(program);
    tell_end(program, state);
    if (WIFSIGNALED(state) && !program->tells_stack)
        tell_from_core(program, &before);
    return status_of(state);
}
