#include "sample.h"

#include <stdio.h>
#include <string.h>

uint32_t sample_type(struct sample *sample, const struct model_type *is) {
    uint32_t type = model_type_add(sample->model, sample->next_key++);
    model_type_set(sample->model, type, is);
    return type;
}

uint32_t sample_pointer(struct sample *sample, uint32_t target) {
    return sample_type(
        sample,
        &(struct model_type){.kind = THIMBLE_POINTER, .size = 8, .align = 8, .target = target});
}

uint32_t sample_qualified(struct sample *sample, uint32_t target, uint32_t qualifiers) {
    return sample_type(
        sample,
        &(struct model_type){.kind = THIMBLE_QUALIFIED, .target = target, .flags = qualifiers});
}

uint32_t sample_typedef(struct sample *sample, const char *name, uint32_t target) {
    return sample_type(
        sample, &(struct model_type){.kind = THIMBLE_TYPEDEF, .name = name, .target = target});
}

uint32_t sample_array(struct sample *sample, uint32_t target, uint64_t count) {
    return sample_type(
        sample, &(struct model_type){.kind = THIMBLE_ARRAY, .target = target, .count = count});
}

uint32_t sample_struct(struct sample *sample, const char *tag) {
    return sample_type(sample, &(struct model_type){.kind = THIMBLE_STRUCT,
                                                    .name = tag,
                                                    .target = THIMBLE_NONE,
                                                    .flags = THIMBLE_INCOMPLETE});
}

uint32_t sample_function_type(struct sample *sample, uint32_t returned,
                              const struct model_member *parameters, size_t count) {
    uint32_t type =
        sample_type(sample, &(struct model_type){.kind = THIMBLE_FUNCTION, .target = returned});
    model_type_members(sample->model, type, parameters, count);
    return type;
}

uint32_t sample_function(struct sample *sample, const struct model_function *is) {
    struct model_function function = *is;
    if (!function.symbol)
        function.symbol = function.name;
    if (!function.file)
        function.file = "zoo.c";
    function.main_file = strcmp(function.file, "zoo.c") == 0;
    return model_function_add(sample->model, sample->next_key++, &function);
}

uint32_t sample_test(struct sample *sample, const char *name, const char *parameter,
                     uint32_t type) {
    return sample_fixture(sample, name, sample->void_type, parameter, type);
}

uint32_t sample_fixture(struct sample *sample, const char *name, uint32_t returned,
                        const char *parameter, uint32_t type) {
    struct model_member member = {.name = parameter, .type = type};
    uint32_t function_type = sample_function_type(sample, returned, &member, parameter != NULL);
    return sample_function(sample,
                           &(struct model_function){.name = name,
                                                    .line = 10,
                                                    .type = function_type,
                                                    .flags = THIMBLE_DEFINED | THIMBLE_INTERNAL});
}

void sample_start(struct sample *sample) {
    memset(sample, 0, sizeof *sample);
    options_init(&sample->options);
    sample->model = model_new(&sample->options, "./zoo.c", "/src", "GCC 12.2.0");
    sample->void_type =
        sample_type(sample, &(struct model_type){.kind = THIMBLE_VOID, .target = THIMBLE_NONE});
    sample->int_type = sample_type(sample, &(struct model_type){.kind = THIMBLE_INTEGER,
                                                                .name = "int",
                                                                .size = 4,
                                                                .align = 4,
                                                                .flags = THIMBLE_SIGNED,
                                                                .target = THIMBLE_NONE});
    sample->char_type = sample_type(sample, &(struct model_type){.kind = THIMBLE_CHAR,
                                                                 .name = "char",
                                                                 .size = 1,
                                                                 .align = 1,
                                                                 .flags = THIMBLE_SIGNED,
                                                                 .target = THIMBLE_NONE});
    sample->const_char = sample_qualified(sample, sample->char_type, THIMBLE_CONST);
    sample->string = sample_pointer(sample, sample->const_char);
    sample->struct_capture = sample_struct(sample, "thimble_capture");
    sample->capture = sample_pointer(sample, sample->struct_capture);
    sample->takes_nothing = sample_function_type(sample, sample->void_type, NULL, 0);
}

void sample_end(struct sample *sample) {
    model_free(sample->model);
    options_free(&sample->options);
}

static void note_error(void *context, const struct model_place *place, const char *message) {
    struct sample *sample = context;
    sample->errors++;
    sample->error_function = place->function;
    sample->error_parameter = place->parameter;
    sample->error_object = place->object;
    snprintf(sample->message, sizeof sample->message, "%s", message);
}

void sample_finish(struct sample *sample) {
    model_finish(sample->model, note_error, sample);
}
