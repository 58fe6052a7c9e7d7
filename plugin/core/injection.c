#include "injection.h"

#include "converts.h"
#include "heap.h"
#include "matching.h"
#include "model_data.h"
#include "nearest.h"
#include "type_text.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define THIMBLE_PREFIXED_ONLY 1
#include <thimble/called.h>

enum { LONGEST_TYPE = 256, LONGEST_REASON = 768, LONGEST_PROTOTYPE = 1024 };

/* A call of one of the header's functions. */
struct injection {
    const struct model *model;
    const struct given *given;
    size_t count;
    size_t name; /* where the function's is */
    const char *function;
    uint32_t named; /* its type */
    const struct thimble_type *type;
    struct line why;
    size_t *wrong;
};

static bool is_wrong(const struct injection *injection, size_t place) {
    *injection->wrong = place;
    return false;
}

/* ---- Parameters ---- */

static const char *without_underscores(const char *name) {
    while (*name == '_')
        name++;
    return name;
}

static const struct thimble_member *parameter(const struct injection *injection, size_t i) {
    return &injection->model->members[injection->type->first + i];
}

static const char *parameter_name(const struct injection *injection, size_t i) {
    return without_underscores(
        intern_text(&injection->model->strings, parameter(injection, i)->name));
}

/* "the argument 'grams'", "argument 2" */
static void put_parameter(struct injection *injection, size_t i) {
    const char *name = parameter_name(injection, i);
    if (*name)
        line_add(&injection->why, "the argument '%s' of %s", name, injection->function);
    else
        line_add(&injection->why, "argument %zu of %s", i + 1, injection->function);
}

enum found { FOUND, FOUND_BEYOND, FOUND_NONE };

static enum found find_place(const struct injection *injection, const char *digits, size_t *place) {
    unsigned long number = strtoul(digits, NULL, 10);
    *place = number - 1;
    if (number && number <= injection->type->count)
        return FOUND;
    return number && injection->type->flags & THIMBLE_VARIADIC ? FOUND_BEYOND : FOUND_NONE;
}

static enum found find_parameter(const struct injection *injection, const char *name,
                                 size_t *place) {
    if (*name && name[strspn(name, "0123456789")] == '\0')
        return find_place(injection, name, place);
    name = without_underscores(name);
    for (*place = 0; *name && *place < injection->type->count; ++*place)
        if (strcmp(parameter_name(injection, *place), name) == 0)
            return FOUND;
    return FOUND_NONE;
}

static bool no_parameter(struct injection *injection, const char *name, size_t place) {
    const char *nearest = NULL;
    unsigned least = 0;
    for (size_t i = 0; i < injection->type->count; i++) {
        const char *candidate = parameter_name(injection, i);
        unsigned distance = nearest_distance(name, candidate);
        if (*candidate && nearest_is_slip(name, candidate, distance) &&
            (!nearest || distance < least)) {
            nearest = candidate;
            least = distance;
        }
    }
    line_add(&injection->why, "%s has no argument '%s'", injection->function, name);
    if (nearest)
        line_add(&injection->why, ", did you mean '%s'?", nearest);
    return is_wrong(injection, place);
}

/* ---- Arguments of a call ---- */

static bool check_argument(struct injection *injection, size_t i, size_t place) {
    const struct given *given = injection->given + place;
    char text[LONGEST_REASON];
    struct line why = line_in(text, sizeof text);
    size_t wrong;
    if (matching_fits(injection->model, given, injection->count - place,
                      parameter(injection, i)->type, &why, &wrong))
        return true;
    put_parameter(injection, i);
    line_add(&injection->why, ": %s", text);
    return is_wrong(injection, place + wrong);
}

/* An arg("name", …): its own value follows it. */
static bool check_named(struct injection *injection, size_t place, bool *spoken_of) {
    const struct given *given = injection->given + place;
    size_t i;
    if (!given->text)
        return true;
    switch (find_parameter(injection, given->text, &i)) {
    case FOUND_NONE:
        return no_parameter(injection, given->text, place);
    case FOUND_BEYOND:
        return true;
    case FOUND:
        break;
    }
    if (spoken_of[i]) {
        put_parameter(injection, i);
        line_add(&injection->why, " is spoken of twice");
        return is_wrong(injection, place);
    }
    spoken_of[i] = true;
    return matching_extent(given, injection->count - place) < 2 ||
           check_argument(injection, i, place + 1);
}

static bool is_named(const struct given *given) {
    return given->matcher == THIMBLE_MATCH_ARG;
}

/* How many values there are on one level, from `from` to before `to`; and how many stand in front
 * of the first arg(). */
static size_t count_values(const struct injection *injection, size_t from, size_t to,
                           size_t *positional) {
    size_t count = 0;
    *positional = SIZE_MAX;
    for (size_t i = from; i < to; i += matching_extent(injection->given + i, to - i)) {
        if (injection->given[i].kind != GIVEN_VALUE)
            continue;
        if (is_named(&injection->given[i]) && count < *positional)
            *positional = count;
        count++;
    }
    if (*positional > count)
        *positional = count;
    return count;
}

static bool check_count(struct injection *injection, size_t count, bool others_named,
                        size_t place) {
    size_t fixed = (size_t)injection->type->count;
    bool variadic = injection->type->flags & THIMBLE_VARIADIC;
    bool enough = others_named || count >= fixed;
    if (enough && (variadic || count <= fixed))
        return true;
    line_add(&injection->why, "%s takes %s%zu argument%s, not %zu", injection->function,
             variadic ? "at least " : "", fixed, fixed == 1 ? "" : "s", count);
    return is_wrong(injection, place);
}

/* Number `number` of a call's values. Values in their order come first, then those by name. */
static bool check_value(struct injection *injection, size_t number, size_t positional, size_t place,
                        bool *spoken_of) {
    if (is_named(&injection->given[place]))
        return check_named(injection, place, spoken_of);
    if (number >= positional) {
        line_add(&injection->why,
                 "an argument without a name stands behind an arg(): those in their "
                 "order come first");
        return is_wrong(injection, place);
    }
    if (number >= injection->type->count)
        return true;
    spoken_of[number] = true;
    return check_argument(injection, number, place);
}

/* The values of one call, from `from` to before `to`; `call` is where it is. */
static bool check_call(struct injection *injection, size_t call, size_t from, size_t to) {
    size_t positional, count = count_values(injection, from, to, &positional), number = 0;
    if (!check_count(injection, positional, positional < count, call))
        return false;
    bool *spoken_of = heap_new(((size_t)injection->type->count + 1) * sizeof *spoken_of);
    bool fits = true;
    for (size_t i = from; fits && i < to; i += matching_extent(injection->given + i, to - i))
        if (injection->given[i].kind == GIVEN_VALUE)
            fits = check_value(injection, number++, positional, i, spoken_of);
    free(spoken_of);
    return fits;
}

static bool check_arguments(struct injection *injection) {
    return (injection->type->flags & THIMBLE_UNPROTOTYPED) ||
           check_call(injection, injection->name, injection->name + 1, injection->count);
}

static bool check_calls(struct injection *injection) {
    if (injection->type->flags & THIMBLE_UNPROTOTYPED)
        return true;
    for (size_t i = injection->name + 1; i < injection->count;) {
        size_t extent = matching_extent(injection->given + i, injection->count - i);
        if (injection->given[i].kind == GIVEN_CALL && !check_call(injection, i, i + 1, i + extent))
            return false;
        i += extent;
    }
    return true;
}

/* ---- What a mock returns ---- */

static bool returns_nothing(struct injection *injection) {
    const struct thimble_type *returned =
        model_bare_type(injection->model, injection->type->target);
    if (!returned || returned->kind != THIMBLE_VOID)
        return false;
    line_add(&injection->why, "%s returns nothing", injection->function);
    *injection->wrong = injection->name;
    return true;
}

static bool check_returned_value(struct injection *injection, const struct given *value,
                                 size_t place) {
    char text[LONGEST_REASON];
    struct line why = line_in(text, sizeof text);
    if (converts_to(injection->model, value, injection->type->target, RANGE_COUNTS, &why))
        return true;
    line_add(&injection->why, "%s cannot return that: %s", injection->function, text);
    return is_wrong(injection, place);
}

static bool check_returned(struct injection *injection) {
    if (returns_nothing(injection))
        return false;
    for (size_t i = injection->name + 1; i < injection->count; i++)
        if (injection->given[i].kind == GIVEN_VALUE && injection->given[i].depth == 0 &&
            !check_returned_value(injection, &injection->given[i], i))
            return false;
    return true;
}

/* The first value behind the name, or the end of all. */
static size_t first_value(const struct injection *injection) {
    size_t i = injection->name + 1;
    while (i < injection->count && injection->given[i].kind != GIVEN_VALUE)
        i++;
    return i;
}

static bool check_returned_array(struct injection *injection) {
    size_t i = first_value(injection);
    if (returns_nothing(injection))
        return false;
    if (i == injection->count)
        return true;
    uint32_t element = converts_target(injection->model, injection->given[i].type);
    if (element != THIMBLE_NONE) {
        struct given value = {.kind = GIVEN_VALUE, .type = element};
        return check_returned_value(injection, &value, i);
    }
    if (converts_is_unknown(model_bare_type(injection->model, injection->given[i].type)))
        return true;
    char text[LONGEST_TYPE];
    type_text(injection->model, injection->given[i].type, text, sizeof text);
    line_add(&injection->why, "mock_return_array takes an array, not a '%s'", text);
    return is_wrong(injection, i);
}

/* ---- What a mock writes ---- */

static bool is_const(const struct model *model, uint32_t type) {
    for (; type != THIMBLE_NONE; type = model->types[type].target) {
        const struct thimble_type *at = &model->types[type];
        if (at->kind == THIMBLE_QUALIFIED && at->flags & THIMBLE_CONST)
            return true;
        if (at->kind != THIMBLE_QUALIFIED && at->kind != THIMBLE_TYPEDEF)
            return false;
    }
    return false;
}

static bool can_be_written(struct injection *injection, size_t i, uint32_t target) {
    const struct thimble_type *type = model_bare_type(injection->model, target);
    bool is_pointer = target != THIMBLE_NONE && !(type && type->kind == THIMBLE_FUNCTION);
    if (is_pointer && !is_const(injection->model, target))
        return true;
    put_parameter(injection, i);
    line_add(&injection->why, is_pointer
                                  ? " points to something const: nothing can be written there"
                                  : " points to nothing that could be written");
    return is_wrong(injection, injection->name);
}

static uint32_t innermost(const struct model *model, uint32_t type) {
    const struct thimble_type *bare = model_bare_type(model, type);
    for (; bare && bare->kind == THIMBLE_ARRAY; bare = model_bare_type(model, type))
        type = bare->target;
    return type;
}

/* Whether the elements of an array or string, all of them, go for what is written. */
static bool writes_elements(const struct injection *injection, const struct given *value,
                            uint32_t target) {
    const struct model *model = injection->model;
    const struct thimble_type *from = model_bare_type(model, value->type);
    const struct thimble_type *to = model_bare_type(model, innermost(model, target));
    const struct thimble_type *element =
        model_bare_type(model, innermost(model, converts_target(model, value->type)));
    if (from && from->kind == THIMBLE_POINTER && converts_is_char(element))
        return converts_is_char(to);
    if (!from || from->kind != THIMBLE_ARRAY || (value->text && !converts_is_char(to)))
        return false;
    char text[LONGEST_REASON];
    struct line why = line_in(text, sizeof text);
    struct given one = {.kind = GIVEN_VALUE, .type = innermost(model, value->type)};
    return converts_to(model, &one, innermost(model, target), RANGE_COUNTS, &why);
}

static bool check_written(struct injection *injection, size_t i, size_t place) {
    const struct given *value = &injection->given[place];
    uint32_t target = converts_target(injection->model, parameter(injection, i)->type);
    const struct thimble_type *to = model_bare_type(injection->model, target);
    char text[LONGEST_REASON];
    struct line why = line_in(text, sizeof text);
    if (!to || to->kind == THIMBLE_VOID || value->matcher == THIMBLE_MATCH_BYTES ||
        writes_elements(injection, value, target) ||
        converts_to(injection->model, value, target, RANGE_COUNTS, &why))
        return true;
    line_add(&injection->why, "what ");
    put_parameter(injection, i);
    line_add(&injection->why, " points to: %s", text);
    return is_wrong(injection, place);
}

static bool check_set(struct injection *injection) {
    size_t value = first_value(injection), i;
    const char *name = NULL;
    for (size_t at = injection->name + 1; at < value; at++)
        if (injection->given[at].kind == GIVEN_TEXT)
            name = injection->given[at].text;
    if (!name || value == injection->count || injection->type->flags & THIMBLE_UNPROTOTYPED)
        return true;
    switch (find_parameter(injection, name, &i)) {
    case FOUND_NONE:
        return no_parameter(injection, name, injection->name);
    case FOUND_BEYOND:
        return true;
    case FOUND:
        break;
    }
    const struct thimble_type *type =
        model_bare_type(injection->model, parameter(injection, i)->type);
    if (converts_is_unknown(type) || (type->kind == THIMBLE_UNION))
        return true;
    return can_be_written(injection, i,
                          converts_target(injection->model, parameter(injection, i)->type)) &&
           check_written(injection, i, value);
}

/* ---- mock_struct ---- */

enum { DEEPEST = 16 };

/* Whether a pointer to a function is in it, in structs and arrays in it, too; or may be. */
static bool holds_function(const struct model *model, uint32_t type, int depth) {
    const struct thimble_type *bare = model_bare_type(model, type);
    if (converts_is_unknown(bare) || depth > DEEPEST)
        return true;
    if (bare->kind == THIMBLE_POINTER) {
        const struct thimble_type *target = model_bare_type(model, bare->target);
        return target && target->kind == THIMBLE_FUNCTION;
    }
    if (bare->kind == THIMBLE_ARRAY)
        return holds_function(model, bare->target, depth + 1);
    if (bare->kind != THIMBLE_STRUCT && bare->kind != THIMBLE_UNION)
        return false;
    for (uint64_t i = 0; i < bare->count; i++)
        if (holds_function(model, model->members[bare->first + i].type, depth + 1))
            return true;
    return false;
}

/* The value's type is that of what it points to. */
static bool check_struct(const struct model *model, const struct given *value, struct line *why) {
    const struct thimble_type *type = model_bare_type(model, value->type);
    char text[LONGEST_TYPE];
    if (converts_is_unknown(type) ||
        (type->kind == THIMBLE_STRUCT && holds_function(model, value->type, 0)))
        return true;
    type_text(model, value->type, text, sizeof text);
    line_add(why,
             "mock_struct takes a pointer to a struct with pointers to functions: this is a '%s'",
             text);
    return false;
}

/* ---- All of them ---- */

#define PREFIX "thimble_"

static const struct rule {
    const char *callee;
    bool (*check)(struct injection *); /* null: names no function */
} rules[] = {
    {"thimble_assert_any_call_at", check_arguments},
    {"thimble_assert_called_once_with_at", check_arguments},
    {"thimble_assert_called_with_at", check_arguments},
    {"thimble_assert_has_calls_any_order_at", check_calls},
    {"thimble_assert_has_calls_at", check_calls},
    {"thimble_mock_error_at", check_returned},
    {"thimble_mock_return_array_at", check_returned_array},
    {"thimble_mock_return_at", check_returned},
    {"thimble_mock_return_each_at", check_returned},
    {"thimble_mock_set_at", check_set},
    {"thimble_mock_struct_at", NULL},
};

static const struct rule *find_rule(const char *callee) {
    if (strncmp(callee, PREFIX, sizeof PREFIX - 1) != 0)
        return NULL;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(rules[i].callee, callee) == 0)
            return &rules[i];
    return NULL;
}

bool injection_checks(const char *callee) {
    return find_rule(callee);
}

/* Whether it is known which function is meant, and of what type that is. */
static bool find_function(struct injection *injection) {
    const struct model *model = injection->model;
    const struct given *given = injection->given;
    size_t i = 0;
    while (i < injection->count && given[i].kind != GIVEN_NAME)
        i++;
    if (i == injection->count)
        return false;
    injection->name = i;
    if (given[i].ref == THIMBLE_REF_FUNCTION) {
        injection->named = model->functions[given[i].index].is.type;
        injection->function = model->functions[given[i].index].is.name;
    } else if (given[i].ref == THIMBLE_REF_TYPE) {
        injection->named = given[i].index;
        injection->function = given[i].text ? given[i].text : "the function";
    } else {
        return false;
    }
    injection->type = model_bare_type(model, injection->named);
    return injection->type && injection->type->kind == THIMBLE_FUNCTION;
}

static void add_prototype(struct injection *injection) {
    char text[LONGEST_PROTOTYPE];
    type_declaration(injection->model, injection->named, injection->function, text, sizeof text);
    line_add(&injection->why, ": %s", text);
}

bool injection_fits(const struct model *model, const char *callee, const struct given *given,
                    size_t count, char *message, size_t size, size_t *wrong) {
    const struct rule *rule = find_rule(callee);
    struct injection injection = {
        .model = model,
        .given = given,
        .count = count,
        .why = line_in(message, size),
        .wrong = wrong,
    };
    *wrong = 0;
    if (rule && !rule->check) {
        for (; *wrong < count; ++*wrong)
            if (given[*wrong].kind == GIVEN_VALUE)
                return check_struct(model, &given[*wrong], &injection.why);
        return true;
    }
    if (!rule || !find_function(&injection) || rule->check(&injection))
        return true;
    add_prototype(&injection);
    return false;
}
