#include "selector.h"

#include <string.h>
#include <unistd.h>

#include "../base/arena.h"
#include "ids.h"
#include "nearest.h"
#include "numbers.h"
#include "paths.h"

struct selector _thimble_read_selector(const char *written) {
    struct selector selector = {.written = written, .file = written, .absolute = ""};
    const char *colons = strstr(written, "::");
    if (colons) {
        selector.file = _thimble_strndup(&_thimble_arena, written, (size_t)(colons - written));
        selector.label = colons + 2;
        selector.name_length = strcspn(selector.label, "[");
    }
    char directory[4096];
    if (getcwd(directory, sizeof(directory)))
        selector.absolute = _thimble_absolute_path(directory, selector.file);
    return selector;
}

/* ---- Matching ---- */

static bool is_in_file(const struct selector *selector, const struct test *test) {
    return _thimble_path_matches(test->path, selector->file) ||
           strcmp(test->path, selector->absolute) == 0;
}

static bool has_name(const struct selector *selector, const struct test *test) {
    return strlen(test->name) == selector->name_length &&
           memcmp(selector->label, test->name, selector->name_length) == 0;
}

static bool names_case(const struct selector *selector) {
    return selector->label && selector->label[selector->name_length] == '[';
}

static bool matches(const struct selector *selector, const struct test *test) {
    if (!selector->label)
        return is_in_file(selector, test);
    if (!has_name(selector, test))
        return false;
    return (!names_case(selector) || strcmp(selector->label, test->label) == 0) &&
           is_in_file(selector, test);
}

/* The index in NAME[INDEX]. */
static bool read_index(const struct selector *selector, uint32_t *index) {
    if (!names_case(selector))
        return false;
    const char *start = selector->label + selector->name_length + 1;
    size_t length = strlen(start);
    return length > 1 && start[length - 1] == ']' &&
           _thimble_read_count(_thimble_strndup(&_thimble_arena, start, length - 1), index);
}

static bool mark_indexed(bool *marks, const struct tests *tests, const struct selector *selector) {
    uint32_t index;
    bool found = false;
    if (!read_index(selector, &index))
        return false;
    for (uint32_t i = 0; i < tests->count; i++) {
        const struct test *test = &tests->list[i];
        if (!test->element || !has_name(selector, test) || !is_in_file(selector, test) ||
            _thimble_case_index(tests, test) != index)
            continue;
        marks[i] = found = true;
    }
    return found;
}

bool _thimble_mark_selected(bool *marks, const struct tests *tests,
                            const struct selector *selector) {
    bool found = false;
    for (uint32_t i = 0; i < tests->count; i++) {
        if (matches(selector, &tests->list[i]))
            marks[i] = found = true;
    }
    return found || mark_indexed(marks, tests, selector);
}

bool _thimble_selects_file(const struct tests *tests, const struct selector *selector) {
    for (uint32_t i = 0; i < tests->count; i++) {
        if (is_in_file(selector, &tests->list[i]))
            return true;
    }
    return false;
}

/* ---- What was meant ---- */

/* The test's id, without its case where the selector has none. */
static const char *candidate(const struct selector *selector, const struct test *test) {
    if (names_case(selector))
        return test->id;
    size_t length = strlen(test->id) - strlen(test->label) + strlen(test->name);
    return _thimble_strndup(&_thimble_arena, test->id, length);
}

/* Among the tests of the file that it names, if it does. */
static const char *nearest_in_file(const struct tests *tests, const struct selector *selector) {
    struct nearest nearest = {.word = selector->label};
    const struct test *found = NULL;
    for (uint32_t i = 0; i < tests->count; i++) {
        const struct test *test = &tests->list[i];
        if (!is_in_file(selector, test))
            continue;
        const char *before = nearest.best;
        _thimble_consider(&nearest, names_case(selector) ? test->label : test->name);
        found = nearest.best == before ? found : test;
    }
    return found ? candidate(selector, found) : NULL;
}

static const char *nearest_of_all(const struct tests *tests, const struct selector *selector) {
    struct nearest nearest = {.word = selector->written};
    for (uint32_t i = 0; i < tests->count; i++) {
        const struct test *test = &tests->list[i];
        size_t file = strlen(test->id) - strlen(test->label) - 2;
        _thimble_consider(&nearest, selector->label
                                        ? candidate(selector, test)
                                        : _thimble_strndup(&_thimble_arena, test->id, file));
    }
    return nearest.best;
}

void _thimble_put_nearest_test(struct text *error, const struct tests *tests,
                               const struct selector *selector) {
    const char *nearest = selector->label ? nearest_in_file(tests, selector) : NULL;
    if (!nearest)
        nearest = nearest_of_all(tests, selector);
    _thimble_printf(error, "no test matches '%s'", selector->written);
    if (nearest)
        _thimble_printf(error, "; the nearest is %s", nearest);
}
