/* cases.c: arrays cases_test_NAME, through whose elements test_NAME goes. */
#include "discovery.h"
#include "heap.h"
#include "naming.h"
#include "nearest.h"
#include "same_type.h"
#include "type_text.h"
#include <string.h>

enum { LONGEST_TYPE = 256 };

/* The name of the test that an object is for, or null. */
static const char *test_of(const struct model *model, size_t object) {
    if (model->object_details[object].inside_function)
        return NULL;
    return naming_test_of_cases(model->options->prefix,
                                intern_text(&model->strings, model->objects[object].name));
}

static uint32_t object_for(const struct model *model, const char *test) {
    for (uint32_t i = 0; i < model->object_count; i++) {
        const char *name = test_of(model, i);
        if (name && strcmp(name, test) == 0)
            return i;
    }
    return THIMBLE_NONE;
}

/* The array that the object is, or null. */
static const struct thimble_type *array_of(const struct model *model, uint32_t object) {
    const struct thimble_type *type = model_bare_type(model, model->objects[object].type);
    return type && type->kind == THIMBLE_ARRAY ? type : NULL;
}

static bool has_elements(const struct thimble_type *array) {
    return array->count && !(array->flags & (THIMBLE_INCOMPLETE | THIMBLE_VARIABLE));
}

/* ---- What is wrong ---- */

static void say_at(struct discovery *discovery, uint32_t object, const char *message) {
    struct model_place place = {THIMBLE_NONE, THIMBLE_NONE, object};
    discovery->error(discovery->context, &place, message);
}

/* Where the array is none or has nothing in it. */
static void say_no_array(struct discovery *discovery, uint32_t object, const char *test) {
    char text[LONGEST_MESSAGE];
    struct line line = line_in(text, sizeof text);
    if (array_of(discovery->model, object))
        line_add(&line, "cases_%s has no elements, so %s would never run", test, test);
    else
        line_add(&line, "cases_%s has to be an array, a case an element", test);
    say_at(discovery, object, text);
}

static void say_mistyped(struct discovery *discovery, uint32_t function, uint32_t element) {
    const struct model *model = discovery->model;
    const char *test = model->functions[function].is.name;
    char text[LONGEST_MESSAGE], type[LONGEST_TYPE];
    struct line line = line_in(text, sizeof text);
    bool takes_any = parameters_count(model, function) > 0;
    type_text(model, element, type, sizeof type);
    line_add(&line, "the first parameter of %s has to point to an element of cases_%s, a '%s'",
             test, test, type);
    if (takes_any) {
        type_text(model, parameters_get(model, function, 0)->type, type, sizeof type);
        line_add(&line, ": it is a '%s'", type);
    }
    discovery_say(discovery, function, takes_any ? 0 : THIMBLE_NONE, text);
}

static const char *nearest_test(const struct model *model, const char *name) {
    const char *nearest = NULL;
    unsigned best = ~0u;
    for (size_t i = 0; i < model->test_count; i++) {
        const char *other = model->functions[model->tests[i].function].is.name;
        unsigned distance = nearest_distance(name, other);
        if (distance < best)
            nearest = other;
        if (distance < best)
            best = distance;
    }
    return nearest;
}

/* The function of that name, where it is no test though it wants to be; or null. */
static const struct function *failed_test(const struct model *model, const char *name) {
    for (size_t i = 0; i < model->function_count; i++)
        if (model->functions[i].why && strcmp(model->functions[i].is.name, name) == 0)
            return &model->functions[i];
    return NULL;
}

static void say_no_test(struct discovery *discovery, uint32_t object, const char *test) {
    const struct model *model = discovery->model;
    char text[LONGEST_MESSAGE];
    struct line line = line_in(text, sizeof text);
    const struct function *function = failed_test(model, test);
    const char *nearest = nearest_test(model, test);
    if (function && function->said)
        return;
    line_add(&line, "there is no test %s for cases_%s", test, test);
    if (function)
        line_add(&line, ": %s", function->why);
    else if (nearest)
        line_add(&line, ": the nearest is %s", nearest);
    say_at(discovery, object, text);
}

/* ---- Who has some ---- */

static uint32_t without_qualifiers(const struct model *model, uint32_t type) {
    while (type != THIMBLE_NONE && model->types[type].kind == THIMBLE_QUALIFIED)
        type = model->types[type].target;
    return type;
}

static bool takes_pointer_to(const struct model *model, uint32_t function,
                             const struct thimble_type *array) {
    if (!parameters_count(model, function))
        return false;
    const struct thimble_type *pointer =
        model_bare_type(model, parameters_get(model, function, 0)->type);
    return pointer && pointer->kind == THIMBLE_POINTER &&
           may_point_to(model, pointer->target, array->target);
}

bool cases_serve(struct discovery *discovery, uint32_t function) {
    const struct model *model = discovery->model;
    uint32_t object = object_for(model, model->functions[function].is.name);
    const struct thimble_type *array = object == THIMBLE_NONE ? NULL : array_of(model, object);
    if (!array || !has_elements(array))
        return false;
    if (takes_pointer_to(model, function, array))
        return true;
    if (discovery->strict)
        say_mistyped(discovery, function, array->target);
    return false;
}

static void add(struct model *model, uint32_t test, uint32_t object,
                const struct thimble_type *array) {
    model->cases = heap_grow(model->cases, &model->cases_capacity, model->cases_count + 1,
                             sizeof *model->cases);
    model->cases[model->cases_count++] = (struct thimble_cases){
        .test = test,
        .symbol = model_symbol_object(model, object),
        .type = without_qualifiers(model, array->target),
        .count = (uint32_t)array->count,
    };
}

static uint32_t test_named(const struct model *model, const char *name) {
    for (uint32_t i = 0; i < model->test_count; i++)
        if (strcmp(model->functions[model->tests[i].function].is.name, name) == 0)
            return i;
    return THIMBLE_NONE;
}

void cases_add(struct discovery *discovery) {
    struct model *model = discovery->model;
    for (uint32_t i = 0; i < model->object_count; i++) {
        const char *name = test_of(model, i);
        if (!name)
            continue;
        uint32_t test = test_named(model, name);
        const struct thimble_type *array = array_of(model, i);
        bool good = array && has_elements(array);
        if (good && test != THIMBLE_NONE &&
            takes_pointer_to(model, model->tests[test].function, array))
            add(model, test, i, array);
        else if (discovery->strict && !good)
            say_no_array(discovery, i, name);
        else if (discovery->strict && test == THIMBLE_NONE)
            say_no_test(discovery, i, name);
    }
}
