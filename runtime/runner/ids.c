#include "ids.h"

#include <string.h>

#include "../base/arena.h"
#include "hash.h"

static struct id_table empty_table(const struct tests *tests) {
    struct id_table table = {.tests = tests, .size = 16};
    while (table.size < 2 * tests->count)
        table.size *= 2;
    table.places = _thimble_alloc(&_thimble_arena, table.size * sizeof(*table.places));
    return table;
}

/* Where the id stands, or where it would. */
static uint32_t *place_of(const struct id_table *table, const char *id) {
    uint32_t at = (uint32_t)_thimble_hash(id) & (table->size - 1);
    while (table->places[at] && strcmp(table->tests->list[table->places[at] - 1].id, id) != 0)
        at = (at + 1) & (table->size - 1);
    return &table->places[at];
}

struct id_table _thimble_id_table(const struct tests *tests) {
    struct id_table table = empty_table(tests);
    for (uint32_t i = 0; i < tests->count; i++) {
        uint32_t *place = place_of(&table, tests->list[i].id);
        if (!*place)
            *place = i + 1;
    }
    return table;
}

uint32_t _thimble_find_id(const struct id_table *table, const char *id) {
    return *place_of(table, id) - 1;
}

/* ---- One id, one test ---- */

static bool are_cases_of_one(const struct test *a, const struct test *b) {
    return a->element && b->element && a->unit == b->unit && a->function == b->function;
}

uint32_t _thimble_case_index(const struct tests *tests, const struct test *test) {
    uint32_t index = 0;
    while (test > tests->list && are_cases_of_one(test, test - 1)) {
        test--;
        index++;
    }
    return index;
}

static const char *with_index(const char *name, uint32_t index) {
    struct text text = _thimble_growing_text();
    _thimble_printf(&text, "%.*s-%u]", (int)strlen(name) - 1, name, index);
    return text.data;
}

static void add_index(const struct tests *tests, struct test *test) {
    uint32_t index = _thimble_case_index(tests, test);
    test->label = with_index(test->label, index);
    test->id = with_index(test->id, index);
}

/* The marks are of the tests whose id another case of the same array has too. */
static bool mark_equal_cases(const struct tests *tests, bool *marks) {
    struct id_table table = empty_table(tests);
    bool found = false;
    for (uint32_t i = 0; i < tests->count; i++) {
        uint32_t *place = place_of(&table, tests->list[i].id);
        if (!*place) {
            *place = i + 1;
        } else if (are_cases_of_one(&tests->list[*place - 1], &tests->list[i])) {
            marks[*place - 1] = marks[i] = true;
            found = true;
        }
    }
    return found;
}

static void say_equal(struct text *error, const struct test *first, const struct test *second) {
    _thimble_printf(error, "two tests have the id %s: ", first->id);
    if (are_cases_of_one(first, second))
        _thimble_puts(error, "rename one of these cases");
    else if (first->function->line == second->function->line)
        _thimble_printf(error,
                        "%s is in this program twice; link its objects into two programs, or give "
                        "the tests other names in one of them",
                        first->file);
    else
        _thimble_printf(error, "%s:%u and %s:%u; rename one of them", first->file,
                        first->function->line, second->file, second->function->line);
}

bool _thimble_make_ids_unique(struct tests *tests, struct text *error) {
    bool *marks = _thimble_alloc(&_thimble_arena, tests->count + 1);
    if (mark_equal_cases(tests, marks)) {
        for (uint32_t i = 0; i < tests->count; i++) {
            if (marks[i])
                add_index(tests, &tests->list[i]);
        }
    }
    struct id_table table = empty_table(tests);
    for (uint32_t i = 0; i < tests->count; i++) {
        uint32_t *place = place_of(&table, tests->list[i].id);
        if (*place) {
            say_equal(error, &tests->list[*place - 1], &tests->list[i]);
            return false;
        }
        *place = i + 1;
    }
    return true;
}
