#include "fixtures.h"

#include <string.h>

#include "../base/arena.h"
#include "providers.h"

static struct {
    struct fixture *list;
    uint32_t count;
} fixtures;

uint32_t _thimble_fixture_count(void) {
    return fixtures.count;
}

struct fixture *_thimble_fixture(uint32_t number) {
    return &fixtures.list[number];
}

/* ---- All of the program ---- */

static bool makes_value(const struct thimble_fixture *record) {
    return record->kind == THIMBLE_TEST_FIXTURE || record->kind == THIMBLE_MODULE_FIXTURE ||
           record->kind == THIMBLE_SESSION_FIXTURE;
}

static void add_fixture(const struct unit *unit, const struct thimble_fixture *record) {
    const struct thimble_function *function = &unit->functions[record->function];
    struct fixture *fixture = &fixtures.list[fixtures.count];
    fixture->record = record;
    fixture->make.call.unit = unit;
    fixture->make.call.function = function;
    fixture->name = _thimble_string(unit, record->name);
    fixture->function = _thimble_string(unit, function->name);
    fixture->lifetime = record->kind == THIMBLE_SESSION_FIXTURE  ? LIFETIME_SESSION
                        : record->kind == THIMBLE_MODULE_FIXTURE ? LIFETIME_MODULE
                                                                 : LIFETIME_TEST;
    fixture->number = fixtures.count++;
}

void _thimble_find_fixtures(void) {
    size_t most = 0;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        most += unit->fixture_count;
    fixtures.list = _thimble_alloc(&_thimble_arena, (most + 1) * sizeof(*fixtures.list));
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        for (uint32_t i = 0; i < unit->fixture_count; i++) {
            if (makes_value(&unit->fixtures[i]))
                add_fixture(unit, &unit->fixtures[i]);
        }
    }
}

/* ---- Finding one ---- */

const struct unit *_thimble_fixture_unit(const struct fixture *fixture) {
    return fixture->make.call.unit;
}

static const char *identity_of(const struct fixture *fixture) {
    return _thimble_string(_thimble_fixture_unit(fixture), fixture->make.call.function->identity);
}

struct fixture *_thimble_first_copy(struct fixture *fixture) {
    for (uint32_t i = 0; i < fixtures.count; i++) {
        struct fixture *other = &fixtures.list[i];
        if (strcmp(other->name, fixture->name) == 0 &&
            strcmp(identity_of(other), identity_of(fixture)) == 0)
            return other;
    }
    return fixture;
}

static bool is_static(const struct fixture *fixture) {
    return fixture->make.call.function->flags & THIMBLE_INTERNAL;
}

/* Those that are for other files come before those that are static in theirs. */
struct fixture *_thimble_find_fixture(const struct unit *unit, const char *name, bool own,
                                      struct fixture **second) {
    struct fixture *found = NULL;
    *second = NULL;
    for (uint32_t i = 0; i < fixtures.count; i++) {
        struct fixture *fixture = &fixtures.list[i];
        if (strcmp(fixture->name, name) != 0 || (_thimble_fixture_unit(fixture) == unit) != own)
            continue;
        fixture = _thimble_first_copy(fixture);
        if (fixture == found || (found && is_static(fixture) && !is_static(found)))
            continue;
        *second = found && is_static(found) == is_static(fixture) ? fixture : NULL;
        if (!*second)
            found = fixture;
    }
    return found;
}

const struct built_in _thimble_built_ins[BUILT_INS] = {
    {"tmp_path", SOURCE_TMP_PATH, THIMBLE_CHAR, NULL, "const char *tmp_path"},
    {"capture", SOURCE_CAPTURE, THIMBLE_STRUCT, "thimble_capture", "struct capture *capture"},
};

const struct built_in *_thimble_find_built_in(const char *name) {
    for (size_t i = 0; i < BUILT_INS; i++) {
        if (strcmp(_thimble_built_ins[i].name, name) == 0)
            return &_thimble_built_ins[i];
    }
    return NULL;
}

bool _thimble_takes_built_in(const struct unit *unit, uint32_t type, const struct built_in *built) {
    const struct thimble_type *pointer = _thimble_bare_type(unit, type);
    if (!pointer || pointer->kind != THIMBLE_POINTER)
        return false;
    const struct thimble_type *target = _thimble_bare_type(unit, pointer->target);
    if (!target || target->kind != (uint32_t)built->target)
        return false;
    return !built->tag || strcmp(_thimble_string(unit, target->name), built->tag) == 0;
}
