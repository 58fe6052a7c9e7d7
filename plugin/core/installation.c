/* For dladdr and realpath. */
#define _GNU_SOURCE 1

#include "installation.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

char *installation_of(const void *inside) {
    Dl_info plugin;
    if (!dladdr(inside, &plugin))
        return NULL;
    char *path = realpath(plugin.dli_fname, NULL);
    for (int i = 0; path && i < 3; i++) {
        char *slash = strrchr(path, '/');
        if (!slash) {
            free(path);
            return NULL;
        }
        *slash = '\0';
    }
    return path;
}
