/* What the header's functions take: values that C could compare, formats and their values. */
#include "check.h"

#include <string.h>

#include "sample.h"
#include "values.h"

static struct model *model;
static uint64_t next_key;

static uint32_t type(enum thimble_type_kind kind, const char *name, uint64_t size,
                     uint32_t target) {
    uint32_t index = model_type_add(model, ++next_key);
    struct model_type is = {.kind = kind, .name = name, .size = size, .target = target};
    model_type_set(model, index, &is);
    return index;
}

static char message[512];

static const char *compared(uint32_t a, uint32_t b) {
    uint32_t types[] = {a, b};
    message[0] = '\0';
    return values_fit(model, VALUES_COMPARABLE, NULL, types, 2, message, sizeof message) ? ""
                                                                                         : message;
}

static const char *formatted(const char *format, uint32_t a, uint32_t b) {
    uint32_t types[] = {a, b};
    size_t count = (a != THIMBLE_NONE) + (b != THIMBLE_NONE);
    message[0] = '\0';
    return values_fit(model, VALUES_FORMATTED, format, types, count, message, sizeof message)
               ? ""
               : message;
}

static void check_compared(uint32_t number, uint32_t text) {
    uint32_t real = type(THIMBLE_FLOAT, "double", 8, THIMBLE_NONE);
    uint32_t one = type(THIMBLE_STRUCT, "one", 8, THIMBLE_NONE);
    uint32_t other = type(THIMBLE_STRUCT, "other", 8, THIMBLE_NONE);
    uint32_t named = type(THIMBLE_TYPEDEF, "one_t", 8, one);
    uint32_t nothing = type(THIMBLE_POINTER, NULL, 8, type(THIMBLE_VOID, NULL, 0, THIMBLE_NONE));
    uint32_t numbers = type(THIMBLE_POINTER, NULL, 8, number);
    uint32_t fixed = type(THIMBLE_QUALIFIED, NULL, 4, number);
    uint32_t fixed_numbers = type(THIMBLE_POINTER, NULL, 8, fixed);
    CHECK_TEXT(compared(number, real), "");
    CHECK_TEXT(compared(one, named), "");
    CHECK_TEXT(compared(numbers, nothing), "");
    CHECK_TEXT(compared(numbers, fixed_numbers), "");
    CHECK_CONTAINS(compared(one, other), "a 'struct one' and a 'struct other' cannot be compared");
    CHECK_CONTAINS(compared(one, number), "'struct one' and a 'int'");
    CHECK_CONTAINS(compared(numbers, text), "cannot be compared");
    CHECK_CONTAINS(compared(text, number), "write NULL for a null pointer");
}

static void check_formatted(uint32_t number, uint32_t text) {
    uint32_t large = type(THIMBLE_INTEGER, "unsigned long", 8, THIMBLE_NONE);
    uint32_t real = type(THIMBLE_FLOAT, "double", 8, THIMBLE_NONE);
    uint32_t longer = type(THIMBLE_FLOAT, "long double", 16, THIMBLE_NONE);
    const uint32_t none = THIMBLE_NONE;
    CHECK_TEXT(formatted("", none, none), "");
    CHECK_TEXT(formatted("100 %%", none, none), "");
    CHECK_TEXT(formatted("%d %s", number, text), "");
    CHECK_TEXT(formatted("%-5.3d", number, none), "");
    CHECK_TEXT(formatted("%*d", number, number), "");
    CHECK_TEXT(formatted("%r%r", text, real), "");
    CHECK_TEXT(formatted("%lu %zx", large, large), "");
    CHECK_TEXT(formatted("%Lf %g", longer, real), "");
    CHECK_CONTAINS(formatted("%d", large, none), "'%d' does not take a 'unsigned long'");
    CHECK_CONTAINS(formatted("%ld", number, none), "does not take a 'int'");
    CHECK_CONTAINS(formatted("%s", number, none), "%r takes any value");
    CHECK_CONTAINS(formatted("%f", number, none), "does not take");
    CHECK_CONTAINS(formatted("%.*f", real, real), "'*' takes an int");
    CHECK_CONTAINS(formatted("%d %d", number, none), "no value for '%d'");
    CHECK_CONTAINS(formatted("%d", number, number), "conversions for 1 value, not 2");
    CHECK_CONTAINS(formatted("%n", number, none), "does not know the conversion '%n'");
    CHECK_CONTAINS(formatted("%", none, none), "does not know the conversion '%'");
}

void check_value_types(void) {
    struct options options;
    options_init(&options);
    model = model_new(&options, "zoo.c", "/src", "a compiler");
    uint32_t number = type(THIMBLE_INTEGER, "int", 4, THIMBLE_NONE);
    uint32_t text = type(THIMBLE_POINTER, NULL, 8, type(THIMBLE_CHAR, "char", 1, THIMBLE_NONE));
    check_compared(number, text);
    check_formatted(number, text);
    CHECK(values_rule("thimble_assert_equal_at") == VALUES_COMPARABLE);
    CHECK(values_rule("thimble_mock_at") == VALUES_ANY);
    model_free(model);
    options_free(&options);
}
