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

struct comparison {
    const struct model *model;
    bool exact; /* qualifiers count */
};

static bool same_below(const struct comparison *, uint32_t a, uint32_t b, bool top, int depth);

static bool same_parameters(const struct comparison *comparison, const struct thimble_type *a,
                            const struct thimble_type *b, int depth) {
    const struct model *model = comparison->model;
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!same_below(comparison, model->members[a->first + i].type,
                        model->members[b->first + i].type, true, depth))
            return false;
    return true;
}

/* A function's qualifiers say that it does not return. */
static bool same_below(const struct comparison *comparison, uint32_t a, uint32_t b, bool top,
                       int depth) {
    const struct model *model = comparison->model;
    uint32_t qualifiers_of_a, qualifiers_of_b;
    a = strip(model, a, &qualifiers_of_a);
    b = strip(model, b, &qualifiers_of_b);
    if (comparison->exact && !top && qualifiers_of_a != qualifiers_of_b)
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
    if (one->kind == THIMBLE_FUNCTION && !same_parameters(comparison, one, other, depth + 1))
        return false;
    if (one->kind == THIMBLE_ARRAY && one->count != other->count)
        return false;
    if (one->kind == THIMBLE_OPAQUE && one->target == THIMBLE_NONE)
        return one->name != 0;
    return same_below(comparison, one->target, other->target, one->kind == THIMBLE_FUNCTION,
                      depth + 1);
}

bool same_type(const struct model *model, uint32_t a, uint32_t b) {
    const struct comparison comparison = {model, true};
    return same_below(&comparison, a, b, true, 0);
}

bool alike_type(const struct model *model, uint32_t a, uint32_t b) {
    const struct comparison comparison = {model, false};
    return same_below(&comparison, a, b, true, 0);
}

bool may_point_to(const struct model *model, uint32_t target, uint32_t object) {
    uint32_t promised, own;
    strip(model, target, &promised);
    strip(model, object, &own);
    return !(own & ~promised) && same_type(model, target, object);
}

/* Of a pointer what it points to, else THIMBLE_NONE. */
static uint32_t target_of(const struct model *model, uint32_t type) {
    const struct thimble_type *pointer = model_bare_type(model, type);
    return pointer && pointer->kind == THIMBLE_POINTER ? pointer->target : THIMBLE_NONE;
}

bool takes_type(const struct model *model, uint32_t parameter, uint32_t value) {
    uint32_t taken = target_of(model, parameter), made = target_of(model, value);
    return taken == THIMBLE_NONE || made == THIMBLE_NONE ? same_type(model, parameter, value)
                                                         : may_point_to(model, taken, made);
}
