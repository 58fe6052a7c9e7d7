/* The checks of what a mock was called with. */
#include "../check/check.h"
#include "explain.h"
#include "memory.h"
#include <string.h>
#include <thimble/called.h>

size_t thimble_mock_call_count_at(const char *file, int line, struct thimble_name f) {
    struct place place = {file, line, "mock_call_count"};
    struct target target = _thimble_target(place, f);
    return _thimble_call_count(&_thimble_existing_mock(place, &target)->calls);
}

/* ---- How often ---- */

static const struct mock *find_mock(struct place place, const struct thimble_name *f,
                                    size_t *count) {
    struct target target = _thimble_target(place, *f);
    const struct mock *mock = _thimble_existing_mock(place, &target);
    *count = _thimble_call_count(&mock->calls);
    return mock;
}

void thimble_assert_called_at(const char *file, int line, struct thimble_name f) {
    struct place place = {file, line, "assert_called"};
    size_t count;
    const struct mock *mock = find_mock(place, &f, &count);
    if (!count)
        _thimble_fail_calls(place, mock, f.text, "%s was not called", mock->name);
}

void thimble_assert_called_once_at(const char *file, int line, struct thimble_name f) {
    struct place place = {file, line, "assert_called_once"};
    size_t count;
    const struct mock *mock = find_mock(place, &f, &count);
    if (!count)
        _thimble_fail_calls(place, mock, f.text, "%s was not called", mock->name);
    if (count > 1)
        _thimble_fail_calls(place, mock, f.text, "%s was called %zu times", mock->name, count);
}

void thimble_assert_not_called_at(const char *file, int line, struct thimble_name f) {
    struct place place = {file, line, "assert_not_called"};
    size_t count;
    const struct mock *mock = find_mock(place, &f, &count);
    if (count)
        _thimble_fail_calls(place, mock, f.text, "%s was called", mock->name);
}

/* ---- With what ---- */

static struct check begin_check(struct place place, struct thimble_name f, const char *written,
                                size_t count) {
    struct target target = _thimble_target(place, f);
    struct check check = {
        .place = place,
        .mock = _thimble_existing_mock(place, &target),
        .written = written,
        .count = count,
        .expectations = _thimble_test_alloc((count + 1) * sizeof *check.expectations),
    };
    check.calls = _thimble_calls(&check.mock->calls, &check.call_count);
    return check;
}

static struct check check_one(struct place place, struct thimble_name f, const char *written,
                              size_t count, const struct thimble_value *values) {
    struct check check = begin_check(place, f, written, 1);
    struct text why = _thimble_growing_text();
    check.expectations[0] = (struct expectation){count, values, NULL};
    if (!_thimble_fit_function(&check.expectations[0], check.mock->signature, check.mock->name,
                               &why))
        _thimble_fail_misfit(&check, &why);
    return check;
}

static bool is_like(const struct check *check, size_t call, size_t expected) {
    return _thimble_differs(&check->expectations[expected], check->calls[call], NULL) == 0;
}

static bool all_kept(const struct check *check) {
    return _thimble_call_count(&check->mock->calls) == check->call_count;
}

void thimble_assert_called_with_at(const char *file, int line, struct thimble_name f,
                                   const char *written, size_t count,
                                   const struct thimble_value *values) {
    struct place place = {file, line, "assert_called_with"};
    struct check check = check_one(place, f, written, count, values);
    size_t last = check.call_count - 1;
    if (!check.call_count || !all_kept(&check) || !is_like(&check, last, 0))
        _thimble_fail_check(&check, last);
}

void thimble_assert_called_once_with_at(const char *file, int line, struct thimble_name f,
                                        const char *written, size_t count,
                                        const struct thimble_value *values) {
    struct place place = {file, line, "assert_called_once_with"};
    struct check check = check_one(place, f, written, count, values);
    if (check.call_count != 1 || !all_kept(&check) || !is_like(&check, 0, 0))
        _thimble_fail_check(&check, _thimble_nearest(&check, 0, NULL));
}

void thimble_assert_any_call_at(const char *file, int line, struct thimble_name f,
                                const char *written, size_t count,
                                const struct thimble_value *values) {
    struct place place = {file, line, "assert_any_call"};
    struct check check = check_one(place, f, written, count, values);
    for (size_t i = check.call_count; i-- > 0;)
        if (is_like(&check, i, 0))
            return;
    _thimble_fail_check(&check, _thimble_nearest(&check, 0, NULL));
}

/* ---- Several calls ---- */

static struct check check_several(struct place place, struct thimble_name f, const char *written,
                                  size_t count, const struct thimble_expected_call *calls) {
    struct check check = begin_check(place, f, written, count);
    for (size_t i = 0; i < count; i++) {
        struct text why = _thimble_growing_text();
        check.expectations[i] = (struct expectation){calls[i].count, calls[i].values, NULL};
        _thimble_printf(&why, "call %zu: ", i + 1);
        if (!_thimble_fit_function(&check.expectations[i], check.mock->signature, check.mock->name,
                                   &why))
            _thimble_fail_misfit(&check, &why);
    }
    return check;
}

/* How many calls from number `start` on are as expected. */
static size_t run_length(const struct check *check, size_t start) {
    size_t length = 0;
    while (length < check->count && start + length < check->call_count &&
           is_like(check, start + length, length))
        length++;
    return length;
}

static void __attribute__((noreturn))
fail_sequence(const struct check *check, size_t start, size_t length) {
    struct text note = _thimble_growing_text();
    size_t next = start + length, wrong = length + 1; /* counted from 1 */
    struct several several = {.marked = next, .expected = length};
    if (!length) {
        several.marked = _thimble_nearest(check, 0, NULL);
        _thimble_puts(&note, "no call is like number 1");
    } else {
        _thimble_printf(
            &note, length > 1 ? "calls %zu to %zu are as expected; " : "call %zu is as expected; ",
            start + 1, start + length);
        if (next < check->call_count) {
            _thimble_printf(&note, "call %zu differs from number %zu", next + 1, wrong);
        } else {
            _thimble_printf(&note, "there is none behind for number %zu", wrong);
            several.marked = NO_CALL;
        }
    }
    several.note = check->call_count ? note.data : NULL;
    _thimble_fail_several(check, &several);
}

void thimble_assert_has_calls_at(const char *file, int line, struct thimble_name f,
                                 const char *written, size_t count,
                                 const struct thimble_expected_call *calls) {
    struct place place = {file, line, "assert_has_calls"};
    struct check check = check_several(place, f, written, count, calls);
    size_t longest = 0, start = 0;
    for (size_t i = 0; i < check.call_count; i++) {
        size_t length = run_length(&check, i);
        if (length == count)
            return;
        if (length > longest) {
            longest = length;
            start = i;
        }
    }
    if (count)
        fail_sequence(&check, start, longest);
}

/* ---- In any order ---- */

/* Which call each expected one stands for, so far. An expected one that finds its calls taken
 * may get one if whose it is can have another: as many as can be are matched. */
struct matching {
    const struct check *check;
    bool *like;     /* of expected one e and call c: like[e * call_count + c] */
    size_t *holder; /* of a call, or NO_CALL */
    bool *tried;    /* of a call, in this search */
};

static bool find_call(struct matching *matching, size_t expected) {
    size_t count = matching->check->call_count;
    for (size_t i = 0; i < count; i++) {
        if (!matching->like[expected * count + i] || matching->tried[i])
            continue;
        matching->tried[i] = true;
        if (matching->holder[i] != NO_CALL && !find_call(matching, matching->holder[i]))
            continue;
        matching->holder[i] = expected;
        return true;
    }
    return false;
}

static struct matching begin_matching(const struct check *check) {
    size_t calls = check->call_count;
    struct matching matching = {check, _thimble_test_alloc(check->count * calls + 1),
                                _thimble_test_alloc(calls * sizeof(size_t)),
                                _thimble_test_alloc(calls + 1)};
    for (size_t i = 0; i < calls; i++)
        matching.holder[i] = NO_CALL;
    for (size_t e = 0; e < check->count; e++)
        for (size_t i = 0; i < calls; i++)
            matching.like[e * calls + i] = is_like(check, i, e);
    return matching;
}

static void __attribute__((noreturn))
fail_matching(const struct matching *matching, const bool *found) {
    const struct check *check = matching->check;
    struct several several = {.found = found, .marked = NO_CALL};
    for (size_t i = 0; i < check->call_count; i++)
        matching->tried[i] = matching->holder[i] != NO_CALL;
    while (found[several.expected])
        several.expected++;
    several.marked = _thimble_nearest(check, several.expected, matching->tried);
    if (several.marked == NO_CALL && check->call_count)
        several.note = "each call stands for another one";
    _thimble_fail_several(check, &several);
}

void thimble_assert_has_calls_any_order_at(const char *file, int line, struct thimble_name f,
                                           const char *written, size_t count,
                                           const struct thimble_expected_call *calls) {
    struct place place = {file, line, "assert_has_calls_any_order"};
    struct check check = check_several(place, f, written, count, calls);
    struct matching matching = begin_matching(&check);
    bool *found = _thimble_test_alloc(count + 1), all = true;
    for (size_t e = 0; e < count; e++) {
        memset(matching.tried, 0, check.call_count);
        found[e] = find_call(&matching, e);
        all &= found[e];
    }
    if (!all)
        fail_matching(&matching, found);
}
