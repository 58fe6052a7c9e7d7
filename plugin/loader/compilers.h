/* compilers.h: which compilers there are plugins for, and what a plugin's file is
 * called. The loader and the command share it. */
#ifndef LOADER_COMPILERS_H
#define LOADER_COMPILERS_H

#include <stddef.h>

struct compiler {
    const char *family;  /* "GCC" or "Clang" */
    const char *version; /* "12.2.0" */
    /* The arguments that a GCC was configured with, or null. A cross compiler's
     * headers differ from a native one's of the same version. */
    const char *configuration;
};

/* The file's name: gcc-12.so, gcc-12-aarch64-linux-gnu.so, clang-19.so. */
void compiler_plugin(const struct compiler *, char *name, size_t size);

/* What to tell a user whose compiler has no plugin in this folder: both versions
 * and what to do about it, without a line end. */
void compiler_describe_missing(const struct compiler *, const char *folder, char *text,
                               size_t size);

#endif
