#include "matching.h"

#include "converts.h"
#include "model_data.h"
#include "same_type.h"
#include "type_text.h"
#define THIMBLE_PREFIXED_ONLY 1
#include <thimble/called.h>

enum { LONGEST_TYPE = 256, MOST_VALUES = 2 };

/* A matcher, and the argument that it is for. */
struct matching {
    const struct model *model;
    const struct given *given;
    size_t count; /* of what belongs to it, itself too */
    uint32_t named;
    const struct thimble_type *type;
    struct line *why;
    size_t *wrong;
    size_t values[MOST_VALUES]; /* its own, by their places */
    size_t value_count;
};

size_t matching_extent(const struct given *given, size_t count) {
    size_t extent = 1;
    while (extent < count && given[extent].depth > given->depth)
        extent++;
    return extent;
}

/* ---- Why not ---- */

static const char *name_of(int matcher) {
    static const char *const names[] = {
        [THIMBLE_MATCH_ANY] = "ANY",
        [THIMBLE_MATCH_EQ] = "EQ",
        [THIMBLE_MATCH_NE] = "NE",
        [THIMBLE_MATCH_LT] = "LT",
        [THIMBLE_MATCH_GT] = "GT",
        [THIMBLE_MATCH_BETWEEN] = "BETWEEN",
        [THIMBLE_MATCH_CLOSE] = "CLOSE",
        [THIMBLE_MATCH_CONTAINS] = "CONTAINS",
        [THIMBLE_MATCH_STARTS_WITH] = "STARTS_WITH",
        [THIMBLE_MATCH_MATCHES] = "MATCHES",
        [THIMBLE_MATCH_BYTES] = "BYTES",
        [THIMBLE_MATCH_SAME] = "SAME",
        [THIMBLE_MATCH_POINTS_TO] = "POINTS_TO",
        [THIMBLE_MATCH_WHERE] = "WHERE",
        [THIMBLE_MATCH_ARG] = "arg",
    };
    return names[matcher];
}

static bool is_for(struct matching *matching, const char *what) {
    char text[LONGEST_TYPE];
    type_text(matching->model, matching->named, text, sizeof text);
    line_add(matching->why, "%s is for %s, not for a '%s'", name_of(matching->given->matcher), what,
             text);
    *matching->wrong = 0;
    return false;
}

static bool takes(struct matching *matching, const char *what, size_t value) {
    char text[LONGEST_TYPE];
    type_text(matching->model, matching->given[value].type, text, sizeof text);
    line_add(matching->why, "%s takes %s, not a '%s'", name_of(matching->given->matcher), what,
             text);
    *matching->wrong = value;
    return false;
}

/* ---- One after the other ---- */

static const struct thimble_type *value_type(const struct matching *matching, size_t i) {
    return model_bare_type(matching->model, matching->given[matching->values[i]].type);
}

static bool points_to_char(const struct matching *matching, uint32_t type) {
    uint32_t target = converts_target(matching->model, type);
    return converts_is_char(model_bare_type(matching->model, target));
}

static bool points_to_void(const struct matching *matching, uint32_t type) {
    const struct thimble_type *target =
        model_bare_type(matching->model, converts_target(matching->model, type));
    return target && target->kind == THIMBLE_VOID;
}

static bool values_convert(struct matching *matching, enum converts_range range) {
    for (size_t i = 0; i < matching->value_count; i++) {
        *matching->wrong = matching->values[i];
        if (!converts_to(matching->model, &matching->given[*matching->wrong], matching->named,
                         range, matching->why))
            return false;
    }
    return true;
}

static bool check_order(struct matching *matching) {
    if (!converts_is_number(matching->type) && !converts_is_pointer(matching->type))
        return is_for(matching, "numbers, pointers and strings");
    return values_convert(matching, RANGE_IS_NOTHING);
}

static bool check_close(struct matching *matching) {
    if (!converts_is_number(matching->type))
        return is_for(matching, "numbers");
    for (size_t i = 0; i < matching->value_count; i++)
        if (!converts_is_unknown(value_type(matching, i)) &&
            !converts_is_number(value_type(matching, i)))
            return takes(matching, "numbers", matching->values[i]);
    return true;
}

static bool check_text(struct matching *matching) {
    if (!points_to_char(matching, matching->named) && !points_to_void(matching, matching->named))
        return is_for(matching, "strings");
    uint32_t value = matching->given[matching->values[0]].type;
    return points_to_char(matching, value) || points_to_void(matching, value) ||
           takes(matching, "a string", matching->values[0]);
}

static bool check_bytes(struct matching *matching) {
    if (!converts_is_pointer(matching->type))
        return is_for(matching, "pointers");
    if (!converts_is_pointer(value_type(matching, 0)))
        return takes(matching, "a pointer and a count", matching->values[0]);
    return matching->value_count < 2 || converts_is_integer(value_type(matching, 1)) ||
           takes(matching, "a pointer and a count", matching->values[1]);
}

static bool check_same(struct matching *matching) {
    const struct given *value = &matching->given[matching->values[0]];
    if (!converts_is_pointer(matching->type))
        return is_for(matching, "pointers");
    return converts_is_pointer(value_type(matching, 0)) ||
           (value->constant == CONSTANT_INTEGER && !value->magnitude) ||
           takes(matching, "a pointer", matching->values[0]);
}

static bool check_points_to(struct matching *matching) {
    size_t value = matching->values[0];
    uint32_t target = converts_target(matching->model, matching->named);
    const struct thimble_type *type = model_bare_type(matching->model, target);
    if (matching->type->kind != THIMBLE_POINTER || (type && type->kind == THIMBLE_FUNCTION))
        return is_for(matching, "pointers to data");
    if (!type || type->kind == THIMBLE_VOID || type->kind == THIMBLE_ARRAY)
        return true;
    if (converts_is_char(type) && points_to_char(matching, matching->given[value].type))
        return true;
    const struct thimble_type *from = value_type(matching, 0);
    if (from && from->kind == THIMBLE_ARRAY && type->kind != THIMBLE_POINTER) {
        struct given element = {.kind = GIVEN_VALUE, .type = from->target};
        *matching->wrong = value;
        return converts_to(matching->model, &element, target, RANGE_COUNTS, matching->why);
    }
    bool fits = matching_fits(matching->model, matching->given + value, matching->count - value,
                              target, matching->why, matching->wrong);
    *matching->wrong += value;
    return fits;
}

static bool check_where(struct matching *matching) {
    const struct model *model = matching->model;
    uint32_t value = matching->given[matching->values[0]].type;
    const struct thimble_type *function = value_type(matching, 0);
    if (function && function->kind == THIMBLE_POINTER)
        function = model_bare_type(model, function->target);
    if (!function || function->kind != THIMBLE_FUNCTION || function->flags & THIMBLE_UNPROTOTYPED)
        return (function && function->kind == THIMBLE_FUNCTION) ||
               points_to_void(matching, value) ||
               takes(matching, "a function", matching->values[0]);
    const struct thimble_type *returned = model_bare_type(model, function->target);
    if (function->count == 1 && converts_is_integer(returned) &&
        takes_type(model, model->members[function->first].type, matching->named))
        return true;
    char text[LONGEST_TYPE], what[LONGEST_TYPE + 64];
    type_text(model, matching->named, text, sizeof text);
    struct line line = line_in(what, sizeof what);
    line_add(&line, "a function that takes a '%s' and returns an int or bool", text);
    return takes(matching, what, matching->values[0]);
}

/* ---- Any of them ---- */

static bool check(struct matching *matching) {
    if (matching->given->matcher == THIMBLE_MATCH_ANY || !matching->value_count)
        return true;
    for (size_t i = 0; i < matching->value_count; i++)
        if (matching->given[matching->values[i]].matcher &&
            matching->given->matcher != THIMBLE_MATCH_POINTS_TO)
            return true; /* for the runtime to say something about */
    switch (matching->given->matcher) {
    case THIMBLE_MATCH_EQ:
        return values_convert(matching, RANGE_COUNTS);
    case THIMBLE_MATCH_NE:
        return values_convert(matching, RANGE_IS_NOTHING);
    case THIMBLE_MATCH_LT:
    case THIMBLE_MATCH_GT:
    case THIMBLE_MATCH_BETWEEN:
        return check_order(matching);
    case THIMBLE_MATCH_CLOSE:
        return check_close(matching);
    case THIMBLE_MATCH_CONTAINS:
    case THIMBLE_MATCH_STARTS_WITH:
    case THIMBLE_MATCH_MATCHES:
        return check_text(matching);
    case THIMBLE_MATCH_BYTES:
        return check_bytes(matching);
    case THIMBLE_MATCH_SAME:
        return check_same(matching);
    case THIMBLE_MATCH_POINTS_TO:
        return check_points_to(matching);
    case THIMBLE_MATCH_WHERE:
        return check_where(matching);
    default:
        return true;
    }
}

bool matching_fits(const struct model *model, const struct given *given, size_t count,
                   uint32_t type, struct line *why, size_t *wrong) {
    struct matching matching = {
        .model = model,
        .given = given,
        .count = matching_extent(given, count),
        .named = type,
        .type = model_bare_type(model, type),
        .why = why,
        .wrong = wrong,
    };
    *wrong = 0;
    if (converts_is_unknown(matching.type))
        return true;
    if (!given->matcher)
        return converts_to(model, given, type, RANGE_COUNTS, why);
    for (size_t i = 1; i < matching.count && matching.value_count < MOST_VALUES; i++)
        if (given[i].depth == given->depth + 1)
            matching.values[matching.value_count++] = i;
    return check(&matching);
}
