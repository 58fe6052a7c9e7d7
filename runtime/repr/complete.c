#include "complete.h"

#include <string.h>

static bool is_complete(const struct unit *unit, const struct thimble_type *type,
                        const struct thimble_type *wanted, const char *tag) {
    return type->kind == wanted->kind && !(type->flags & THIMBLE_INCOMPLETE) &&
           strcmp(_thimble_string(unit, type->name), tag) == 0;
}

/* As far as one look tells. */
static bool look_alike(const struct thimble_type *a, const struct thimble_type *b) {
    return a->size == b->size && a->count == b->count;
}

bool _thimble_complete_type(const struct unit **in, uint32_t *index) {
    const struct thimble_type *wanted = _thimble_bare_type(*in, *index), *found = NULL;
    const char *tag = wanted ? _thimble_string(*in, wanted->name) : "";
    if (!*tag)
        return false;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->type_count; i++) {
            const struct thimble_type *type = &unit->types[i];
            if (!is_complete(unit, type, wanted, tag))
                continue;
            if (found && !look_alike(found, type))
                return false;
            if (found)
                continue;
            found = type;
            *in = unit;
            *index = i;
        }
    return found;
}
