#include <string.h>

#include "../base/arena.h"
#include "../base/text.h"
#include "fixtures.h"
#include "nearest.h"
#include "paths.h"
#include "test.h"

/* ---- Parameters ---- */

uint32_t _thimble_parameter_count(const struct test *test) {
    const struct thimble_type *type = _thimble_bare_type(test->unit, test->function->type);
    return type && type->kind == THIMBLE_FUNCTION ? (uint32_t)type->count : 0;
}

const struct thimble_member *_thimble_test_parameter(const struct test *test, uint32_t i) {
    const struct thimble_type *type = _thimble_bare_type(test->unit, test->function->type);
    return &test->unit->members[type->first + i];
}

const char *_thimble_parameter_name(const struct unit *unit,
                                    const struct thimble_member *parameter) {
    const char *name = _thimble_string(unit, parameter->name);
    return strncmp(name, "thimble_", 8) == 0 ? name + 8 : name;
}

static const char *wrong_parameter(const struct test *test, uint32_t i) {
    const char *name = _thimble_parameter_name(test->unit, _thimble_test_parameter(test, i));
    struct nearest nearest = {.word = name};
    for (int p = 0; _thimble_fixtures[p].name; p++)
        _thimble_consider(&nearest, _thimble_fixtures[p].name);
    struct text what = _thimble_growing_text();
    _thimble_printf(&what, "%s:%u: %s: ", test->file, test->function->line, test->name);
    if (nearest.distance == 0)
        _thimble_printf(&what, "its parameter %s is of another type than the fixture's", name);
    else
        _thimble_printf(&what, "nobody provides its parameter %s; the nearest fixture is %s",
                        name[0] ? name : "without a name", nearest.best);
    return what.data;
}

static const char *find_providers(struct test *test) {
    uint32_t count = _thimble_parameter_count(test);
    for (uint32_t i = 0; i < count; i++) {
        const struct thimble_member *parameter = _thimble_test_parameter(test, i);
        int provider = _thimble_provider(test->unit, _thimble_parameter_name(test->unit, parameter),
                                         parameter);
        if (provider < 0 || i >= MOST_PARAMETERS)
            return wrong_parameter(test, i);
        test->providers[i] = (enum provider)provider;
    }
    test->parameter_count = count;
    return NULL;
}

/* ---- Files ---- */

static const char *path_in(const struct unit *unit, const char *file) {
    const char *directory = unit->source ? _thimble_string(unit, unit->source->directory) : "";
    return _thimble_absolute_path(directory, file);
}

/* The paths of all units and of the files that tests stand in. */
struct paths {
    const char **list;
    uint32_t count;
};

static struct paths all_paths(const struct tests *tests) {
    uint32_t units = 0;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        units++;
    struct paths paths = {0};
    paths.list = _thimble_alloc(&_thimble_arena, (units + tests->count) * sizeof(*paths.list));
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        paths.list[paths.count++] = path_in(unit, unit->file);
    const char *last = "";
    for (uint32_t i = 0; i < tests->count; i++) {
        if (strcmp(tests->list[i].path, last) != 0)
            paths.list[paths.count++] = last = tests->list[i].path;
    }
    return paths;
}

static void make_ids(struct tests *tests) {
    struct paths paths = all_paths(tests);
    const char *last = "", *end = "";
    for (uint32_t i = 0; i < tests->count; i++) {
        struct test *test = &tests->list[i];
        if (strcmp(test->path, last) != 0) {
            last = test->path;
            end = _thimble_unique_end(last, paths.list, paths.count);
        }
        size_t length = strlen(end) + strlen(test->name) + 3;
        struct text id = _thimble_text(_thimble_alloc(&_thimble_arena, length), length);
        _thimble_printf(&id, "%s::%s", end, test->name);
        test->id = id.data;
    }
}

/* ---- Tests ---- */

/* A static test of a header is one test, however many units include it. */
static bool is_listed(const struct tests *tests, const struct test *test) {
    if (_thimble_path_matches(test->unit->file, test->file))
        return false;
    for (uint32_t i = 0; i < tests->count; i++) {
        const struct test *other = &tests->list[i];
        if (other->function->line == test->function->line && strcmp(other->name, test->name) == 0 &&
            strcmp(other->path, test->path) == 0)
            return true;
    }
    return false;
}

static void add_tests_of(struct tests *tests, const struct unit *unit) {
    const char *file = "", *path = "";
    for (uint32_t i = 0; i < unit->test_count; i++) {
        const struct thimble_function *function = &unit->functions[unit->tests[i].function];
        struct test test = {.unit = unit, .function = function};
        test.address = _thimble_symbol(unit, function->symbol);
        test.name = test.label = _thimble_string(unit, function->name);
        test.timeout = -1;
        test.file = _thimble_string(unit, function->file);
        if (strcmp(test.file, file) != 0) {
            file = test.file;
            path = path_in(unit, file);
        }
        test.path = path;
        if (!test.address || is_listed(tests, &test))
            continue;
        test.wrong = find_providers(&test);
        tests->list[tests->count++] = test;
    }
}

/* A unit that has tests, and its path. */
struct source {
    const struct unit *unit;
    const char *path;
};

/* Keeps the list in the order of paths, and of coming where these are equal. */
static void insert_source(struct source *list, uint32_t count, const struct unit *unit) {
    struct source source = {unit, path_in(unit, unit->file)};
    while (count > 0 && strcmp(list[count - 1].path, source.path) > 0) {
        list[count] = list[count - 1];
        count--;
    }
    list[count] = source;
}

struct tests _thimble_collect(void) {
    size_t most = 0, units = 0;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        most += unit->test_count;
        units += unit->test_count > 0;
    }
    struct source *sources = _thimble_alloc(&_thimble_arena, (units + 1) * sizeof(*sources));
    uint32_t count = 0;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        if (unit->test_count > 0)
            insert_source(sources, count++, unit);
    }
    struct tests tests = {0};
    tests.list = _thimble_alloc(&_thimble_arena, (most + 1) * sizeof(*tests.list));
    for (uint32_t i = 0; i < count; i++)
        add_tests_of(&tests, sources[i].unit);
    make_ids(&tests);
    return tests;
}
