/* module.c: the subcommands that need a library which takes long to start: each is a
 * module of its own in lib/thimble, which is opened when it is asked for. */
#define _GNU_SOURCE
#include "command.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef int subcommand_function(const struct subcommand *, int argc, char **argv);

int run_module(const struct subcommand *self, const struct module *module, int argc, char **argv) {
    char *path;
    if (asprintf(&path, "%s/lib/thimble/%s.so", installation(), self->name) < 0)
        abort();
    bool built = access(path, R_OK) == 0;
    void *opened = built ? dlopen(path, RTLD_NOW) : NULL;
    void *function = opened ? dlsym(opened, module->function) : NULL;
    free(path);
    if (!built)
        complain("%s", module->missing);
    else if (!function)
        complain("%s", dlerror());
    return function ? ((subcommand_function *)function)(self, argc, argv) : STATUS_FAILED;
}
