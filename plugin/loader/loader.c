/* loader.c: the one file that -fplugin names, whichever compiler runs.
 *
 * A plugin is made for one version of one compiler; opened by another it ends in
 * undefined symbols or a crash before it can say a word. This file names no
 * compiler's symbol, so every compiler can open it. It asks which one it is in
 * and opens the plugin that stands beside it: gcc-12.so, clang-19.so.
 *
 * GCC opens it and calls plugin_init. Clang opens it and runs its constructor.
 */
#define _GNU_SOURCE
#include "compilers.h"

#include <ctype.h>
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORTED __attribute__((__visibility__("default")))

enum { PATH_SIZE = 4096 };

/* What GCC hands to a plugin, as its gcc-plugin.h declares it: the same in GCC 11, 12
 * and all that came since. */
struct plugin_argument {
    char *key;
    char *value;
};

struct plugin_name_args {
    char *base_name;
    const char *full_name;
    int argc;
    struct plugin_argument *argv;
    const char *version;
    const char *help;
};

struct plugin_gcc_version {
    const char *basever;
    const char *datestamp;
    const char *devphase;
    const char *revision;
    const char *configuration_arguments;
};

/* GCC opens no plugin that lacks this. */
EXPORTED int plugin_is_GPL_compatible;
EXPORTED int plugin_init(struct plugin_name_args *, struct plugin_gcc_version *);

/* The folder of this file, behind links: -fplugin=thimble finds it through one. */
static void own_folder(char *folder) {
    static const char here;
    Dl_info info;
    if (dladdr(&here, &info) && realpath(info.dli_fname, folder))
        *strrchr(folder, '/') = '\0';
    else
        strcpy(folder, ".");
}

/* Opens the plugin for a compiler, or says on standard error why not and returns
 * null. */
static void *open_plugin(const struct compiler *compiler) {
    char folder[PATH_SIZE], name[256], path[PATH_SIZE + 256], text[2 * PATH_SIZE];
    own_folder(folder);
    compiler_plugin(compiler, name, sizeof name);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (access(path, F_OK) != 0) {
        compiler_describe_missing(compiler, folder, text, sizeof text);
        fprintf(stderr, "thimble: error: %s\n", text);
        return NULL;
    }
    void *plugin = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!plugin)
        fprintf(stderr,
                "thimble: error: %s does not fit this %s %s: %s; build Thimble again for it\n",
                path, compiler->family, compiler->version, dlerror());
    return plugin;
}

/* ---- GCC ---- */

/* What GCC says it compiles, "GNU C17", "GNU C++17" or "GNU Fortran2008": the first
 * field of its table of language hooks. */
static const char *gcc_language(void) {
    const char *const *hooks = dlsym(RTLD_DEFAULT, "lang_hooks");
    return hooks && *hooks ? *hooks : "";
}

EXPORTED int plugin_init(struct plugin_name_args *arguments, struct plugin_gcc_version *version) {
    const char *language = gcc_language();
    if (strncmp(language, "GNU C++", 7) == 0) {
        fputs("thimble: note: a C++ unit is left alone\n", stderr);
        return 0;
    }
    /* Also lto1, to which CFLAGS reach: its units have been through here. */
    if (strncmp(language, "GNU C", 5) != 0 || (language[5] && !isdigit((unsigned char)language[5])))
        return 0;

    struct compiler gcc = {"GCC", version->basever, version->configuration_arguments};
    void *plugin = open_plugin(&gcc);
    if (!plugin)
        return 1;
    int (*init)(struct plugin_name_args *, struct plugin_gcc_version *);
    *(void **)&init = dlsym(plugin, "plugin_init");
    if (!init) {
        fprintf(stderr, "thimble: error: %s\n", dlerror());
        return 1;
    }
    return init(arguments, version);
}

/* ---- Clang ---- */

enum { VERSION_SIZE = 32 };

/* Clang's static analyzer, which clang-tidy runs too, takes every plugin for one of its
 * own and warns unless these two are there and the version is the analyzer's. */
EXPORTED char clang_analyzerAPIVersionString[VERSION_SIZE];
EXPORTED void clang_registerCheckers(void *registry);

void clang_registerCheckers(void *registry) {
    (void)registry;
}

/* Whether this process is Clang itself: clang, clang-14, clang++-19. Also clang-tidy,
 * clangd and the like open the plugins of a compile command, and they have no use
 * for this one. */
static bool in_clang(void) {
    char path[PATH_SIZE];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return false;
    path[length] = '\0';
    const char *name = strrchr(path, '/') + 1;
    if (strncmp(name, "clang", 5) != 0)
        return false;
    name += strncmp(name, "clang++", 7) == 0 ? 7 : 5;
    return *name == '\0' || (*name == '-' && isdigit((unsigned char)name[1]));
}

/* What libstdc++'s std::string is; a function that returns one returns this. */
struct cxx_string {
    const char *data;
    size_t length;
    char local[16];
};

/* Clang's version as it says it, "14.0.6", or "" where this is no Clang. */
static void clang_version(char *version) {
    *version = '\0';
    struct cxx_string (*full)(void); /* "Debian clang version 14.0.6" */
    *(void **)&full = dlsym(RTLD_DEFAULT, "_ZN5clang19getClangFullVersionB5cxx11Ev");
    if (full) {
        const char *found = strstr(full().data, "version ");
        if (found)
            snprintf(version, VERSION_SIZE, "%.*s", (int)strcspn(found + 8, " "), found + 8);
        return;
    }
    /* A Clang on another C++ library, from LLVM 16 on. */
    void (*numbers)(unsigned *major, unsigned *minor, unsigned *patch);
    *(void **)&numbers = dlsym(RTLD_DEFAULT, "LLVMGetVersion");
    unsigned major, minor, patch;
    if (!numbers)
        return;
    numbers(&major, &minor, &patch);
    snprintf(version, VERSION_SIZE, "%u.%u.%u", major, minor, patch);
}

/* Clang offers a plugin no other way to say that it can't be used than to end the
 * process: what it would print itself is a stack dump. */
__attribute__((constructor)) static void start_in_clang(void) {
    clang_version(clang_analyzerAPIVersionString);
    if (!in_clang())
        return;
    struct compiler clang = {"Clang", clang_analyzerAPIVersionString, NULL};
    if (!*clang.version)
        clang.version = "of unknown version";
    if (!open_plugin(&clang))
        _exit(1);
}
