/* Asking what a mock was called with. */
#include "../check/check.h"
#include "convert.h"
#include "explain.h"
#include "memory.h"
#include "mocks.h"
#include <thimble/called.h>

size_t thimble_mock_call_count_at(const char *file, int line, struct thimble_name f) {
    struct place place = {file, line, "mock_call_count"};
    struct target target = _thimble_target(place, f);
    return _thimble_call_count(&_thimble_existing_mock(place, &target)->calls);
}

/* ---- Checks ---- */

static struct check begin_check(struct place place, struct thimble_name f,
                                const char *written, size_t count,
                                const struct thimble_value *values) {
    struct target target = _thimble_target(place, f);
    struct check check = {
        .place = place,
        .mock = _thimble_existing_mock(place, &target),
        .written = written,
        .count = count,
        .values = values,
    };
    const struct signature *signature = check.mock->signature;
    struct text why = _thimble_growing_text();
    if (count != signature->count)
        _thimble_fail_count(&check);
    check.expected = _thimble_test_alloc((count + 1) * sizeof *check.expected);
    for (size_t i = 0; i < count; i++)
        if (!_thimble_expect(signature, i, &values[i], &check.expected[i], &why))
            _thimble_fail_argument(&check, i, &why);
    check.calls = _thimble_calls(&check.mock->calls, &check.call_count);
    return check;
}

static bool all_kept(const struct check *check) {
    return _thimble_call_count(&check->mock->calls) == check->call_count;
}

void thimble_assert_called_with_at(const char *file, int line, struct thimble_name f,
                                   const char *written, size_t count,
                                   const struct thimble_value *values) {
    struct place place = {file, line, "assert_called_with"};
    struct check check = begin_check(place, f, written, count, values);
    size_t last = check.call_count - 1;
    if (!check.call_count || !all_kept(&check) || _thimble_differing(&check, last, NULL))
        _thimble_fail_check(&check, last);
}

void thimble_assert_called_once_with_at(const char *file, int line, struct thimble_name f,
                                        const char *written, size_t count,
                                        const struct thimble_value *values) {
    struct place place = {file, line, "assert_called_once_with"};
    struct check check = begin_check(place, f, written, count, values);
    if (check.call_count != 1 || !all_kept(&check) || _thimble_differing(&check, 0, NULL))
        _thimble_fail_check(&check, _thimble_nearest(&check));
}
