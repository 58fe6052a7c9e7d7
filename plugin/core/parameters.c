/* parameters.c: who provides the parameters of a test or a fixture. */
#include "discovery.h"
#include "intern.h"
#include "nearest.h"
#include "same_type.h"
#include "type_text.h"
#include <string.h>

enum { LONGEST_TYPE = 256, MOST_NAMED = 6 };

/* ---- What is built in ---- */

const struct thimble_type *parameters_pointed_to(const struct model *model, uint32_t type,
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

bool parameters_is_string(const struct model *model, uint32_t type) {
    uint32_t qualifiers;
    const struct thimble_type *target = parameters_pointed_to(model, type, &qualifiers);
    return target && target->kind == THIMBLE_CHAR && qualifiers == THIMBLE_CONST;
}

static bool is_capture(const struct model *model, uint32_t type) {
    uint32_t qualifiers;
    const struct thimble_type *target = parameters_pointed_to(model, type, &qualifiers);
    if (!target || target->kind != THIMBLE_STRUCT)
        return false;
    /* The header's macro renames the tag; a struct capture with members is the program's. */
    const char *tag = intern_text(&model->strings, target->name);
    return strcmp(tag, "thimble_capture") == 0 ||
           (strcmp(tag, "capture") == 0 && (target->flags & THIMBLE_INCOMPLETE));
}

static const struct built_in {
    const char *name, *declaration;
    bool (*fits)(const struct model *, uint32_t type);
} built_in[] = {
    {"tmp_path", "const char *tmp_path", parameters_is_string},
    {"capture", "struct capture *capture", is_capture},
};

enum { BUILT_IN_COUNT = sizeof built_in / sizeof *built_in };

static const struct built_in *find_built_in(const char *name) {
    for (int i = 0; i < BUILT_IN_COUNT; i++)
        if (strcmp(built_in[i].name, name) == 0)
            return &built_in[i];
    return NULL;
}

bool parameters_built_in(const char *name) {
    return find_built_in(name);
}

/* ---- Parameters ---- */

const struct thimble_member *parameters_get(const struct model *model, uint32_t function,
                                            uint32_t i) {
    const struct thimble_type *type = model_bare_type(model, model->functions[function].is.type);
    return &model->members[type->first + i];
}

uint32_t parameters_count(const struct model *model, uint32_t function) {
    return (uint32_t)model_bare_type(model, model->functions[function].is.type)->count;
}

const char *parameters_name(const struct model *model, const struct thimble_member *parameter) {
    const char *name = intern_text(&model->strings, parameter->name);
    return strncmp(name, "thimble_", 8) == 0 ? name + 8 : name;
}

/* ---- What is wrong with one ---- */

static void add_declaration(const struct model *model, uint32_t type, const char *name,
                            struct line *line) {
    char text[LONGEST_TYPE];
    type_text(model, type, text, sizeof text);
    size_t length = strlen(text);
    bool star = length && text[length - 1] == '*';
    line_add(line, "%s%s%s", text, star ? "" : " ", name);
}

/* Whom the unit knows to provide something. */
static void add_known(const struct discovery *discovery, struct line *line) {
    size_t more = discovery->provider_count < MOST_NAMED ? discovery->provider_count : MOST_NAMED;
    line_add(line, ": thimble knows %s", built_in[0].declaration);
    for (size_t i = 1; i < BUILT_IN_COUNT + more; i++) {
        line_add(line, i + 1 == BUILT_IN_COUNT + more ? " and " : ", ");
        if (i < BUILT_IN_COUNT) {
            line_add(line, "%s", built_in[i].declaration);
            continue;
        }
        const struct provider *provider = &discovery->providers[i - BUILT_IN_COUNT];
        add_declaration(discovery->model, provider->type, provider->name, line);
    }
}

/* The name that was meant, of somebody who provides this very type; or null. */
static const char *meant_name(const struct discovery *discovery, const char *name, uint32_t type) {
    const char *nearest = NULL;
    unsigned best = ~0u;
    for (size_t i = 0; i < BUILT_IN_COUNT + discovery->provider_count; i++) {
        const struct provider *provider =
            i < BUILT_IN_COUNT ? NULL : &discovery->providers[i - BUILT_IN_COUNT];
        const char *other = provider ? provider->name : built_in[i].name;
        unsigned distance = nearest_distance(name, other);
        if (distance >= best || !nearest_is_slip(name, other, distance))
            continue;
        if (provider ? !takes_type(discovery->model, type, provider->type)
                     : !built_in[i].fits(discovery->model, type))
            continue;
        best = distance;
        nearest = other;
    }
    return nearest;
}

static void describe_missing(const struct discovery *discovery, const char *function, uint32_t i,
                             const char *name, const char *meant, struct line *line) {
    if (*name)
        line_add(line, "nobody provides the parameter '%s' of %s", name, function);
    else
        line_add(line, "nobody provides parameter %u of %s, which has no name", (unsigned)i + 1,
                 function);
    add_known(discovery, line);
    if (meant)
        line_add(line, "; did you mean '%s'?", meant);
}

static void describe_mistyped(const struct discovery *discovery, uint32_t function,
                              const struct thimble_member *parameter,
                              const struct provider *provider, struct line *line) {
    const struct model *model = discovery->model;
    char type[LONGEST_TYPE];
    const char *name = parameters_name(model, parameter);
    type_text(model, parameter->type, type, sizeof type);
    line_add(line, "the parameter '%s' of %s is a '%s': ", name, model->functions[function].is.name,
             type);
    if (!provider) {
        line_add(line, "thimble provides %s", find_built_in(name)->declaration);
        return;
    }
    type_text(model, provider->type, type, sizeof type);
    line_add(line, "%s makes a '%s'", model->functions[provider->function].is.name, type);
}

/* ---- The verdict ---- */

/* Of one parameter; the line is filled where it is not provided. */
static enum parameters_verdict judge(const struct discovery *discovery, uint32_t function,
                                     uint32_t i, struct line *line) {
    const struct model *model = discovery->model;
    const struct thimble_member *parameter = parameters_get(model, function, i);
    const char *name = parameters_name(model, parameter);
    const struct provider *provider = fixtures_provider(discovery, name);
    const struct built_in *known = find_built_in(name);
    if (known ? known->fits(model, parameter->type)
              : provider && takes_type(model, parameter->type, provider->type))
        return PARAMETERS_PROVIDED;
    if (known || provider) {
        describe_mistyped(discovery, function, parameter, provider, line);
        return PARAMETERS_WRONG;
    }
    const char *meant = *name ? meant_name(discovery, name, parameter->type) : NULL;
    describe_missing(discovery, model->functions[function].is.name, i, name, meant, line);
    return (meant && discovery->strict) || !*name ? PARAMETERS_WRONG : PARAMETERS_UNSEEN;
}

/* What is wrong is the user's mistake only where the unit is plainly about tests and has no
 * other use for the function. */
enum parameters_verdict parameters_judge(struct discovery *discovery, uint32_t function,
                                         uint32_t first, struct line *why) {
    enum parameters_verdict worst = PARAMETERS_PROVIDED;
    bool used = discovery->model->functions[function].used;
    uint32_t count = parameters_count(discovery->model, function);
    for (uint32_t i = first; i < count; i++) {
        char text[LONGEST_MESSAGE];
        struct line line = line_in(text, sizeof text);
        enum parameters_verdict verdict = judge(discovery, function, i, &line);
        if (verdict == PARAMETERS_PROVIDED)
            continue;
        if (verdict == PARAMETERS_WRONG && discovery->strict && !used)
            discovery_say(discovery, function, i, text);
        if (verdict > worst)
            worst = verdict;
        if (!why->length)
            line_add(why, "%s", text);
    }
    if (!used || worst == PARAMETERS_PROVIDED)
        return worst;
    line_add(why, "; the unit uses it as a helper");
    return PARAMETERS_WRONG;
}
