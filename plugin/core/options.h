/* options.h: what -fplugin-arg-thimble-KEY[=VALUE] says. */
#ifndef CORE_OPTIONS_H
#define CORE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum seams_option { SEAMS_ALL, SEAMS_EXTERN, SEAMS_OFF };

struct string_list {
    char **items;
    size_t count;
};

/* A project's own allocator, from allocator=NAME:SIZE[,COUNT][:free=NAME][:realloc=PTR].
 * Arguments count from 1, 0 is none. */
struct allocator_option {
    char *name;
    unsigned size, count, resized;
    char *release; /* the function that frees its blocks, or null */
};

struct options {
    char *prefix; /* what a test's name begins with */
    enum seams_option seams;
    bool allocs, asserts, frames;
    struct allocator_option *allocators;
    size_t allocator_count;
    struct string_list seam_builtins;
    struct string_list excludes; /* globs over source files as spelled */
    char *report;                /* a file to write, or null */
};

void options_init(struct options *);
void options_free(struct options *);

/* Sets one option; value is null where the argument had none. Returns false and
 * writes a message that names the key and what it takes (for an unknown key, all
 * keys) into error. */
bool options_set(struct options *, const char *key, const char *value, char *error, size_t size);

/* Whether the main source file is to be left untouched. */
bool options_excludes(const struct options *, const char *source_file);

#endif
