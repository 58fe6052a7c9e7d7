#include "select.h"

#include <string.h>
#include <unistd.h>

#include "../base/arena.h"
#include "expression.h"
#include "nearest.h"
#include "paths.h"

/* FILE or FILE::NAME taken apart. */
struct selector {
    const char *written;
    const char *file;
    const char *absolute; /* seen from the current directory, or "" */
    const char *name;     /* null for all */
};

static struct selector read_selector(const char *written) {
    struct selector selector = {.written = written, .file = written, .absolute = ""};
    const char *colons = strstr(written, "::");
    if (colons) {
        selector.file = _thimble_strndup(&_thimble_arena, written, (size_t)(colons - written));
        selector.name = colons + 2;
    }
    char directory[4096];
    if (getcwd(directory, sizeof(directory)))
        selector.absolute = _thimble_absolute_path(directory, selector.file);
    return selector;
}

static bool matches(const struct selector *selector, const struct test *test) {
    if (selector->name && strcmp(selector->name, test->name) != 0)
        return false;
    return _thimble_path_matches(test->path, selector->file) ||
           strcmp(test->path, selector->absolute) == 0;
}

static void put_nearest(struct text *error, const struct selector *selector,
                        const struct tests *tests) {
    struct nearest nearest = {.word = selector->written};
    for (uint32_t i = 0; i < tests->count; i++) {
        const char *id = tests->list[i].id;
        const char *colons = strstr(id, "::");
        _thimble_consider(
            &nearest,
            selector->name ? id : _thimble_strndup(&_thimble_arena, id, (size_t)(colons - id)));
    }
    _thimble_printf(error, "no test matches '%s'", selector->written);
    if (nearest.best)
        _thimble_printf(error, "; the nearest is %s", nearest.best);
}

/* Marks the tests that the selector means. */
static bool mark(bool *marks, const struct tests *tests, const struct selector *selector) {
    bool found = false;
    for (uint32_t i = 0; i < tests->count; i++) {
        if (!matches(selector, &tests->list[i]))
            continue;
        marks[i] = true;
        found = true;
    }
    return found;
}

static bool mark_selected(bool *marks, const struct tests *tests, const struct options *options,
                          struct text *error) {
    for (uint32_t i = 0; i < options->selector_count; i++) {
        struct selector selector = read_selector(options->selectors[i]);
        if (!mark(marks, tests, &selector)) {
            put_nearest(error, &selector, tests);
            return false;
        }
    }
    if (options->selector_count == 0)
        memset(marks, true, tests->count);
    return true;
}

bool _thimble_select(struct selection *selection, const struct tests *tests,
                     const struct options *options, struct text *error) {
    bool *marks = _thimble_alloc(&_thimble_arena, tests->count + 1);
    if (!mark_selected(marks, tests, options, error))
        return false;
    selection->list =
        _thimble_alloc(&_thimble_arena, (tests->count + 1) * sizeof(*selection->list));
    const char *mistake;
    for (uint32_t i = 0; i < tests->count; i++) {
        const struct test *test = &tests->list[i];
        if (marks[i] && (!options->expression ||
                         _thimble_expression_matches(options->expression, test->name, &mistake)))
            selection->list[selection->count++] = test;
    }
    return true;
}
