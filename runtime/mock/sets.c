/* mock_set: telling a mock what to write to where its parameters point, and the writing. */
#include "../base/peek.h"
#include "../check/check.h"
#include "../repr/repr.h"
#include "../repr/spelling.h"
#include "memory.h"
#include "mocks.h"
#include "poke.h"
#include <string.h>
#include <thimble/called.h>
#include <thimble/mock.h>

/* ---- Telling ---- */

static void __attribute__((noreturn))
fail(const struct set *set, const struct mock *mock, const char *why) {
    struct text text = _thimble_growing_text();
    _thimble_printf(&text, "%s(%s, \"%s\"): %s\n  ", set->place.verb, set->text, set->name, why);
    _thimble_repr_type(&text, mock->signature->unit, mock->signature->type, mock->name);
    _thimble_fail_text(set->place.file, set->place.line, &text);
}

static size_t place_named(const char *name) {
    size_t number = 0;
    for (; *name >= '0' && *name <= '9' && number < 1000; name++)
        number = number * 10 + (size_t)(*name - '0');
    return *name ? 0 : number;
}

/* The one of that name, or at that place; SIZE_MAX for none. */
static size_t find_parameter(const struct signature *signature, const char *name) {
    while (*name == '_')
        name++;
    for (size_t i = 0; *name && i < signature->count; i++)
        if (!strcmp(signature->parameters[i].name, name))
            return i;
    size_t number = place_named(name);
    return number && (number <= signature->count || signature->variadic) ? number - 1 : SIZE_MAX;
}

static const struct thimble_type *type_of(const struct thimble_value *value) {
    const struct unit *unit = _thimble_ref_unit(value->type);
    return unit ? _thimble_bare_type(unit, value->type.index) : NULL;
}

static void *copy(const struct set *set, const struct mock *mock, const void *bytes, size_t size) {
    void *copied = _thimble_test_alloc(size);
    if (!size || _thimble_peek(copied, bytes, size) != size)
        fail(set, mock, "what is to be written cannot be read");
    return copied;
}

/* What it stands on may be gone when it is used. */
static struct thimble_value copy_of(const struct set *set, const struct mock *mock,
                                    struct thimble_value value) {
    const struct thimble_type *type = type_of(&value);
    size_t size = type ? (size_t)type->size : 0;
    if (_thimble_value_is(&value, "thimble_matcher")) {
        struct thimble_matcher matcher = *(const struct thimble_matcher *)value.data;
        struct thimble_value *values = _thimble_test_alloc((matcher.count + 1) * sizeof *values);
        for (size_t i = 0; i < matcher.count; i++)
            values[i] = copy_of(set, mock, matcher.values[i]);
        matcher.values = values;
        value.data = copy(set, mock, &matcher, sizeof matcher);
    } else if (value.type.kind == THIMBLE_REF_ARRAY) {
        const void *first;
        memcpy(&first, value.data, sizeof first);
        first = copy(set, mock, first, size);
        value.data = copy(set, mock, &first, sizeof first);
    } else {
        value.data = copy(set, mock, value.data, size);
    }
    return value;
}

void thimble_mock_set_at(const char *file, int line, struct thimble_name f, const char *parameter,
                         struct thimble_value value) {
    struct place place = {file, line, "mock_set"};
    struct target target = _thimble_target(place, f);
    struct mock *mock = _thimble_mock(place, &target);
    struct text why = _thimble_growing_text();
    struct set *set = _thimble_test_alloc(sizeof *set);
    parameter = parameter ? parameter : "";
    *set = (struct set){.place = place, .text = f.text, .value.text = value.text};
    set->name =
        memcpy(_thimble_test_alloc(strlen(parameter) + 1), parameter, strlen(parameter) + 1);
    set->parameter = find_parameter(mock->signature, parameter);
    if (set->parameter == SIZE_MAX) {
        _thimble_printf(&why, "%s has no parameter of that name", mock->name);
        fail(set, mock, why.data);
    }
    if (set->parameter >= mock->signature->count)
        set->value = copy_of(set, mock, value);
    else if (!_thimble_make_set(set, mock->signature, &value, &why))
        fail(set, mock, why.data);
    _thimble_tell_set(mock, set);
}

/* ---- In a call ---- */

static void __attribute__((noreturn)) fail_called(const struct set *set, const char *why) {
    _thimble_fail_called(set->place.file, set->place.line, "%s(%s, \"%s\"): %s", set->place.verb,
                         set->text, set->name, why);
}

static void write_set(const struct set *told, const struct invocation *invocation) {
    struct set set = *told;
    char buffer[1024];
    struct text why = _thimble_text(buffer, sizeof buffer);
    void *to;
    if (!set.bytes && !_thimble_make_set(&set, invocation->signature, &set.value, &why))
        fail_called(told, why.data);
    memcpy(&to, invocation->arguments[set.parameter], sizeof to);
    if (!to || _thimble_poke(to, set.bytes, set.size))
        return;
    _thimble_printf(&why, "it was called with %p there, where %zu byte%s cannot be written", to,
                    set.size, set.size == 1 ? "" : "s");
    fail_called(told, why.data);
}

void _thimble_write_sets(const struct set *sets, const struct invocation *invocation) {
    for (; sets; sets = sets->next)
        if (sets->parameter < invocation->signature->count)
            write_set(sets, invocation);
}
