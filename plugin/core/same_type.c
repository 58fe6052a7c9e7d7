#include "same_type.h"

#include "model_data.h"

enum { DEEPEST = 32 };

/* The type behind typedefs and qualifiers, whose flags are noted. */
static uint32_t strip(const struct model *model, uint32_t type, uint32_t *qualifiers) {
    *qualifiers = 0;
    for (; type != THIMBLE_NONE; type = model->types[type].target) {
        const struct thimble_type *at = &model->types[type];
        if (at->kind == THIMBLE_QUALIFIED)
            *qualifiers |= at->flags;
        else if (at->kind != THIMBLE_TYPEDEF)
            break;
    }
    return type;
}

static bool is_tagged(const struct thimble_type *type) {
    return type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION ||
           type->kind == THIMBLE_ENUM;
}

static bool same_below(const struct model *, uint32_t a, uint32_t b, bool top, int depth);

static bool same_parameters(const struct model *model, const struct thimble_type *a,
                            const struct thimble_type *b, int depth) {
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!same_below(model, model->members[a->first + i].type, model->members[b->first + i].type,
                        true, depth))
            return false;
    return true;
}

/* A function's qualifiers say that it does not return. */
static bool same_below(const struct model *model, uint32_t a, uint32_t b, bool top, int depth) {
    uint32_t qualifiers_of_a, qualifiers_of_b;
    a = strip(model, a, &qualifiers_of_a);
    b = strip(model, b, &qualifiers_of_b);
    if (!top && qualifiers_of_a != qualifiers_of_b)
        return false;
    if (a == b || depth > DEEPEST)
        return true;
    if (a == THIMBLE_NONE || b == THIMBLE_NONE)
        return false;
    const struct thimble_type *one = &model->types[a], *other = &model->types[b];
    if (one->kind != other->kind || one->name != other->name || one->size != other->size ||
        one->flags != other->flags)
        return false;
    if (is_tagged(one)) /* a tag in an inner scope may be of this name too */
        return one->name && one->line == other->line && one->file == other->file;
    if (one->kind == THIMBLE_FUNCTION && !same_parameters(model, one, other, depth + 1))
        return false;
    if (one->kind == THIMBLE_ARRAY && one->count != other->count)
        return false;
    if (one->kind == THIMBLE_OPAQUE && one->target == THIMBLE_NONE)
        return one->name != 0;
    return same_below(model, one->target, other->target, one->kind == THIMBLE_FUNCTION, depth + 1);
}

bool same_type(const struct model *model, uint32_t a, uint32_t b) {
    return same_below(model, a, b, true, 0);
}

bool takes_type(const struct model *model, uint32_t parameter, uint32_t value) {
    uint32_t taken, made, ignored;
    uint32_t one = strip(model, parameter, &ignored), other = strip(model, value, &ignored);
    if (one == THIMBLE_NONE || other == THIMBLE_NONE || model->types[one].kind != THIMBLE_POINTER ||
        model->types[other].kind != THIMBLE_POINTER)
        return same_type(model, parameter, value);
    one = strip(model, model->types[one].target, &taken);
    other = strip(model, model->types[other].target, &made);
    return !(made & ~taken) && same_below(model, one, other, true, 0);
}
