/* discovery.c: what is a test, and what a user must be told about those that want
 * to be and cannot. A test is named test_*, has a body, returns void and takes
 * nothing but what fixtures provide. In a header's inline function, and where the
 * name is a helper's, it is none; the unit's report says why. */
#include "heap.h"
#include "line.h"
#include "model.h"
#include "model_data.h"
#include "naming.h"
#include "type_text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_MESSAGE = 1024, LONGEST_IDENTITY = 4096 + 512 };

/* A value that every test may ask for by a parameter of this name and type. */
struct fixture {
    const char *names[2]; /* as written, and as the header's macro makes it */
    const char *declaration;
    bool (*fits)(const struct model *, uint32_t type);
};

static const struct thimble_type *pointed_to(const struct model *model, uint32_t type,
                                             uint32_t *qualifiers) {
    const struct thimble_type *pointer = model_bare_type(model, type);
    if (!pointer || pointer->kind != THIMBLE_POINTER)
        return NULL;
    *qualifiers = 0;
    for (type = pointer->target; type != THIMBLE_NONE; type = model->types[type].target) {
        const struct thimble_type *target = &model->types[type];
        if (target->kind == THIMBLE_QUALIFIED)
            *qualifiers |= target->flags;
        else if (target->kind != THIMBLE_TYPEDEF)
            return target;
    }
    return NULL;
}

static bool is_const_string(const struct model *model, uint32_t type) {
    uint32_t qualifiers;
    const struct thimble_type *target = pointed_to(model, type, &qualifiers);
    return target && target->kind == THIMBLE_CHAR && qualifiers == THIMBLE_CONST;
}

static bool is_capture(const struct model *model, uint32_t type) {
    uint32_t qualifiers;
    const struct thimble_type *target = pointed_to(model, type, &qualifiers);
    if (!target || target->kind != THIMBLE_STRUCT)
        return false;
    /* The header's macro renames the tag; a struct capture with members is the program's. */
    const char *tag = intern_text(&model->strings, target->name);
    return strcmp(tag, "thimble_capture") == 0 ||
           (strcmp(tag, "capture") == 0 && (target->flags & THIMBLE_INCOMPLETE));
}

static const struct fixture built_in[] = {
    {{"tmp_path", "tmp_path"}, "const char *tmp_path", is_const_string},
    {{"capture", "thimble_capture"}, "struct capture *capture", is_capture},
};

enum { BUILT_IN_COUNT = sizeof built_in / sizeof *built_in };

static const struct fixture *find_fixture(const char *name) {
    for (int i = 0; i < BUILT_IN_COUNT; i++)
        if (strcmp(built_in[i].names[0], name) == 0 || strcmp(built_in[i].names[1], name) == 0)
            return &built_in[i];
    return NULL;
}

/* ---- The nearest name, for a slip of the finger ---- */

enum { LONGEST_NAME = 63 };

static unsigned smaller(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* How many letters to put in, take out or change (Levenshtein). */
static unsigned distance(const char *a, const char *b) {
    unsigned row[LONGEST_NAME + 1];
    size_t length = strlen(b);
    if (strlen(a) > LONGEST_NAME || length > LONGEST_NAME)
        return LONGEST_NAME;
    for (unsigned j = 0; j <= length; j++)
        row[j] = j;
    for (unsigned i = 1; a[i - 1]; i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= length; j++) {
            unsigned change = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = smaller(change, smaller(row[j], row[j - 1]) + 1);
        }
    }
    return row[length];
}

static const struct fixture *nearest_fixture(const char *name) {
    const struct fixture *nearest = NULL;
    unsigned best = (unsigned)strlen(name) / 2; /* more than half of it is no slip */
    for (int i = 0; i < BUILT_IN_COUNT; i++) {
        unsigned far = distance(name, built_in[i].names[0]);
        if (far <= best && far <= 3) {
            best = far;
            nearest = &built_in[i];
        }
    }
    return nearest;
}

/* ---- Parameters ---- */

static const struct thimble_member *parameter_of(const struct model *model, uint32_t function,
                                                 uint32_t i) {
    const struct thimble_type *type = model_bare_type(model, model->functions[function].is.type);
    return &model->members[type->first + i];
}

static bool is_provided(const struct model *model, const struct thimble_member *parameter) {
    const struct fixture *fixture = find_fixture(intern_text(&model->strings, parameter->name));
    return fixture && fixture->fits(model, parameter->type);
}

/* Says what is wrong with a parameter that is not provided. */
static void describe_parameter(const struct model *model, uint32_t function, uint32_t i,
                               struct line *line) {
    const struct thimble_member *parameter = parameter_of(model, function, i);
    const char *test = model->functions[function].is.name;
    const char *name = intern_text(&model->strings, parameter->name);
    const struct fixture *fixture = find_fixture(name);
    if (fixture) {
        char type[256];
        type_text(model, parameter->type, type, sizeof type);
        line_add(line, "the parameter '%s' of %s is a '%s': thimble provides %s", fixture->names[0],
                 test, type, fixture->declaration);
        return;
    }
    if (*name)
        line_add(line, "nobody provides the parameter '%s' of %s", name, test);
    else
        line_add(line, "nobody provides parameter %u of %s, which has no name", i + 1, test);
    line_add(line, ": thimble knows %s and %s", built_in[0].declaration, built_in[1].declaration);
    const struct fixture *nearest = nearest_fixture(name);
    if (nearest)
        line_add(line, "; did you mean '%s'?", nearest->names[0]);
}

/* ---- Tests ---- */

static void give_reason(struct function *function, const char *why) {
    function->why = heap_copy_text(why, strlen(why));
}

/* Why a function with a test's name and a body is none, whatever its parameters
 * are; or null. */
static const char *unfit(const struct model *model, const struct function *function) {
    if (function->is.nested)
        return "it is nested in another function";
    const struct thimble_type *type = model_bare_type(model, function->is.type);
    if (!type || type->kind != THIMBLE_FUNCTION)
        return "its type is not known";
    const struct thimble_type *returned = model_bare_type(model, type->target);
    if (!returned || returned->kind != THIMBLE_VOID)
        return "it does not return void";
    if (type->flags & THIMBLE_VARIADIC)
        return "it takes a variable number of arguments";
    /* C99's rule: its address would be an undefined symbol at the link. */
    if ((function->is.flags & THIMBLE_INLINE) && !(function->is.flags & THIMBLE_INTERNAL))
        return "it is inline and not static, so it may have no address here";
    if ((function->is.flags & THIMBLE_INLINE) && !function->is.main_file)
        return "it is an inline function of a header, there for the units that include it";
    return NULL;
}

/* Whether fixtures provide all parameters. If not, it is the user's mistake only
 * where the unit is plainly about tests and has no other use for the function. */
static bool are_parameters_provided(struct model *model, uint32_t index, model_error *error,
                                    void *context) {
    struct function *function = &model->functions[index];
    uint64_t count = model_bare_type(model, function->is.type)->count;
    bool mistake = model->includes_header && !function->used;
    for (uint32_t i = 0; i < count; i++) {
        if (is_provided(model, parameter_of(model, index, i)))
            continue;
        char text[LONGEST_MESSAGE];
        struct line line = line_in(text, sizeof text);
        describe_parameter(model, index, i, &line);
        if (mistake)
            error(context, index, i, text);
        if (function->used)
            line_add(&line, "; the unit uses it as a helper");
        if (!function->why)
            give_reason(function, text);
    }
    return !function->why;
}

static bool is_candidate(const struct model *model, const struct function *function) {
    return (function->is.flags & THIMBLE_DEFINED) && !(function->is.flags & THIMBLE_SYSTEM) &&
           naming_is_test(model->options->prefix, function->is.name);
}

/* Into the order of definition, which is almost always the order of arrival. */
static void insert(const struct model *model, uint32_t *list, size_t count, uint32_t function) {
    uint32_t definition = model->functions[function].definition;
    size_t at = count;
    for (; at && model->functions[list[at - 1]].definition > definition; at--)
        list[at] = list[at - 1];
    list[at] = function;
}

bool model_serves_tests(const struct model *model) {
    bool serves = model->includes_header;
    for (size_t i = 0; i < model->function_count && !serves; i++)
        serves = is_candidate(model, &model->functions[i]);
    return serves;
}

static void add_test(struct model *model, uint32_t function) {
    model->tests =
        heap_grow(model->tests, &model->test_capacity, model->test_count + 1, sizeof *model->tests);
    insert(model, model->tests, model->test_count++, function);
}

static void find_tests(struct model *model, model_error *error, void *context) {
    for (uint32_t i = 0; i < model->function_count; i++) {
        struct function *function = &model->functions[i];
        if (!is_candidate(model, function))
            continue;
        const char *why = unfit(model, function);
        if (why)
            give_reason(function, why);
        else if (are_parameters_provided(model, i, error, context))
            add_test(model, i);
    }
}

static bool is_fixture(const struct model *model, const struct function *function) {
    const struct model_function *is = &function->is;
    return (is->flags & THIMBLE_DEFINED) && !(is->flags & THIMBLE_SYSTEM) && !is->nested &&
           naming_serves_tests(is->name) && !naming_is_test(model->options->prefix, is->name);
}

static void find_fixtures(struct model *model) {
    for (uint32_t i = 0; i < model->function_count; i++) {
        if (!is_fixture(model, &model->functions[i]))
            continue;
        model->fixtures = heap_grow(model->fixtures, &model->fixture_capacity,
                                    model->fixture_count + 1, sizeof *model->fixtures);
        insert(model, model->fixtures, model->fixture_count++, i);
    }
}

/* ---- Types that speak for themselves ---- */

/* The type behind a `const NAME *` or `const struct NAME *`, whose NAME that has to be. */
static const struct thimble_type *spoken_for(const struct model *model, uint32_t type,
                                             const char *name) {
    uint32_t qualifiers;
    const struct thimble_type *pointer = model_bare_type(model, type);
    const struct thimble_type *target = pointed_to(model, type, &qualifiers);
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
        (!compares && !is_const_string(model, type->target)))
        return false;
    const struct thimble_member *parameters = &model->members[type->first];
    const struct thimble_type *first = spoken_for(model, parameters[0].type, name);
    return first && (!compares || spoken_for(model, parameters[1].type, name) == first);
}

static void find_spokesmen(struct model *model) {
    for (uint32_t i = 0; i < model->function_count; i++)
        if (speaks_for_type(model, &model->functions[i]))
            model_symbol(model, i);
}

static void identify_functions(struct model *model) {
    char identity[LONGEST_IDENTITY];
    for (size_t i = 0; i < model->function_count; i++) {
        struct function *function = &model->functions[i];
        const struct model_function *is = &function->is;
        naming_identity(is->flags & THIMBLE_INTERNAL, is->main_file, is->symbol, is->file, is->line,
                        is->name, identity, sizeof identity);
        function->identity = intern_add(&model->strings, identity);
    }
}

void model_finish(struct model *model, model_error *error, void *context) {
    identify_functions(model);
    find_tests(model, error, context);
    if (model->test_count) /* elsewhere such names mean nothing */
        find_fixtures(model);
    for (size_t i = 0; i < model->test_count; i++)
        model_symbol(model, model->tests[i]);
    find_spokesmen(model);
    if (model->asserts_emptied && model->test_count)
        error(context, model->tests[0], THIMBLE_NONE,
              "NDEBUG has emptied assert in this unit, so its tests would check nothing: compile "
              "it with -UNDEBUG, or include <thimble.h>");
}
