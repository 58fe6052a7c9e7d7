/* text.c: a unit for people: a line for each thing, its place first. */
#define _GNU_SOURCE
#include "scan.h"

#include "core/heap.h"
#include "core/naming.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct text {
    const struct unit *unit;
    bool colour;
};

static bool wants_colour(void) {
    const char *no = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no && *no) && !(terminal && strcmp(terminal, "dumb") == 0);
}

/* A path for the user, who may be in another folder than the compiler. */
static void print_path_from(const char *home, const char *directory, const char *file) {
    char *path, tidy[PATH_MAX];
    if (asprintf(&path, *file == '/' ? "%.0s%s" : "%s/%s", directory, file) < 0)
        abort();
    naming_tidy_path(path, tidy, sizeof tidy);
    size_t length = strlen(home);
    bool below = strncmp(tidy, home, length) == 0 && tidy[length] == '/';
    fputs(below ? tidy + length + 1 : tidy, stdout);
    free(path);
}

static void print_place(const struct text *text, const struct model_function *function) {
    const struct compilation *compilation = text->unit->compilation;
    if (function->main_file)
        fputs(compilation->named, stdout);
    else
        print_path_from(compilation->home, compilation->directory, function->file);
    printf(":%u: ", function->line);
}

static void print_what(const struct text *text, const char *colour, const char *what) {
    if (text->colour)
        printf("\033[%sm%s\033[m ", colour, what);
    else
        printf("%s ", what);
}

static void print_tests(const struct text *text, const struct model *model) {
    for (uint32_t i = 0; i < model_test_count(model); i++) {
        const struct model_function *function =
            model_function(model, model_test_function(model, i));
        print_place(text, function);
        print_what(text, "32", "test");
        bool sure = !(model_test_flags(model, i) & THIMBLE_TEST_IF_PROVIDED);
        printf("%s%s\n", function->name, sure ? "" : ", if its parameters are provided");
    }
}

static void print_helpers(const struct text *text, const struct model *model) {
    for (uint32_t i = 0; i < model_function_count(model); i++) {
        const struct model_function *function = model_function(model, i);
        if (!model_function_why(model, i))
            continue;
        print_place(text, function);
        print_what(text, "33", "no test");
        printf("%s: %s\n", function->name, model_function_why(model, i));
    }
}

static void print_fixtures(const struct text *text, const struct model *model) {
    for (uint32_t i = 0; i < model_fixture_count(model); i++) {
        const struct model_function *function =
            model_function(model, model_fixture_function(model, i));
        print_place(text, function);
        print_what(text, "36", "fixture");
        printf("%s\n", function->name);
    }
}

struct seam {
    const char *identity;
    uint32_t function;
};

static int compare(const void *left, const void *right) {
    const struct seam *a = left, *b = right;
    return strcmp(a->identity, b->identity);
}

/* As they stand in the report. */
static void print_seams(const struct text *text, const struct model *model) {
    uint32_t count = model_slot_count(model);
    struct seam *seams = heap_new((count + 1) * sizeof *seams);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t function = model_slot_function(model, i);
        seams[i] = (struct seam){model_function_identity(model, function), function};
    }
    qsort(seams, count, sizeof *seams, compare);
    for (uint32_t i = 0; i < count; i++) {
        unsigned calls = model_function_calls(model, seams[i].function);
        const struct model_function *function = model_function(model, seams[i].function);
        print_place(text, function);
        print_what(text, "35", "seam");
        printf("%s, %u call%s\n", function->name, calls, calls == 1 ? "" : "s");
    }
    free(seams);
}

void print_text(const struct unit *unit) {
    struct text text = {unit, wants_colour()};
    print_tests(&text, unit->model);
    print_helpers(&text, unit->model);
    print_fixtures(&text, unit->model);
    print_seams(&text, unit->model);
}
