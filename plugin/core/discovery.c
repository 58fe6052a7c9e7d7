/* discovery.c: what is a test, and what a user must be told about those that want
 * to be and cannot. A test is named test_*, has a body, returns void and takes
 * nothing but what fixtures provide. In a header's inline function, and where the
 * name is a helper's, it is none; the unit's report says why. */
#include "discovery.h"
#include "heap.h"
#include "naming.h"
#include "references.h"
#include "spokesmen.h"
#include <stdlib.h>
#include <string.h>

enum { LONGEST_IDENTITY = 4096 + 512 };

void discovery_say(struct discovery *discovery, uint32_t function, uint32_t parameter,
                   const char *message) {
    struct model_place place = {function, parameter, THIMBLE_NONE};
    discovery->error(discovery->context, &place, message);
    discovery->model->functions[function].said = true;
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

static bool is_candidate(const struct model *model, const struct function *function) {
    return (function->is.flags & THIMBLE_DEFINED) && !(function->is.flags & THIMBLE_SYSTEM) &&
           naming_is_test(model->options->prefix, function->is.name);
}

bool model_serves_tests(const struct model *model) {
    bool serves = model->includes_header;
    for (size_t i = 0; i < model->function_count && !serves; i++)
        serves = is_candidate(model, &model->functions[i]);
    return serves;
}

/* Into the order of definition, which is almost always the order of arrival. */
static void add_test(struct model *model, uint32_t function, uint32_t flags) {
    model->tests =
        heap_grow(model->tests, &model->test_capacity, model->test_count + 1, sizeof *model->tests);
    uint32_t definition = model->functions[function].definition;
    size_t at = model->test_count++;
    for (; at && model->functions[model->tests[at - 1].function].definition > definition; at--)
        model->tests[at] = model->tests[at - 1];
    model->tests[at] = (struct thimble_test){function, flags};
}

uint32_t discovery_test_of(const struct model *model, uint32_t function) {
    for (uint32_t i = 0; i < model->test_count; i++)
        if (model->tests[i].function == function)
            return i;
    return THIMBLE_NONE;
}

/* Who may provide what the unit cannot see is known when the program is whole. */
static void find_test(struct discovery *discovery, uint32_t index) {
    struct model *model = discovery->model;
    char text[LONGEST_MESSAGE];
    struct line why = line_in(text, sizeof text);
    enum parameters_verdict verdict =
        parameters_judge(discovery, index, cases_serve(discovery, index) ? 1 : 0, &why);
    if (verdict == PARAMETERS_WRONG)
        give_reason(&model->functions[index], text);
    else
        add_test(model, index,
                 verdict == PARAMETERS_UNSEEN && !discovery->strict ? THIMBLE_TEST_IF_PROVIDED : 0);
}

static void find_tests(struct discovery *discovery) {
    struct model *model = discovery->model;
    for (uint32_t i = 0; i < model->function_count; i++) {
        struct function *function = &model->functions[i];
        if (!is_candidate(model, function))
            continue;
        const char *why = unfit(model, function);
        if (why)
            give_reason(function, why);
        else
            find_test(discovery, i);
    }
    for (size_t i = 0; i < model->test_count; i++)
        model_symbol(model, model->tests[i].function);
}

/* ---- The unit as a whole ---- */

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

static void check_asserts(struct discovery *discovery) {
    const struct model *model = discovery->model;
    for (size_t i = 0; model->asserts_emptied && i < model->test_count; i++) {
        if (model->tests[i].flags & THIMBLE_TEST_IF_PROVIDED)
            continue;
        discovery_say(discovery, model->tests[i].function, THIMBLE_NONE,
                      "NDEBUG has emptied assert in this unit, so its tests would check nothing: "
                      "compile it with -UNDEBUG, or include <thimble.h>");
        return;
    }
}

void model_finish(struct model *model, model_error *error, void *context) {
    struct discovery discovery = {
        .model = model, .error = error, .context = context, .strict = model->includes_header};
    identify_functions(model);
    fixtures_see(&discovery);
    find_tests(&discovery);
    fixtures_add(&discovery);
    if (discovery.strict)
        graph_check(&discovery);
    cases_add(&discovery);
    marks_add(&discovery);
    spokesmen_find(model);
    references_give_symbols(model);
    check_asserts(&discovery);
    free(discovery.providers);
}
