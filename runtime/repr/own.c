#include "own.h"

#include <string.h>

/* Whether the function's first parameter points to a type like this one. Two structs of
 * one name may differ from file to file. */
static bool takes(const struct unit *unit, const struct thimble_function *function,
                  const struct thimble_type *type) {
    const struct thimble_type *is = _thimble_bare_type(unit, function->type);
    if (!is || is->kind != THIMBLE_FUNCTION || !is->count)
        return false;
    const struct thimble_type *pointer = _thimble_bare_type(unit, unit->members[is->first].type);
    const struct thimble_type *target = pointer && pointer->kind == THIMBLE_POINTER
                                            ? _thimble_bare_type(unit, pointer->target)
                                            : NULL;
    return target && target->kind == type->kind && target->size == type->size;
}

/* A function, with the unit that has it; or nulls. */
struct own {
    const struct unit *unit;
    const struct thimble_function *function;
};

static struct own find_in(const struct unit *unit, const struct thimble_type *type,
                          const char *prefix, const char *name) {
    size_t length = strlen(prefix);
    for (uint32_t i = 0; i < unit->function_count; i++) {
        const struct thimble_function *function = &unit->functions[i];
        if (!(function->flags & THIMBLE_SPEAKS) || function->symbol == THIMBLE_NONE)
            continue;
        const char *whole = _thimble_string(unit, function->name);
        if (strncmp(whole, prefix, length) == 0 && strcmp(whole + length, name) == 0 &&
            takes(unit, function, type))
            return (struct own){unit, function};
    }
    return (struct own){0};
}

/* The type's own unit first: a static function of it is nearer. */
static struct own find(const struct unit *unit, const struct thimble_type *type, const char *prefix,
                       const char *name) {
    struct own found = {0};
    if (*name)
        found = find_in(unit, type, prefix, name);
    for (const struct unit *other = _thimble_units(); !found.function && *name && other;
         other = other->next)
        found = find_in(other, type, prefix, name);
    return found;
}

static struct own find_own(const struct unit *unit, uint32_t index, const char *prefix) {
    struct own found = {0};
    const struct thimble_type *bare = _thimble_bare_type(unit, index);
    if (!bare || (bare->kind != THIMBLE_STRUCT && bare->kind != THIMBLE_UNION) ||
        (bare->flags & THIMBLE_INCOMPLETE))
        return found;
    for (const struct thimble_type *type = _thimble_type(unit, index); type;
         type = _thimble_type(unit, type->target)) {
        if (type == bare || type->kind == THIMBLE_TYPEDEF)
            found = find(unit, bare, prefix, _thimble_string(unit, type->name));
        if (found.function || type == bare)
            break;
    }
    return found;
}

const void *_thimble_own_function(const struct unit *unit, uint32_t type, const char *prefix) {
    struct own own = find_own(unit, type, prefix);
    return own.function ? _thimble_symbol(own.unit, own.function->symbol) : NULL;
}

const char *_thimble_own_function_name(const struct unit *unit, uint32_t type, const char *prefix) {
    struct own own = find_own(unit, type, prefix);
    return own.function ? _thimble_string(own.unit, own.function->name) : NULL;
}
