/* Telling a mock what to return. */
#include "convert.h"
#include "explain.h"
#include "memory.h"
#include "mocks.h"
#include <thimble/mock.h>

void thimble_mock_at(const char *file, int line, struct thimble_name f) {
    struct place place = {file, line, "mock"};
    struct target target = _thimble_target(place, f);
    _thimble_mock(place, &target);
}

void thimble_mock_return_at(const char *file, int line, struct thimble_name f,
                            struct thimble_value value) {
    struct place place = {file, line, "mock_return"};
    struct target target = _thimble_target(place, f);
    struct mock *mock = _thimble_mock(place, &target);
    const struct signature *signature = mock->signature;
    struct text why = _thimble_growing_text();
    struct text prototype = _thimble_growing_text();
    _thimble_repr_type(&prototype, signature->unit, signature->type, mock->name);
    const struct thimble_type *type = _thimble_bare_type(signature->unit, signature->returned);
    if (!type || type->kind == THIMBLE_VOID)
        _thimble_fail_target(place, f.text, "%s returns nothing\n  %s", mock->name, prototype.data);
    void *converted = _thimble_test_alloc(signature->returned_size);
    if (!_thimble_convert(&value, signature->unit, signature->returned, converted, &why))
        _thimble_fail_target(place, f.text, "%s\n  %s", why.data, prototype.data);
    _thimble_mock_answers(mock, converted);
}
