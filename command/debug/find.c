/* find.c: which debugger there is, and what it can do. */
#define _GNU_SOURCE
#include "debug.h"

#include "../command.h"

#include <dirent.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_program(const char *path) {
    struct stat file;
    return stat(path, &file) == 0 && S_ISREG(file.st_mode) && access(path, X_OK) == 0;
}

/* Calls for each folder of PATH; what it returns ends the search. */
static char *for_path(char *(*look)(const char *folder, void *context), void *context) {
    const char *path = getenv("PATH");
    char folder[PATH_SIZE], *found = NULL;
    for (const char *from = path ? path : "/usr/bin:/bin"; from && !found;) {
        size_t length = strcspn(from, ":");
        if (length < sizeof folder) {
            memcpy(folder, length ? from : ".", length ? length : 1);
            folder[length ? length : 1] = '\0';
            found = look(folder, context);
        }
        from = from[length] ? from + length + 1 : NULL;
    }
    return found;
}

static char *look_for_program(const char *folder, void *context) {
    char *path;
    if (asprintf(&path, "%s/%s", folder, (const char *)context) < 0)
        abort();
    if (is_program(path))
        return path;
    free(path);
    return NULL;
}

char *find_program(const char *name) {
    if (strchr(name, '/'))
        return is_program(name) ? strdup(name) : NULL;
    return for_path(look_for_program, (void *)(size_t)name);
}

/* ---- lldb-19 ---- */

struct newest {
    unsigned long version;
    char path[PATH_SIZE + NAME_MAX + 2];
};

static char *look_for_newest(const char *folder, void *context) {
    struct newest *newest = context;
    DIR *files = opendir(folder);
    for (struct dirent *file; files && (file = readdir(files));) {
        char path[sizeof newest->path], *end = file->d_name;
        bool is_lldb = strncmp(file->d_name, "lldb-", strlen("lldb-")) == 0;
        unsigned long version = is_lldb ? strtoul(file->d_name + strlen("lldb-"), &end, 10) : 0;
        snprintf(path, sizeof path, "%s/%s", folder, file->d_name);
        if (version > newest->version && *end == '\0' && is_program(path)) {
            newest->version = version;
            strcpy(newest->path, path);
        }
    }
    if (files)
        closedir(files);
    return NULL;
}

/* Debian's packages of one version have no plain name. */
static char *find_lldb(void) {
    struct newest newest = {0};
    char *path = find_program("lldb");
    if (path)
        return path;
    for_path(look_for_newest, &newest);
    return newest.version ? strdup(newest.path) : NULL;
}

/* ---- What it can do ---- */

/* The line that is a path: with it lldb may complain of what is not there. Null: none is. */
static char *path_in(char *output) {
    for (char *line; (line = strsep(&output, "\n"));)
        if (*line == '/')
            return line;
    return NULL;
}

static bool gdb_has_python(const char *path) {
    const char *command[] = {path, "-nx", "-batch", "-ex", "python print('it' + ' has')", NULL};
    char *output;
    run_command((char *const *)(size_t)command, false, &output);
    bool has = strstr(output, "it has");
    free(output);
    return has;
}

/* Where Debian's own modules are. */
#define SYSTEM_MODULES "/usr/lib/python3/dist-packages"

/* Debian's lldb 14 looks for its module in a folder that isn't there; the module is beside the
 * program, as LLVM's makefiles install it. What that module needs in turn is Debian's, and not
 * seen where another Python comes first in PATH. */
static char *beside_lldb(const char *path) {
    char *real = realpath(path, NULL), *pattern, *found = NULL;
    char *bin = real ? strrchr(real, '/') : NULL;
    glob_t matches = {0};
    if (!bin)
        return NULL;
    *bin = '\0';
    if (asprintf(&pattern, "%s/../lib*/python3*/*-packages/lldb/embedded_interpreter.py", real) < 0)
        abort();
    if (glob(pattern, 0, NULL, &matches) == 0) {
        char *folder = matches.gl_pathv[matches.gl_pathc - 1];
        *strstr(folder, "/lldb/embedded_interpreter.py") = '\0';
        if (asprintf(&found, "%s:" SYSTEM_MODULES, folder) < 0)
            abort();
    }
    globfree(&matches);
    free(pattern);
    free(real);
    return found;
}

static void look_at_lldb(struct debugger *debugger) {
    const char *command[] = {debugger->path, "-P", NULL};
    char *output, module[PATH_SIZE];
    run_command((char *const *)(size_t)command, false, &output);
    const char *folder = path_in(output);
    snprintf(module, sizeof module, "%s/lldb/__init__.py", folder ? folder : "");
    debugger->has_python = folder && access(module, R_OK) == 0;
    if (folder && !debugger->has_python) {
        debugger->python_path = beside_lldb(debugger->path);
        debugger->has_python = debugger->python_path && access(SYSTEM_MODULES "/six.py", R_OK) == 0;
    }
    free(output);
}

/* ---- Which ---- */

static bool is_lldb(const char *name) {
    const char *slash = strrchr(name, '/');
    return strstr(slash ? slash + 1 : name, "lldb");
}

static const char *chosen_name(const char *name) {
    if (name)
        return name;
    const char *variable = getenv("THIMBLE_BREAKPOINT");
    bool names = variable && *variable && strcmp(variable, "0") != 0 && strcmp(variable, "1") != 0;
    return names ? variable : NULL;
}

static char *find_any(const char *name) {
    if (name && strcmp(name, "lldb") == 0)
        return find_lldb();
    if (name)
        return find_program(name);
    char *path = find_program("gdb");
    return path ? path : find_lldb();
}

bool find_debugger(struct debugger *debugger, const char *name) {
    *debugger = (struct debugger){0};
    name = chosen_name(name);
    debugger->path = find_any(name);
    if (!debugger->path && name)
        complain("there is no debugger %s here: install gdb (Debian: apt install gdb) or name "
                 "another",
                 name);
    else if (!debugger->path)
        complain("there is no debugger here: install gdb (Debian: apt install gdb)");
    if (!debugger->path)
        return false;
    debugger->is_lldb = is_lldb(debugger->path);
    debugger->name = debugger->is_lldb ? "lldb" : "gdb";
    if (debugger->is_lldb)
        look_at_lldb(debugger);
    else
        debugger->has_python = gdb_has_python(debugger->path);
    if (!debugger->has_python)
        fprintf(stderr,
                "thimble: this %s has no Python%s, so there are no commands `thimble` in it\n",
                debugger->name, debugger->python_path ? " that works (Debian: python3-six)" : "");
    return true;
}

int print_commands(const char *debugger) {
    printf("%s/lib/thimble/debugger/thimble_%s.py\n", installation(),
           is_lldb(debugger) ? "lldb" : "gdb");
    return STATUS_OK;
}
