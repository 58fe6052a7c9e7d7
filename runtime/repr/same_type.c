#include "same_type.h"

#include <string.h>

#include "number.h"

/* Types of a real program are not nested deeper, and what is, is a circle. */
#define DEEPEST 16

#define QUALIFIERS (THIMBLE_CONST | THIMBLE_VOLATILE | THIMBLE_RESTRICT | THIMBLE_ATOMIC)

struct side {
    const struct unit *unit;
    uint32_t index;
    const struct thimble_type *type; /* behind typedefs and qualifiers */
    uint32_t qualifiers;
    const char *name; /* the first that a typedef gives it */
};

static struct side look_at(const struct unit *unit, uint32_t index) {
    struct side side = {.unit = unit, .index = index, .name = ""};
    const struct thimble_type *type;
    while ((type = _thimble_type(unit, index)) &&
           (type->kind == THIMBLE_TYPEDEF || type->kind == THIMBLE_QUALIFIED)) {
        if (type->kind == THIMBLE_QUALIFIED)
            side.qualifiers |= type->flags & QUALIFIERS;
        else if (!*side.name)
            side.name = _thimble_string(unit, type->name);
        index = type->target;
    }
    side.type = type;
    return side;
}

static bool is_incomplete(const struct side *side) {
    return side->type->flags & THIMBLE_INCOMPLETE;
}

/* A struct without a tag goes by its typedef's name. */
static bool same_tagged(const struct side *a, const struct side *b) {
    const char *tag = _thimble_string(a->unit, a->type->name);
    const char *other = _thimble_string(b->unit, b->type->name);
    if (!*tag && !*other) {
        tag = a->name;
        other = b->name;
    }
    bool both_known = !is_incomplete(a) && !is_incomplete(b);
    return strcmp(tag, other) == 0 && (!both_known || a->type->size == b->type->size);
}

static bool same(const struct side *a, const struct side *b, int depth);

static bool same_targets(const struct side *a, const struct side *b, int depth) {
    struct side target = look_at(a->unit, a->type->target);
    struct side other = look_at(b->unit, b->type->target);
    return same(&target, &other, depth + 1);
}

static bool same_pointers(const struct side *a, const struct side *b, int depth) {
    struct side target = look_at(a->unit, a->type->target);
    struct side other = look_at(b->unit, b->type->target);
    bool gains = depth == 0 && (other.qualifiers & ~target.qualifiers) == 0;
    return (gains || target.qualifiers == other.qualifiers) && same(&target, &other, depth + 1);
}

static bool same_functions(const struct side *a, const struct side *b, int depth) {
    if (!same_targets(a, b, depth))
        return false;
    if ((a->type->flags | b->type->flags) & THIMBLE_UNPROTOTYPED)
        return true;
    if (a->type->count != b->type->count || (a->type->flags ^ b->type->flags) & THIMBLE_VARIADIC)
        return false;
    for (uint64_t i = 0; i < a->type->count; i++) {
        const struct thimble_member *one = _thimble_member(a->unit, a->type, i);
        const struct thimble_member *other = _thimble_member(b->unit, b->type, i);
        struct side parameter = look_at(a->unit, one->type);
        struct side counterpart = look_at(b->unit, other->type);
        if (!same(&parameter, &counterpart, depth + 1))
            return false;
    }
    return true;
}

static bool same(const struct side *a, const struct side *b, int depth) {
    if (!a->type || !b->type || depth > DEEPEST)
        return a->type == b->type || depth > DEEPEST;
    if (a->type->kind != b->type->kind)
        return false;
    switch (a->type->kind) {
    case THIMBLE_POINTER:
        return same_pointers(a, b, depth);
    case THIMBLE_ARRAY:
    case THIMBLE_COMPLEX:
        return a->type->count == b->type->count && same_targets(a, b, depth);
    case THIMBLE_FUNCTION:
        return same_functions(a, b, depth);
    case THIMBLE_STRUCT:
    case THIMBLE_UNION:
    case THIMBLE_ENUM:
        return same_tagged(a, b);
    default:
        return a->type->size == b->type->size && a->type->flags == b->type->flags &&
               strcmp(_thimble_string(a->unit, a->type->name),
                      _thimble_string(b->unit, b->type->name)) == 0;
    }
}

bool _thimble_takes_type(const struct unit *unit, uint32_t parameter, const struct unit *value_unit,
                         uint32_t value) {
    struct side takes = look_at(unit, parameter), made = look_at(value_unit, value);
    return same(&takes, &made, 0);
}

bool _thimble_same_function_type(const struct unit *unit, uint32_t type,
                                 const struct unit *other_unit, uint32_t other) {
    struct side one = look_at(unit, type), another = look_at(other_unit, other);
    return same(&one, &another, 1);
}
