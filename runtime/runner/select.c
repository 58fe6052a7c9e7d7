#include "select.h"

#include <string.h>

#include "../base/arena.h"
#include "expression.h"
#include "last_failed.h"
#include "order.h"
#include "selector.h"
#include "words.h"

#define MOST_RUNS 10000000

/* ---- By selectors and expressions ---- */

static bool *new_marks(const struct tests *tests) {
    return _thimble_alloc(&_thimble_arena, tests->count + 1);
}

static bool mark_selected(bool *marks, const struct tests *tests, const struct options *options,
                          struct text *error) {
    for (uint32_t i = 0; i < options->selector_count; i++) {
        struct selector selector = _thimble_read_selector(options->selectors[i]);
        if (!_thimble_mark_selected(marks, tests, &selector)) {
            _thimble_put_nearest_test(error, tests, &selector);
            return false;
        }
    }
    if (options->selector_count == 0)
        memset(marks, true, tests->count);
    return true;
}

static void mark_expression(bool *marks, const struct tests *tests, const char *expression) {
    for (uint32_t i = 0; i < tests->count; i++)
        marks[i] = marks[i] && _thimble_expression_matches(expression, &tests->list[i]);
}

/* Marks what the filter means where it is selectors: one of them names a file. */
static bool mark_filter_selectors(bool *marks, const struct tests *tests, const char *filter) {
    struct words words = {0};
    bool selectors = false;
    if (!_thimble_split_words(&words, filter))
        return false;
    for (uint32_t i = 0; i < words.count; i++) {
        struct selector selector = _thimble_read_selector(words.list[i]);
        selectors |= selector.label || _thimble_selects_file(tests, &selector);
        _thimble_mark_selected(marks, tests, &selector);
    }
    return selectors;
}

/* The same filter goes to all programs that Bazel runs, so it narrows what the options
 * select, and may leave nothing. */
static bool mark_filter(bool *marks, const struct tests *tests, const char *filter,
                        struct text *error) {
    bool *own = new_marks(tests);
    if (!mark_filter_selectors(own, tests, filter)) {
        const char *mistake = _thimble_expression_mistake(filter);
        if (mistake) {
            _thimble_printf(error, "TESTBRIDGE_TEST_ONLY '%s': %s", filter, mistake);
            return false;
        }
        memset(own, true, tests->count);
        mark_expression(own, tests, filter);
    }
    for (uint32_t i = 0; i < tests->count; i++)
        marks[i] = marks[i] && own[i];
    return true;
}

static void list_marked(struct selection *selection, const struct tests *tests, const bool *marks) {
    selection->count = 0;
    for (uint32_t i = 0; i < tests->count; i++) {
        if (marks[i])
            selection->list[selection->count++] = &tests->list[i];
    }
}

static void set_note(struct selection *selection, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void set_note(struct selection *selection, const char *format, ...) {
    struct text note = _thimble_growing_text();
    va_list arguments;
    va_start(arguments, format);
    _thimble_vprintf(&note, format, arguments);
    va_end(arguments);
    selection->note = note.data;
}

static bool list_wanted(struct selection *selection, const struct tests *tests,
                        const struct options *options, struct text *error) {
    bool *marks = new_marks(tests);
    if (!mark_selected(marks, tests, options, error))
        return false;
    if (options->expression)
        mark_expression(marks, tests, options->expression);
    list_marked(selection, tests, marks);
    if (!options->filter || selection->count == 0)
        return true;
    if (!mark_filter(marks, tests, options->filter, error))
        return false;
    list_marked(selection, tests, marks);
    if (selection->count == 0) {
        selection->may_be_empty = true;
        set_note(selection, "no test matches Bazel's filter '%s'", options->filter);
    }
    return true;
}

/* ---- Shards ---- */

static void take_shard(struct selection *selection, const struct options *options) {
    uint32_t all = selection->count;
    if (options->shard_count == 0 || all == 0)
        return;
    selection->count =
        _thimble_take_shard(selection->list, all, options->shard, options->shard_count);
    if (selection->count > 0)
        return;
    selection->may_be_empty = true;
    set_note(selection, "shard %u of %u is empty: there %s %u test%s", options->shard + 1,
             options->shard_count, all == 1 ? "is" : "are", all, all == 1 ? "" : "s");
}

/* ---- Last failures ---- */

static void say_not_known(struct selection *selection, const struct options *options) {
    const char *missing = _thimble_last_failed_missing();
    if (missing)
        set_note(selection, "no last failures are known, as %s: all tests run", missing);
    else if (options->last_failed)
        set_note(selection, "no last failures are known: all tests run");
}

static void take_last_failed(struct selection *selection, const struct tests *tests,
                             const struct options *options) {
    const bool *failed = _thimble_last_failed();
    if (!failed)
        say_not_known(selection, options);
    if (!failed || !options->last_failed)
        return;
    uint32_t count = 0;
    for (uint32_t i = 0; i < selection->count; i++) {
        if (failed[selection->list[i] - tests->list])
            selection->list[count++] = selection->list[i];
    }
    if (count > 0)
        selection->count = count;
    else
        set_note(selection, "none of these tests is among the last failures: all of them run");
}

/* ---- All of it ---- */

static bool is_too_much(const struct selection *selection, const struct options *options,
                        struct text *error) {
    if ((uint64_t)selection->count * options->repeat <= MOST_RUNS)
        return false;
    _thimble_printf(error, "option --repeat '%u': %u tests are run %u times at most",
                    options->repeat, selection->count, MOST_RUNS / selection->count);
    return true;
}

bool _thimble_select(struct selection *selection, const struct tests *tests,
                     const struct options *options, struct text *error) {
    size_t size = (tests->count + 1) * sizeof(*selection->list);
    *selection = (struct selection){.rounds = options->repeat};
    selection->list = _thimble_alloc(&_thimble_arena, size);
    if (!list_wanted(selection, tests, options, error))
        return false;
    take_shard(selection, options);
    if (selection->count > 0 && (options->last_failed || options->failed_first))
        take_last_failed(selection, tests, options);
    if (is_too_much(selection, options, error))
        return false;
    selection->list =
        _thimble_order(selection->list, selection->count, options, tests, _thimble_last_failed());
    return true;
}
