#include "../base/arena.h"
#include "../repr/number.h"
#include "../repr/same_type.h"
#include "providers.h"
#include "test.h"
#include <string.h>

/* ---- Resolving ---- */

static bool resolve_fixture(struct fixture *fixture, const struct call *call, const char *name,
                            struct text *wrong);

static bool take_built_in(struct request *request, uint32_t i, const struct built_in *built,
                          enum lifetime asks, struct text *wrong) {
    const struct call *call = &request->call;
    const struct thimble_member *parameter = _thimble_call_parameter(call, i);
    if (!_thimble_takes_built_in(call->unit, parameter->type, built)) {
        _thimble_another_built_in(wrong, call, parameter, built);
        return false;
    }
    if (asks > LIFETIME_TEST) {
        _thimble_lives_too_short(wrong, call, built->name, LIFETIME_TEST);
        return false;
    }
    request->sources[i].kind = built->kind;
    request->tmp_path |= built->kind == SOURCE_TMP_PATH;
    request->captures |= built->kind == SOURCE_CAPTURE;
    return true;
}

static bool take_fixture(struct request *request, uint32_t i, struct fixture *fixture,
                         enum lifetime asks, const char *name, struct text *wrong) {
    const struct call *call = &request->call;
    const struct thimble_member *parameter = _thimble_call_parameter(call, i);
    const struct thimble_type *made = _thimble_call_type(&fixture->make.call);
    if (!made || !_thimble_takes_type(call->unit, parameter->type, _thimble_fixture_unit(fixture),
                                      made->target)) {
        _thimble_another_type(wrong, call, parameter, name, fixture);
        return false;
    }
    if (fixture->lifetime < asks) {
        _thimble_lives_too_short(wrong, call, name, fixture->lifetime);
        return false;
    }
    if (!resolve_fixture(fixture, call, name, wrong))
        return false;
    request->sources[i] = (struct source){SOURCE_FIXTURE, fixture};
    request->tmp_path |= fixture->make.tmp_path;
    request->captures |= fixture->make.captures;
    request->module |= fixture->make.module || fixture->lifetime == LIFETIME_MODULE;
    request->session |= fixture->make.session || fixture->lifetime == LIFETIME_SESSION;
    request->ends |=
        fixture->make.ends || (fixture->lifetime == LIFETIME_TEST && fixture->end.address);
    return true;
}

static bool resolve_parameter(struct request *request, uint32_t i, enum lifetime asks,
                              struct text *wrong) {
    const struct call *call = &request->call;
    const char *name = _thimble_parameter_name(call->unit, _thimble_call_parameter(call, i));
    struct fixture *second = NULL,
                   *fixture = _thimble_find_fixture(call->unit, name, true, &second);
    const struct built_in *built = _thimble_find_built_in(name);
    if (!fixture && built)
        return take_built_in(request, i, built, asks, wrong);
    if (!fixture)
        fixture = _thimble_find_fixture(call->unit, name, false, &second);
    if (!fixture || !*name) {
        _thimble_nobody_provides(wrong, call, name);
        return false;
    }
    if (second) {
        _thimble_two_provide(wrong, call, name, fixture, second);
        return false;
    }
    return take_fixture(request, i, fixture, asks, name, wrong);
}

static bool resolve(struct request *request, enum lifetime asks, uint32_t first,
                    struct text *wrong) {
    struct call *call = &request->call;
    request->sources = _thimble_alloc(&_thimble_arena, (call->count + 1) * sizeof(struct source));
    for (uint32_t i = 0; i < first; i++)
        request->sources[i].kind = SOURCE_CASE;
    for (uint32_t i = first; i < call->count; i++) {
        if (!resolve_parameter(request, i, asks, wrong))
            return false;
    }
    return true;
}

static bool prepare(struct call *call, const struct unit *unit,
                    const struct thimble_function *function, struct text *wrong) {
    struct text why = _thimble_growing_text();
    if (_thimble_prepare_call(call, unit, function, &why))
        return true;
    _thimble_printf(wrong, "%s:%u: %s: %s",
                    _thimble_plain_path(_thimble_string(unit, function->file)), function->line,
                    _thimble_string(unit, function->name), why.data);
    return false;
}

/* Another unit's is for others where they can name it, and where the unit has no value of its
 * own that goes by this name. */
static bool ends_values_of(const struct unit *unit, const struct thimble_fixture *record,
                           const struct fixture *fixture) {
    if (strcmp(_thimble_string(unit, record->name), fixture->name) != 0)
        return false;
    if (unit == _thimble_fixture_unit(fixture))
        return true;
    struct fixture *second;
    bool internal = unit->functions[record->function].flags & THIMBLE_INTERNAL;
    return !internal && !_thimble_find_fixture(unit, fixture->name, true, &second);
}

/* The teardown of the value: of the fixture's own unit, or else of any. */
static const struct unit *find_end(const struct fixture *fixture,
                                   const struct thimble_fixture **found) {
    const struct unit *where = NULL;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        for (uint32_t i = 0; i < unit->fixture_count; i++) {
            const struct thimble_fixture *record = &unit->fixtures[i];
            if (record->kind != THIMBLE_FIXTURE_TEARDOWN || !ends_values_of(unit, record, fixture))
                continue;
            if (unit == _thimble_fixture_unit(fixture) || !where) {
                where = unit;
                *found = record;
            }
            if (unit == _thimble_fixture_unit(fixture))
                return where;
        }
    }
    return where;
}

static bool takes_value(const struct call *end, const struct fixture *fixture) {
    const struct thimble_type *made = _thimble_call_type(&fixture->make.call);
    return end->count == 1 && _thimble_takes_type(end->unit, _thimble_call_parameter(end, 0)->type,
                                                  _thimble_fixture_unit(fixture), made->target);
}

/* One in another unit may be about something else that has this name. */
static bool resolve_end(struct fixture *fixture, struct text *wrong) {
    const struct thimble_fixture *record;
    const struct unit *unit = find_end(fixture, &record);
    if (!unit)
        return true;
    struct call end;
    if (!prepare(&end, unit, &unit->functions[record->function], wrong))
        return false;
    if (takes_value(&end, fixture)) {
        fixture->end = end;
        return true;
    }
    if (unit != _thimble_fixture_unit(fixture))
        return true;
    _thimble_end_takes_another(wrong, &end, fixture);
    return false;
}

static bool resolve_whole(struct fixture *fixture, struct text *wrong) {
    struct call *call = &fixture->make.call;
    return prepare(call, call->unit, call->function, wrong) && resolve_end(fixture, wrong) &&
           resolve(&fixture->make, fixture->lifetime, 0, wrong);
}

/* `call` asks for it by the parameter `name`. */
static bool resolve_fixture(struct fixture *fixture, const struct call *call, const char *name,
                            struct text *wrong) {
    if (fixture->state == RESOLVING) {
        _thimble_in_a_circle(wrong, call, name, fixture);
        return false;
    }
    if (fixture->state == FOUND) {
        struct text why = _thimble_growing_text();
        fixture->state = RESOLVING;
        if (!resolve_whole(fixture, &why))
            fixture->wrong = why.data;
        fixture->state = RESOLVED;
    }
    if (fixture->wrong)
        _thimble_puts(wrong, fixture->wrong);
    return !fixture->wrong;
}

bool _thimble_resolve(struct request *request, const struct unit *unit,
                      const struct thimble_function *function, bool first_is_case,
                      struct text *wrong) {
    *request = (struct request){0};
    return prepare(&request->call, unit, function, wrong) &&
           resolve(request, LIFETIME_TEST, first_is_case, wrong);
}

bool _thimble_is_provided(const struct unit *unit, const struct thimble_function *function,
                          bool first_is_case) {
    const struct thimble_type *type = _thimble_bare_type(unit, function->type);
    if (!type || type->kind != THIMBLE_FUNCTION)
        return false;
    struct fixture *second;
    for (uint64_t i = first_is_case; i < type->count; i++) {
        const char *name = _thimble_parameter_name(unit, _thimble_member(unit, type, i));
        if (!_thimble_find_built_in(name) && !_thimble_find_fixture(unit, name, true, &second) &&
            !_thimble_find_fixture(unit, name, false, &second))
            return false;
    }
    return true;
}
