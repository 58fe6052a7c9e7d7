#include <string.h>

#include "../base/arena.h"
#include "../base/text.h"
#include "cases.h"
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
        size_t length = strlen(end) + strlen(test->label) + 3;
        struct text id = _thimble_text(_thimble_alloc(&_thimble_arena, length), length);
        _thimble_printf(&id, "%s::%s", end, test->label);
        test->id = id.data;
    }
}

/* ---- Marks ---- */

static uint32_t count_tags(const struct unit *unit, uint32_t index) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < unit->mark_count; i++)
        count += unit->marks[i].test == index && unit->marks[i].kind == THIMBLE_TAG;
    return count;
}

static void read_marks(struct test *test, uint32_t index) {
    const struct unit *unit = test->unit;
    const char **tags =
        _thimble_alloc(&_thimble_arena, (count_tags(unit, index) + 1) * sizeof(*tags));
    for (uint32_t i = 0; i < unit->mark_count; i++) {
        const struct thimble_mark *mark = &unit->marks[i];
        if (mark->test != index)
            continue;
        const char *text = _thimble_string(unit, mark->text);
        if (mark->kind == THIMBLE_TAG)
            tags[test->tag_count++] = text;
        else if (mark->kind == THIMBLE_TIMEOUT)
            test->timeout = (double)mark->microseconds / 1e6;
        else if (mark->kind == THIMBLE_SKIP)
            test->skip = text;
        else if (mark->kind == THIMBLE_XFAIL)
            test->xfail = text;
    }
    test->tags = tags;
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

/* Its unit's set-up is shared where there is any that outlives a test. */
static void find_home(struct test *test) {
    struct module *home = test->home = _thimble_module(test->unit);
    home->shared |=
        home->setup_module.address || home->teardown_module.address || test->request.module;
}

static void prepare(struct test *test, bool has_cases) {
    struct text wrong = _thimble_growing_text();
    if (!_thimble_resolve(&test->request, test->unit, test->function, has_cases, &wrong))
        test->wrong = wrong.data;
    find_home(test);
    if (!test->wrong)
        test->wrong = test->home->wrong;
}

static void add_test(struct tests *tests, const struct test *test,
                     const struct thimble_cases *cases) {
    if (!cases) {
        tests->list[tests->count++] = *test;
        return;
    }
    for (uint32_t i = 0; i < cases->count; i++) {
        struct test *one = &tests->list[tests->count++];
        *one = *test;
        _thimble_be_case(one, cases, i);
    }
}

/* A file and its path, as they are the same for most tests of a unit. */
struct place {
    const char *file, *path;
};

static void read_test(struct tests *tests, const struct unit *unit, uint32_t index,
                      struct place *place) {
    const struct thimble_test *record = &unit->tests[index];
    const struct thimble_function *function = &unit->functions[record->function];
    const struct thimble_cases *cases = _thimble_cases_of(unit, index);
    struct test test = {.unit = unit, .function = function, .timeout = -1};
    test.name = test.label = _thimble_string(unit, function->name);
    test.file = _thimble_string(unit, function->file);
    if (strcmp(test.file, place->file) != 0)
        *place = (struct place){test.file, path_in(unit, test.file)};
    test.path = place->path;
    if (!_thimble_symbol(unit, function->symbol) || is_listed(tests, &test))
        return;
    if ((record->flags & THIMBLE_TEST_IF_PROVIDED) &&
        !_thimble_is_provided(unit, function, cases != NULL))
        return;
    read_marks(&test, index);
    prepare(&test, cases != NULL);
    add_test(tests, &test, cases);
}

/* Tests of a unit of which some share a set-up all do: it is done before the first. */
static void share_modules(struct tests *tests) {
    for (uint32_t i = 0; i < tests->count; i++) {
        struct test *test = &tests->list[i];
        test->module = test->home->shared ? test->home : NULL;
    }
}

/* ---- Units ---- */

/* A unit that has tests, and its path. */
struct origin {
    const struct unit *unit;
    const char *path;
};

/* Keeps the list in the order of paths, and of coming where these are equal. */
static void insert_origin(struct origin *list, uint32_t count, const struct unit *unit) {
    struct origin origin = {unit, path_in(unit, unit->file)};
    while (count > 0 && strcmp(list[count - 1].path, origin.path) > 0) {
        list[count] = list[count - 1];
        count--;
    }
    list[count] = origin;
}

struct tests _thimble_collect(void) {
    size_t most = 0, units = 0;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        most += unit->test_count + _thimble_case_count(unit);
        units += unit->test_count > 0;
    }
    struct origin *origins = _thimble_alloc(&_thimble_arena, (units + 1) * sizeof(*origins));
    uint32_t count = 0;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        if (unit->test_count > 0)
            insert_origin(origins, count++, unit);
    }
    _thimble_find_fixtures();
    struct tests tests = {0};
    tests.list = _thimble_alloc(&_thimble_arena, (most + 1) * sizeof(*tests.list));
    for (uint32_t i = 0; i < count; i++) {
        struct place place = {"", ""};
        for (uint32_t test = 0; test < origins[i].unit->test_count; test++)
            read_test(&tests, origins[i].unit, test, &place);
    }
    share_modules(&tests);
    make_ids(&tests);
    return tests;
}
