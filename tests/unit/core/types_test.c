#include "check.h"

#include "model.h"
#include "sample.h"
#include "type_text.h"

static void check_spelling(const struct sample *sample, uint32_t type, const char *wanted,
                           int line) {
    char text[256];
    type_text(sample->model, type, text, sizeof text);
    check_text(text, wanted, __FILE__, line);
}

#define SPELLS(type, wanted) check_spelling(sample, (type), (wanted), __LINE__)

static void check_pointers(struct sample *sample) {
    SPELLS(sample->void_type, "void");
    SPELLS(sample->const_char, "const char");
    SPELLS(sample->string, "const char *");
    SPELLS(sample->capture, "struct thimble_capture *");
    SPELLS(sample_pointer(sample, sample->string), "const char **");
    SPELLS(sample_qualified(sample, sample->string, THIMBLE_CONST), "const char *const");
    SPELLS(sample_pointer(
               sample, sample_qualified(sample, sample->string, THIMBLE_CONST | THIMBLE_RESTRICT)),
           "const char *const restrict *");
    SPELLS(
        sample_qualified(sample, sample_typedef(sample, "zoo", sample->capture), THIMBLE_VOLATILE),
        "volatile zoo");
    SPELLS(sample_struct(sample, NULL), "struct {...}");
    SPELLS(THIMBLE_NONE, "?");
    SPELLS(model_type_add(sample->model, 999), "?");
}

static void check_declarators(struct sample *sample) {
    uint32_t row = sample_array(sample, sample->int_type, 3);
    SPELLS(row, "int [3]");
    SPELLS(sample_array(sample, row, 2), "int [2][3]");
    SPELLS(sample_pointer(sample, row), "int (*)[3]");
    SPELLS(sample_array(sample, sample->string, 4), "const char *[4]");
    SPELLS(sample->takes_nothing, "void (void)");
    uint32_t callback = sample_pointer(sample, sample->takes_nothing);
    SPELLS(callback, "void (*)(void)");
    SPELLS(sample_qualified(sample, callback, THIMBLE_CONST), "void (*const)(void)");
    SPELLS(sample_array(sample, callback, 5), "void (*[5])(void)");
    struct model_member parameters[] = {{.name = "row", .type = sample_pointer(sample, row)},
                                        {.name = "done", .type = callback}};
    uint32_t taker = sample_function_type(sample, callback, parameters, 2);
    SPELLS(taker, "void (*(int (*)[3], void (*)(void)))(void)");
    uint32_t printer = sample_type(sample, &(struct model_type){.kind = THIMBLE_FUNCTION,
                                                                .target = sample->int_type,
                                                                .flags = THIMBLE_VARIADIC});
    model_type_members(sample->model, printer, &(struct model_member){.type = sample->string}, 1);
    SPELLS(printer, "int (const char *, ...)");
    SPELLS(sample_type(sample, &(struct model_type){.kind = THIMBLE_FUNCTION,
                                                    .target = sample->int_type,
                                                    .flags = THIMBLE_UNPROTOTYPED}),
           "int ()");
}

/* Types as no compiler makes them must not hang or crash us. */
static void check_endless(struct sample *sample) {
    uint32_t type = model_type_add(sample->model, 1000);
    model_type_set(sample->model, type,
                   &(struct model_type){.kind = THIMBLE_FUNCTION, .target = type});
    struct model_member parameters[] = {{.type = type}, {.type = type}, {.type = type}};
    model_type_members(sample->model, type, parameters, 3);
    char text[64];
    type_text(sample->model, type, text, sizeof text);
    CHECK_CONTAINS(text, "(");
}

static void check_incomplete(struct sample *sample) {
    uint32_t type = model_type_add(sample->model, 1001);
    CHECK(model_type_find(sample->model, 1001) == type);
    CHECK(model_type_find(sample->model, 1002) == THIMBLE_NONE);
    CHECK(!model_type_incomplete(sample->model, type));
    struct model_type animal = {.kind = THIMBLE_STRUCT,
                                .name = "animal",
                                .target = THIMBLE_NONE,
                                .flags = THIMBLE_INCOMPLETE};
    model_type_set(sample->model, type, &animal);
    CHECK(model_type_incomplete(sample->model, type));
    animal.flags = 0;
    animal.size = 8;
    model_type_set(sample->model, type, &animal);
    CHECK(!model_type_incomplete(sample->model, type));
    SPELLS(type, "struct animal");
}

void check_types(void) {
    struct sample sample;
    sample_start(&sample);
    check_pointers(&sample);
    check_declarators(&sample);
    check_endless(&sample);
    check_incomplete(&sample);
    sample_end(&sample);
}
