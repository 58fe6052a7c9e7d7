#include "own.h"

#include <string.h>

/* Whether the function's first parameter points to a type like this one. Two structs of
 * one name may differ from file to file. */
static bool takes(const struct unit *unit, const struct thimble_function *function,
                  const struct thimble_type *type) {
    const struct thimble_type *is = _thimble_bare_type(unit, function->type);
    if (!is || is->kind != THIMBLE_FUNCTION || !is->count)
        return false;
    const struct thimble_type *pointer =
        _thimble_bare_type(unit, unit->members[is->first].type);
    const struct thimble_type *target =
        pointer && pointer->kind == THIMBLE_POINTER ? _thimble_bare_type(unit, pointer->target)
                                                    : NULL;
    return target && target->kind == type->kind && target->size == type->size;
}

static const void *find_in(const struct unit *unit, const struct thimble_type *type,
                           const char *prefix, const char *name) {
    size_t length = strlen(prefix);
    for (uint32_t i = 0; i < unit->function_count; i++) {
        const struct thimble_function *function = &unit->functions[i];
        if (function->symbol == THIMBLE_NONE)
            continue;
        const char *whole = _thimble_string(unit, function->name);
        if (strncmp(whole, prefix, length) == 0 && strcmp(whole + length, name) == 0 &&
            takes(unit, function, type))
            return _thimble_symbol(unit, function->symbol);
    }
    return NULL;
}

/* The type's own unit first: a static function of it is nearer. */
static const void *find(const struct unit *unit, const struct thimble_type *type,
                        const char *prefix, const char *name) {
    const void *found = *name ? find_in(unit, type, prefix, name) : NULL;
    for (const struct unit *other = _thimble_units(); !found && *name && other; other = other->next)
        found = find_in(other, type, prefix, name);
    return found;
}

const void *_thimble_own_function(const struct unit *unit, uint32_t index, const char *prefix) {
    const struct thimble_type *bare = _thimble_bare_type(unit, index);
    if (!bare || (bare->kind != THIMBLE_STRUCT && bare->kind != THIMBLE_UNION) ||
        (bare->flags & THIMBLE_INCOMPLETE))
        return NULL;
    for (const struct thimble_type *type = _thimble_type(unit, index); type;
         type = _thimble_type(unit, type->target)) {
        bool named = type == bare || type->kind == THIMBLE_TYPEDEF;
        const void *found =
            named ? find(unit, bare, prefix, _thimble_string(unit, type->name)) : NULL;
        if (found || type == bare)
            return found;
    }
    return NULL;
}
