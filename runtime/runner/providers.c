#include "providers.h"

#include <string.h>

#include "../base/distance.h"
#include "../repr/repr.h"
#include "test.h"

/* ---- What is wrong ---- */

/* "tests/test_zoo.c:31: parameter 'dp' of test_feeds: " */
static void begin_wrong(struct text *wrong, const struct call *call, const char *parameter) {
    const struct unit *unit = call->unit;
    const struct thimble_function *function = call->function;
    _thimble_printf(wrong, "%s:%u: parameter '%s' of %s: ",
                    _thimble_plain_path(_thimble_string(unit, function->file)), function->line,
                    parameter, _thimble_string(unit, function->name));
}

static void put_type(struct text *wrong, const struct unit *unit, uint32_t type) {
    _thimble_puts(wrong, "'");
    _thimble_repr_type(wrong, unit, type, "");
    _thimble_puts(wrong, "'");
}

static void put_place(struct text *wrong, const struct fixture *fixture) {
    const struct thimble_function *function = fixture->make.call.function;
    _thimble_printf(
        wrong, "%s (%s:%u)", fixture->function,
        _thimble_plain_path(_thimble_string(_thimble_fixture_unit(fixture), function->file)),
        function->line);
}

/* More than a slip of the finger would tell nobody anything. */
static bool is_near(const char *name, const char *candidate) {
    size_t distance = _thimble_distance(name, candidate);
    return distance <= 3 && 2 * distance <= strlen(name);
}

static void put_near(struct text *wrong, const char *name) {
    const char *before = "; near: ";
    for (size_t i = 0; i < BUILT_INS; i++) {
        if (!is_near(name, _thimble_built_ins[i].name))
            continue;
        _thimble_printf(wrong, "%s%s", before, _thimble_built_ins[i].declaration);
        before = ", ";
    }
    for (uint32_t i = 0; i < _thimble_fixture_count(); i++) {
        struct fixture *fixture = _thimble_fixture(i);
        if (!is_near(name, fixture->name) || _thimble_first_copy(fixture) != fixture)
            continue;
        _thimble_puts(wrong, before);
        put_place(wrong, fixture);
        before = ", ";
    }
}

void _thimble_nobody_provides(struct text *wrong, const struct call *call, const char *parameter) {
    begin_wrong(wrong, call, parameter);
    if (!*parameter) {
        _thimble_puts(wrong, "it has no name, so nobody can provide it");
        return;
    }
    _thimble_printf(wrong,
                    "nobody provides it: no file of the program that was compiled with the flag "
                    "has a fixture_%s, module_fixture_%s or session_fixture_%s",
                    parameter, parameter, parameter);
    put_near(wrong, parameter);
}

void _thimble_another_type(struct text *wrong, const struct call *call,
                           const struct thimble_member *parameter, const char *name,
                           const struct fixture *fixture) {
    const struct thimble_type *made = _thimble_call_type(&fixture->make.call);
    begin_wrong(wrong, call, name);
    _thimble_puts(wrong, "its type is ");
    put_type(wrong, call->unit, parameter->type);
    _thimble_puts(wrong, ", and ");
    put_place(wrong, fixture);
    _thimble_puts(wrong, " makes ");
    put_type(wrong, _thimble_fixture_unit(fixture), made->target);
}

static const char *file_of(const struct fixture *fixture) {
    return _thimble_string(_thimble_fixture_unit(fixture), fixture->make.call.function->file);
}

void _thimble_two_provide(struct text *wrong, const struct call *call, const char *name,
                          const struct fixture *one, const struct fixture *other) {
    /* In an order of their own: that of units is the linker's. */
    if (strcmp(file_of(one), file_of(other)) > 0) {
        const struct fixture *first = other;
        other = one;
        one = first;
    }
    begin_wrong(wrong, call, name);
    _thimble_puts(wrong, "both ");
    put_place(wrong, one);
    _thimble_puts(wrong, " and ");
    put_place(wrong, other);
    _thimble_printf(wrong, " provide it, and neither is in the file of %s: rename one",
                    _thimble_string(call->unit, call->function->name));
}

void _thimble_lives_too_short(struct text *wrong, const struct call *call, const char *name,
                              enum lifetime lifetime) {
    static const char *const lifetimes[] = {"one test", "the tests of one file", "the whole run"};
    begin_wrong(wrong, call, name);
    _thimble_printf(wrong, "it lives as long as %s, and what asks for it lives longer",
                    lifetimes[lifetime]);
}

void _thimble_another_built_in(struct text *wrong, const struct call *call,
                               const struct thimble_member *parameter,
                               const struct built_in *built) {
    begin_wrong(wrong, call, built->name);
    _thimble_puts(wrong, "its type is ");
    put_type(wrong, call->unit, parameter->type);
    _thimble_printf(wrong, ", and thimble provides %s", built->declaration);
}

void _thimble_in_a_circle(struct text *wrong, const struct call *call, const char *name,
                          const struct fixture *fixture) {
    begin_wrong(wrong, call, name);
    put_place(wrong, fixture);
    _thimble_puts(wrong, " needs, by way of others, what asks for it: a circle");
}

void _thimble_end_takes_another(struct text *wrong, const struct call *end,
                                const struct fixture *fixture) {
    begin_wrong(wrong, end,
                end->count ? _thimble_parameter_name(end->unit, _thimble_call_parameter(end, 0))
                           : "");
    _thimble_puts(wrong, "it takes another type than ");
    put_place(wrong, fixture);
    _thimble_puts(wrong, " makes");
}
