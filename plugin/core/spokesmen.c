/* spokesmen.c: functions by which types speak for themselves. */
#include "spokesmen.h"

#include "discovery.h"
#include "naming.h"
#include <string.h>

/* The type behind a `const NAME *` or `const struct NAME *`, whose NAME that has to be. */
static const struct thimble_type *spoken_for(const struct model *model, uint32_t type,
                                             const char *name) {
    uint32_t qualifiers;
    const struct thimble_type *pointer = model_bare_type(model, type);
    const struct thimble_type *target = parameters_pointed_to(model, type, &qualifiers);
    if (!target || qualifiers != THIMBLE_CONST)
        return NULL;
    if (strcmp(intern_text(&model->strings, target->name), name) == 0)
        return target;
    for (uint32_t at = pointer->target; at != THIMBLE_NONE; at = model->types[at].target) {
        const struct thimble_type *outer = &model->types[at];
        if (outer == target)
            return NULL;
        if (outer->kind == THIMBLE_TYPEDEF &&
            strcmp(intern_text(&model->strings, outer->name), name) == 0)
            return target;
    }
    return NULL;
}

/* const char *repr_NAME(const struct NAME *), _Bool equal_NAME(const struct NAME *, const
 * struct NAME *) */
static bool speaks_for_type(const struct model *model, const struct function *function) {
    const struct model_function *is = &function->is;
    const char *name = naming_type_spoken_for(is->name);
    const struct thimble_type *type = model_bare_type(model, is->type);
    if (!name || !(is->flags & THIMBLE_DEFINED) || is->nested || !type ||
        type->kind != THIMBLE_FUNCTION || (type->flags & THIMBLE_VARIADIC))
        return false;
    if (!(is->flags & THIMBLE_INTERNAL) && (is->flags & THIMBLE_INLINE))
        return false;
    const struct thimble_type *returned = model_bare_type(model, type->target);
    bool compares = returned && returned->kind == THIMBLE_BOOL;
    if (compares != (*is->name == 'e') || type->count != (compares ? 2 : 1) ||
        (!compares && !parameters_is_string(model, type->target)))
        return false;
    const struct thimble_member *parameters = &model->members[type->first];
    const struct thimble_type *first = spoken_for(model, parameters[0].type, name);
    return first && (!compares || spoken_for(model, parameters[1].type, name) == first);
}

void spokesmen_find(struct model *model) {
    for (uint32_t i = 0; i < model->function_count; i++)
        if (speaks_for_type(model, &model->functions[i])) {
            model->functions[i].is.flags |= THIMBLE_SPEAKS;
            model_symbol(model, i);
        }
}
