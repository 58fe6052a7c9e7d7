/* compilers.c: see compilers.h. */
#define _GNU_SOURCE
#include "compilers.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 256, PLUGINS_MAX = 32 };

/* The value of --KEY=VALUE among a GCC's configuration arguments, or "". */
static void configured(const char *arguments, const char *key, char *value, size_t size) {
    *value = '\0';
    const char *found = arguments ? strstr(arguments, key) : NULL;
    if (!found)
        return;
    found += strlen(key);
    size_t length = strcspn(found, " \n'\"");
    snprintf(value, size, "%.*s", (int)length, found);
}

/* The machine that a cross compiler makes code for, or "" for a native compiler. */
static void cross_target(const char *configuration, char *target, size_t size) {
    char host[NAME_SIZE];
    configured(configuration, "--target=", target, size);
    configured(configuration, "--host=", host, sizeof host);
    if (!*host)
        configured(configuration, "--build=", host, sizeof host);
    if (strcmp(target, host) == 0)
        *target = '\0';
}

static bool is_gcc(const struct compiler *compiler) {
    return strcmp(compiler->family, "GCC") == 0;
}

void compiler_plugin(const struct compiler *compiler, char *name, size_t size) {
    int major = atoi(compiler->version);
    if (!is_gcc(compiler)) {
        snprintf(name, size, "clang-%d.so", major);
        return;
    }
    char target[NAME_SIZE];
    cross_target(compiler->configuration, target, sizeof target);
    snprintf(name, size, "gcc-%d%s%s.so", major, *target ? "-" : "", target);
}

static int is_plugin(const struct dirent *entry) {
    const char *name = entry->d_name;
    size_t length = strlen(name);
    return (strncmp(name, "gcc-", 4) == 0 || strncmp(name, "clang-", 6) == 0) && length > 3 &&
           strcmp(name + length - 3, ".so") == 0;
}

/* "gcc-11.so, gcc-12.so", or "" for none. */
static void list_plugins(const char *folder, char *list, size_t size) {
    struct dirent **entries;
    int count = scandir(folder, &entries, is_plugin, versionsort);
    size_t length = 0;
    *list = '\0';
    for (int i = 0; i < count; i++) {
        if (length < size)
            length += (size_t)snprintf(list + length, size - length, "%s%s", i ? ", " : "",
                                       entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

/* Debian's packages with what a plugin for a compiler is built with. */
static void header_packages(const struct compiler *compiler, const char *target, char *packages,
                            size_t size) {
    int major = atoi(compiler->version);
    if (is_gcc(compiler))
        snprintf(packages, size, "gcc-%d-plugin-dev%s%s", major, *target ? "-" : "", target);
    else
        snprintf(packages, size, "libclang-%d-dev llvm-%d-dev", major, major);
}

void compiler_describe_missing(const struct compiler *compiler, const char *folder, char *text,
                               size_t size) {
    char target[NAME_SIZE], list[1024], packages[2 * NAME_SIZE];
    cross_target(compiler->configuration, target, sizeof target);
    list_plugins(folder, list, sizeof list);
    header_packages(compiler, target, packages, sizeof packages);
    snprintf(text, size,
             "no plugin for %s %s%s%s%s in %s, which has %s; install its plugin headers "
             "(Debian: %s) and build Thimble again%s",
             compiler->family, compiler->version, *target ? " (" : "", target, *target ? ")" : "",
             folder, *list ? list : "none at all", packages,
             *list && !*target ? ", or compile with one of those" : "");
}
