/* What calls pass beyond what a function's type says. */
#include "check.h"

#include "call_types.h"
#include "model_data.h"
#include "sample.h"

static struct sample sample;

static uint32_t function_of(uint32_t flags, const struct model_member *parameters, size_t count) {
    uint32_t type = sample_function_type(&sample, sample.int_type, parameters, count);
    model_type_set(
        sample.model, type,
        &(struct model_type){.kind = THIMBLE_FUNCTION, .target = sample.int_type, .flags = flags});
    return sample_function(&sample, &(struct model_function){.name = "f", .type = type});
}

static void check_member(uint32_t call, uint32_t i, const char *name, uint32_t type) {
    const struct thimble_type *is = &sample.model->types[call];
    CHECK(is->kind == THIMBLE_FUNCTION && is->flags == 0 && is->target == sample.int_type);
    CHECK(i < is->count);
    const struct thimble_member *member = &sample.model->members[is->first + i];
    CHECK_TEXT(intern_text(&sample.model->strings, member->name), name);
    CHECK(member->type == type);
}

/* Alike whatever the values' own qualifiers are. */
static void check_variadic(void) {
    struct model_member format = {.name = "format", .type = sample.string};
    uint32_t function = function_of(THIMBLE_VARIADIC, &format, 1);
    uint32_t constant = sample_qualified(&sample, sample.int_type, THIMBLE_CONST);
    uint32_t text = sample_pointer(&sample, sample.char_type);
    uint32_t one[] = {text, sample.int_type, text}, other[] = {text, constant, text};
    CHECK(call_types_needed(sample.model, function));
    uint32_t type = call_types_add(sample.model, function, one, 3);
    CHECK(call_types_add(sample.model, function, other, 3) == type);
    CHECK(sample.model->types[type].count == 3);
    check_member(type, 0, "format", sample.string); /* as the prototype has it */
    check_member(type, 1, "", sample.int_type);
    check_member(type, 2, "", text);
    CHECK(call_types_add(sample.model, function, one, 2) != type);
    CHECK(call_types_add(sample.model, function, one, 1) !=
          call_types_add(sample.model, function, one, 2));
    struct model_member pattern = {.name = "pattern", .type = sample.string};
    uint32_t another = function_of(THIMBLE_VARIADIC, &pattern, 1);
    CHECK(call_types_add(sample.model, another, one, 3) != type);
    uint32_t again = function_of(THIMBLE_VARIADIC, &format, 1);
    CHECK(call_types_add(sample.model, again, one, 3) == type);
}

static void check_without_prototype(void) {
    struct model_member parameter = {.name = "x", .type = sample.string};
    uint32_t function = function_of(THIMBLE_UNPROTOTYPED, &parameter, 1);
    uint32_t types[] = {sample.int_type, sample.string};
    CHECK(call_types_needed(sample.model, function));
    CHECK(call_types_add(sample.model, function, types, 0) !=
          call_types_add(sample.model, function, types, 1));
    uint32_t type = call_types_add(sample.model, function, types, 2);
    check_member(type, 0, "x", sample.int_type); /* as it is passed */
    check_member(type, 1, "", sample.string);
    CHECK(!call_types_needed(sample.model, function_of(0, &parameter, 1)));
}

void check_call_types(void) {
    sample_start(&sample);
    check_variadic();
    check_without_prototype();
    sample_end(&sample);
}
