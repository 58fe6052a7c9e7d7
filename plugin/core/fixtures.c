/* fixtures.c: which functions are fixtures, and what a user must be told about those that
 * want to be and cannot. In a unit with a test or the header all of them count; elsewhere
 * those that another file can name and that make a value: a file full of fixtures. */
#include "discovery.h"
#include "heap.h"
#include "naming.h"
#include "same_type.h"
#include "type_text.h"
#include <string.h>

struct wanted {
    enum thimble_fixture_kind kind;
    const char *value;
    const struct function *function;
    const struct thimble_type *type;
};

/* Whether the function has a fixture's name. */
static bool is_wanted(const struct model *model, const struct function *function,
                      struct wanted *out) {
    const struct model_function *is = &function->is;
    if ((is->flags & THIMBLE_SYSTEM) || is->nested ||
        naming_is_test(model->options->prefix, is->name) ||
        !naming_is_fixture(is->name, &out->kind, &out->value))
        return false;
    out->function = function;
    out->type = model_bare_type(model, is->type);
    return out->type && out->type->kind == THIMBLE_FUNCTION &&
           (!naming_makes_value(out->kind) || !parameters_built_in(out->value));
}

static bool returns_void(const struct model *model, const struct wanted *wanted) {
    const struct thimble_type *returned = model_bare_type(model, wanted->type->target);
    return returned && returned->kind == THIMBLE_VOID;
}

/* Whether the signature is that of a fixture of its kind. */
static bool is_fit(const struct model *model, const struct wanted *wanted) {
    if (wanted->type->flags & THIMBLE_VARIADIC)
        return false;
    if (naming_makes_value(wanted->kind))
        return !returns_void(model, wanted);
    return returns_void(model, wanted) &&
           wanted->type->count == (wanted->kind == THIMBLE_FIXTURE_TEARDOWN);
}

/* C99's rule: its address would be an undefined symbol at the link. */
static bool has_address(const struct model_function *is) {
    return (is->flags & THIMBLE_DEFINED) &&
           ((is->flags & THIMBLE_INTERNAL) || !(is->flags & THIMBLE_INLINE));
}

/* ---- Who makes a value ---- */

const struct provider *fixtures_provider(const struct discovery *discovery, const char *value) {
    for (size_t i = 0; i < discovery->provider_count; i++)
        if (strcmp(discovery->providers[i].name, value) == 0)
            return &discovery->providers[i];
    return NULL;
}

static void see(struct discovery *discovery, bool defined) {
    const struct model *model = discovery->model;
    for (uint32_t i = 0; i < model->function_count; i++) {
        struct wanted wanted;
        const struct function *function = &model->functions[i];
        if (!is_wanted(model, function, &wanted) || !naming_makes_value(wanted.kind) ||
            !is_fit(model, &wanted) || !(function->is.flags & THIMBLE_DEFINED) == defined ||
            (!defined && fixtures_provider(discovery, wanted.value)))
            continue;
        discovery->providers =
            heap_grow(discovery->providers, &discovery->provider_capacity,
                      discovery->provider_count + 1, sizeof *discovery->providers);
        discovery->providers[discovery->provider_count++] = (struct provider){
            .kind = wanted.kind, .name = wanted.value, .function = i, .type = wanted.type->target};
    }
}

/* One that the unit calls with arguments that nobody else has is a helper of its own. */
static bool is_helper(struct discovery *discovery, const struct provider *provider) {
    char text[LONGEST_MESSAGE];
    struct line why = line_in(text, sizeof text);
    return discovery->model->functions[provider->function].used &&
           parameters_judge(discovery, provider->function, 0, &why) != PARAMETERS_PROVIDED;
}

static bool forget_helper(struct discovery *discovery) {
    for (size_t i = 0; i < discovery->provider_count; i++) {
        if (!is_helper(discovery, &discovery->providers[i]))
            continue;
        memmove(&discovery->providers[i], &discovery->providers[i + 1],
                (--discovery->provider_count - i) * sizeof *discovery->providers);
        return true;
    }
    return false;
}

void fixtures_see(struct discovery *discovery) {
    see(discovery, true);
    see(discovery, false);
    while (forget_helper(discovery))
        ;
}

/* ---- What is wrong with one ---- */

static void describe_unfit(const struct discovery *discovery, const struct wanted *wanted,
                           struct line *line) {
    const char *name = wanted->function->is.name;
    if (naming_makes_value(wanted->kind)) {
        line_add(line, "%s has to return the value for parameters named '%s': T %s(...)", name,
                 wanted->value, name);
        return;
    }
    if (wanted->kind != THIMBLE_FIXTURE_TEARDOWN) {
        line_add(line, "%s has to be void %s(void)", name, name);
        return;
    }
    const struct provider *provider = fixtures_provider(discovery, wanted->value);
    char type[LONGEST_MESSAGE / 4];
    type_text(discovery->model, provider->type, type, sizeof type);
    line_add(line, "%s has to be void %s(%s), for it takes what %s makes", name, name, type,
             discovery->model->functions[provider->function].is.name);
}

/* Whether a teardown is about a value of another type. */
static bool is_mistyped(const struct discovery *discovery, uint32_t function,
                        const struct provider *provider) {
    const struct model *model = discovery->model;
    return provider && !takes_type(model, parameters_get(model, function, 0)->type, provider->type);
}

/* A name that means nothing here unless the signature is right. */
static bool means_nothing(const struct discovery *discovery, const struct wanted *wanted) {
    return wanted->function->used || (wanted->kind == THIMBLE_FIXTURE_TEARDOWN &&
                                      !fixtures_provider(discovery, wanted->value));
}

/* Not if it is a helper. */
static bool makes_value(const struct discovery *discovery, uint32_t function) {
    for (size_t i = 0; i < discovery->provider_count; i++)
        if (discovery->providers[i].function == function)
            return true;
    return false;
}

/* Whether a function with a fixture's name is one; says so where it is not by mistake. */
static bool is_fixture(struct discovery *discovery, uint32_t index, const struct wanted *wanted) {
    const struct model *model = discovery->model;
    const struct provider *provider = fixtures_provider(discovery, wanted->value);
    char text[LONGEST_MESSAGE];
    struct line line = line_in(text, sizeof text);
    if (!is_fit(model, wanted)) {
        if (discovery->strict && model->test_count && !means_nothing(discovery, wanted)) {
            describe_unfit(discovery, wanted, &line);
            discovery_say(discovery, index, THIMBLE_NONE, text);
        }
        return false;
    }
    if (naming_makes_value(wanted->kind))
        return makes_value(discovery, index) &&
               parameters_judge(discovery, index, 0, &line) != PARAMETERS_WRONG;
    if (wanted->kind != THIMBLE_FIXTURE_TEARDOWN)
        return true;
    if (!is_mistyped(discovery, index, provider))
        return provider || !wanted->function->used;
    if (discovery->strict) {
        describe_unfit(discovery, wanted, &line);
        discovery_say(discovery, index, 0, text);
    }
    return false;
}

/* ---- Two for one thing ---- */

/* The fixture of this kind and value that is there already, or null. */
static const struct thimble_fixture *find_twin(const struct model *model,
                                               const struct wanted *wanted) {
    for (size_t i = 0; i < model->fixture_count; i++) {
        const struct thimble_fixture *other = &model->fixtures[i];
        bool alike = naming_makes_value(wanted->kind) ? naming_makes_value(other->kind)
                                                      : other->kind == wanted->kind;
        if (alike && strcmp(intern_text(&model->strings, other->name), wanted->value) == 0)
            return other;
    }
    return NULL;
}

static void say_twin(struct discovery *discovery, uint32_t index, const struct wanted *wanted,
                     const struct thimble_fixture *twin) {
    const struct model *model = discovery->model;
    char text[LONGEST_MESSAGE];
    struct line line = line_in(text, sizeof text);
    const char *first = model->functions[twin->function].is.name;
    const char *second = wanted->function->is.name;
    if (*wanted->value)
        line_add(&line, "%s and %s both make the value for '%s': a unit has one for a name", first,
                 second, wanted->value);
    else
        line_add(&line, "%s and %s are two names for one thing: a unit has one of them", first,
                 second);
    discovery_say(discovery, index, THIMBLE_NONE, text);
}

/* ---- All of them ---- */

static void add(struct discovery *discovery, uint32_t index, const struct wanted *wanted) {
    struct model *model = discovery->model;
    const struct thimble_fixture *twin = find_twin(model, wanted);
    if (twin && discovery->strict) {
        say_twin(discovery, index, wanted, twin);
        return;
    }
    model->fixtures = heap_grow(model->fixtures, &model->fixture_capacity, model->fixture_count + 1,
                                sizeof *model->fixtures);
    uint32_t definition = wanted->function->definition;
    size_t at = model->fixture_count++;
    for (; at && model->functions[model->fixtures[at - 1].function].definition > definition; at--)
        model->fixtures[at] = model->fixtures[at - 1];
    model->fixtures[at] = (struct thimble_fixture){
        .kind = wanted->kind,
        .name = intern_add(&model->strings, wanted->value),
        .function = index,
    };
}

/* In a unit without tests: what every unit may ask for. */
static bool is_shared(const struct discovery *discovery, const struct wanted *wanted) {
    if (wanted->function->is.flags & THIMBLE_INTERNAL)
        return false;
    if (wanted->kind != THIMBLE_FIXTURE_TEARDOWN)
        return naming_makes_value(wanted->kind);
    const struct provider *provider = fixtures_provider(discovery, wanted->value);
    return provider && (discovery->model->functions[provider->function].is.flags & THIMBLE_DEFINED);
}

void fixtures_add(struct discovery *discovery) {
    struct model *model = discovery->model;
    bool all = discovery->strict || model->test_count;
    for (uint32_t i = 0; i < model->function_count; i++) {
        struct wanted wanted;
        const struct function *function = &model->functions[i];
        if (has_address(&function->is) && is_wanted(model, function, &wanted) &&
            (all || is_shared(discovery, &wanted)) && is_fixture(discovery, i, &wanted))
            add(discovery, i, &wanted);
    }
    for (size_t i = 0; i < model->fixture_count; i++)
        model_symbol(model, model->fixtures[i].function);
}
