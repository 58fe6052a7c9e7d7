#include "options.h"

#include "heap.h"
#include "line.h"
#include "naming.h"
#include <ctype.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_PATH = 4096, MOST_ARGUMENTS = 255 };

/* ---- What values look like ---- */

/* Compilers take more than ASCII in names. */
static bool starts_name(char c) {
    return isalpha((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static size_t name_length(const char *text) {
    size_t length = 0;
    while (starts_name(text[length]) || (length && isdigit((unsigned char)text[length])))
        length++;
    return length;
}

static bool is_name(const char *text) {
    return *text && !text[name_length(text)];
}

static void replace(char **old, const char *text, size_t length) {
    free(*old);
    *old = heap_copy_text(text, length);
}

static void append(struct string_list *list, const char *text) {
    size_t capacity = list->count;
    list->items = heap_grow(list->items, &capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = heap_copy_text(text, strlen(text));
}

/* A switch without a value is on. */
static bool set_switch(bool *out, const char *value) {
    if (value && strcmp(value, "on") != 0 && strcmp(value, "off") != 0)
        return false;
    *out = !value || strcmp(value, "on") == 0;
    return true;
}

/* ---- A parser for each key: false for a value that it does not take ---- */

static bool set_prefix(struct options *options, const char *value) {
    if (!value || !is_name(value))
        return false;
    replace(&options->prefix, value, strlen(value));
    return true;
}

static bool set_seams(struct options *options, const char *value) {
    static const char *const values[] = {
        [SEAMS_ALL] = "all", [SEAMS_EXTERN] = "extern", [SEAMS_OFF] = "off"};
    for (size_t i = 0; value && i < sizeof values / sizeof *values; i++)
        if (strcmp(value, values[i]) == 0) {
            options->seams = (enum seams_option)i;
            return true;
        }
    return false;
}

static bool set_allocs(struct options *options, const char *value) {
    return set_switch(&options->allocs, value);
}

static bool set_asserts(struct options *options, const char *value) {
    return set_switch(&options->asserts, value);
}

static bool set_frames(struct options *options, const char *value) {
    return set_switch(&options->frames, value);
}

static bool set_seam_builtin(struct options *options, const char *value) {
    if (!value || !is_name(value))
        return false;
    append(&options->seam_builtins, value);
    return true;
}

static bool set_exclude(struct options *options, const char *value) {
    if (!value || !*value)
        return false;
    append(&options->excludes, value);
    return true;
}

static bool set_report(struct options *options, const char *value) {
    if (!value || !*value)
        return false;
    replace(&options->report, value, strlen(value));
    return true;
}

/* ---- allocator=NAME:SIZE[,COUNT][:free=NAME][:realloc=PTR] ---- */

static bool take_text(const char **value, const char *text) {
    size_t length = strlen(text);
    if (strncmp(*value, text, length) != 0)
        return false;
    *value += length;
    return true;
}

static bool take_name(const char **value, char **out) {
    size_t length = name_length(*value);
    if (!length || *out)
        return false;
    *out = heap_copy_text(*value, length);
    *value += length;
    return true;
}

/* An argument's number, once. */
static bool take_number(const char **value, unsigned *out) {
    char *end;
    if (!isdigit((unsigned char)**value) || *out)
        return false;
    unsigned long number = strtoul(*value, &end, 10);
    if (number < 1 || number > MOST_ARGUMENTS)
        return false;
    *out = (unsigned)number;
    *value = end;
    return true;
}

static bool parse_allocator(struct allocator_option *out, const char *value) {
    if (!take_name(&value, &out->name) || !take_text(&value, ":") ||
        !take_number(&value, &out->size))
        return false;
    if (take_text(&value, ",") && !take_number(&value, &out->count))
        return false;
    while (*value) {
        bool taken = false;
        if (take_text(&value, ":free="))
            taken = take_name(&value, &out->release);
        else if (take_text(&value, ":realloc="))
            taken = take_number(&value, &out->resized);
        if (!taken)
            return false;
    }
    return true;
}

static void free_allocator(struct allocator_option *option) {
    free(option->name);
    free(option->release);
}

static bool set_allocator(struct options *options, const char *value) {
    struct allocator_option option = {0};
    if (!value || !parse_allocator(&option, value)) {
        free_allocator(&option);
        return false;
    }
    size_t capacity = options->allocator_count;
    options->allocators =
        heap_grow(options->allocators, &capacity, options->allocator_count + 1, sizeof option);
    options->allocators[options->allocator_count++] = option;
    return true;
}

/* ---- All of them ---- */

/* Each key with what it takes, as the messages say it. */
static const struct key {
    const char *name, *takes;
    bool (*set)(struct options *, const char *value);
} keys[] = {
    {"prefix", "STR", set_prefix},
    {"seams", "all|extern|off", set_seams},
    {"allocs", "on|off", set_allocs},
    {"asserts", "on|off", set_asserts},
    {"allocator", "NAME:SIZE[,COUNT][:free=NAME][:realloc=PTR]", set_allocator},
    {"seam-builtin", "NAME", set_seam_builtin},
    {"frames", "on|off", set_frames},
    {"exclude", "GLOB", set_exclude},
    {"report", "FILE", set_report},
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

void options_init(struct options *options) {
    memset(options, 0, sizeof *options);
    replace(&options->prefix, "test_", 5);
    options->seams = SEAMS_ALL;
    options->allocs = options->asserts = true;
}

static void free_list(struct string_list *list) {
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
}

void options_free(struct options *options) {
    free(options->prefix);
    free(options->report);
    for (size_t i = 0; i < options->allocator_count; i++)
        free_allocator(&options->allocators[i]);
    free(options->allocators);
    free_list(&options->seam_builtins);
    free_list(&options->excludes);
}

static void say_unknown(const char *key, char *error, size_t size) {
    struct line line = line_in(error, size);
    line_add(&line, "unknown option '%s': thimble knows", key);
    for (size_t i = 0; i < KEY_COUNT; i++)
        line_add(&line, "%s %s=%s", i ? "," : "", keys[i].name, keys[i].takes);
}

bool options_set(struct options *options, const char *key, const char *value, char *error,
                 size_t size) {
    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (strcmp(keys[i].name, key) != 0)
            continue;
        if (keys[i].set(options, value))
            return true;
        if (value)
            snprintf(error, size, "bad value '%s' for option '%s': it takes %s=%s", value, key, key,
                     keys[i].takes);
        else
            snprintf(error, size, "option '%s' needs a value: it takes %s=%s", key, key,
                     keys[i].takes);
        return false;
    }
    say_unknown(key, error, size);
    return false;
}

/* A glob holds for the path from any of its '/' on, as a test's id does. */
static bool glob_matches(const char *glob, const char *path) {
    for (; path; path = strchr(path, '/')) {
        path += *path == '/';
        if (fnmatch(glob, path, 0) == 0)
            return true;
    }
    return false;
}

bool options_excludes(const struct options *options, const char *source_file) {
    char path[LONGEST_PATH], glob[LONGEST_PATH];
    naming_tidy_path(source_file, path, sizeof path);
    for (size_t i = 0; i < options->excludes.count; i++) {
        const char *as_given = options->excludes.items[i];
        naming_tidy_path(as_given, glob, sizeof glob);
        if (fnmatch(as_given, source_file, 0) == 0 || fnmatch(glob, path, 0) == 0 ||
            glob_matches(glob, path))
            return true;
    }
    return false;
}
