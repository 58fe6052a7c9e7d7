#include "check.h"

#include "model_data.h"
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

static void check_name(struct sample *sample, enum thimble_type_kind kind, const char *name,
                       const char *wanted, int line) {
    uint32_t type = sample_type(
        sample, &(struct model_type){.kind = kind, .name = name, .target = THIMBLE_NONE});
    check_spelling(sample, type, wanted, line);
}

#define NAMES(kind, name, wanted) check_name(sample, (kind), (name), (wanted), __LINE__)

/* What GCC calls a type, what Clang does, and what else C allows. */
static void check_arithmetic(struct sample *sample) {
    NAMES(THIMBLE_INTEGER, "int", "int");
    NAMES(THIMBLE_INTEGER, "signed", "int");
    NAMES(THIMBLE_INTEGER, "unsigned int", "unsigned int");
    NAMES(THIMBLE_INTEGER, "unsigned", "unsigned int");
    NAMES(THIMBLE_INTEGER, "short int", "short");
    NAMES(THIMBLE_INTEGER, "short", "short");
    NAMES(THIMBLE_INTEGER, "short unsigned int", "unsigned short");
    NAMES(THIMBLE_INTEGER, "unsigned short", "unsigned short");
    NAMES(THIMBLE_INTEGER, "long int", "long");
    NAMES(THIMBLE_INTEGER, "long unsigned int", "unsigned long");
    NAMES(THIMBLE_INTEGER, "long long int", "long long");
    NAMES(THIMBLE_INTEGER, "long long unsigned int", "unsigned long long");
    NAMES(THIMBLE_INTEGER, "unsigned long long", "unsigned long long");
    NAMES(THIMBLE_INTEGER, "signed char", "signed char");
    NAMES(THIMBLE_INTEGER, "unsigned char", "unsigned char");
    NAMES(THIMBLE_CHAR, "char", "char");
    NAMES(THIMBLE_INTEGER, "__int128", "__int128");
    NAMES(THIMBLE_INTEGER, "__int128 unsigned", "unsigned __int128");
    NAMES(THIMBLE_INTEGER, "unsigned __int128", "unsigned __int128");
    NAMES(THIMBLE_INTEGER, "unsigned _BitInt(7)", "unsigned _BitInt(7)");
    NAMES(THIMBLE_INTEGER, "an odd name", "an odd name");
    NAMES(THIMBLE_INTEGER, "longish", "longish");
    NAMES(THIMBLE_INTEGER, NULL, "?");
    NAMES(THIMBLE_FLOAT, "float", "float");
    NAMES(THIMBLE_FLOAT, "long double", "long double");
    NAMES(THIMBLE_FLOAT, "_Float128", "_Float128");
    NAMES(THIMBLE_FLOAT, "__float128", "_Float128");
    NAMES(THIMBLE_BOOL, "bool", "_Bool");
    NAMES(THIMBLE_BOOL, NULL, "_Bool");
    /* Names that are somebody's own. */
    NAMES(THIMBLE_TYPEDEF, "unsigned", "unsigned");
    NAMES(THIMBLE_OPAQUE, "long int", "long int");
    uint32_t part = sample_type(
        sample,
        &(struct model_type){.kind = THIMBLE_FLOAT, .name = "long double", .target = THIMBLE_NONE});
    struct model_type complex = {
        .kind = THIMBLE_COMPLEX, .name = "complex long double", .target = part};
    SPELLS(sample_type(sample, &complex), "_Complex long double");
    complex.name = NULL;
    SPELLS(sample_type(sample, &complex), "_Complex long double");
}

/* Padding is nobody's to see. */
static void check_padding(struct sample *sample) {
    struct model_member members[] = {
        {.type = sample->int_type, .width = 3, .bitfield = true},
        {.name = "flag", .type = sample->int_type, .offset = 3, .width = 1, .bitfield = true},
        {.type = sample->int_type, .offset = 4, .bitfield = true},
        {.type = sample->struct_capture, .offset = 32},
    };
    uint32_t type = sample_struct(sample, "padded");
    model_type_members(sample->model, type, members, 4);
    const struct thimble_type *is = &sample->model->types[type];
    const struct thimble_member *first = &sample->model->members[is->first];
    CHECK(is->count == 2);
    CHECK(first[0].offset == 3 && first[0].width == 1 && first[1].offset == 32);
}

void check_types(void) {
    struct sample sample;
    sample_start(&sample);
    check_pointers(&sample);
    check_declarators(&sample);
    check_endless(&sample);
    check_incomplete(&sample);
    check_arithmetic(&sample);
    check_padding(&sample);
    sample_end(&sample);
}
