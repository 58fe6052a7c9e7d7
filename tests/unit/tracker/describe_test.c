/* How a leak is told. */

#include "kit.h"
#include "tracker/traces.h"

#include <string.h>

#include "tracker/tracker.h"

/* A unit of which only what is described is there. */

static const char strings[] = "\0zoo.c\0malloc\0add\0char\0animal\0animal_t\0int";
enum { NOTHING, FILE_NAME, MALLOC = 7, ADD = 14, CHAR = 18, ANIMAL = 23, ANIMAL_T = 30, INT = 39 };

enum {
    CHAR_TYPE,
    INT_TYPE,
    STRUCT_TYPE,
    NAMELESS_TYPE,
    TYPEDEF_TYPE,
    CONST_CHAR,
    POINTER,
    POINTER_TO_POINTER,
    CONST_POINTER,
    ARRAY,
    POINTER_TO_ARRAY,
    FUNCTION,
    POINTER_TO_FUNCTION,
    ARRAY_OF_POINTERS,
    UNBOUNDED,
    VOID_TYPE,
    OPAQUE_TYPE,
    CIRCLE,
    TYPES
};

static const struct thimble_type types[TYPES] = {
    [CHAR_TYPE] = {.kind = THIMBLE_CHAR, .name = CHAR},
    [INT_TYPE] = {.kind = THIMBLE_INTEGER, .name = INT},
    [STRUCT_TYPE] = {.kind = THIMBLE_STRUCT, .name = ANIMAL},
    [NAMELESS_TYPE] = {.kind = THIMBLE_UNION},
    [TYPEDEF_TYPE] = {.kind = THIMBLE_TYPEDEF, .name = ANIMAL_T, .target = STRUCT_TYPE},
    [CONST_CHAR] = {.kind = THIMBLE_QUALIFIED, .flags = THIMBLE_CONST, .target = CHAR_TYPE},
    [POINTER] = {.kind = THIMBLE_POINTER, .target = CONST_CHAR},
    [POINTER_TO_POINTER] = {.kind = THIMBLE_POINTER, .target = POINTER},
    [CONST_POINTER] = {.kind = THIMBLE_QUALIFIED, .flags = THIMBLE_CONST, .target = POINTER},
    [ARRAY] = {.kind = THIMBLE_ARRAY, .count = 3, .target = INT_TYPE},
    [POINTER_TO_ARRAY] = {.kind = THIMBLE_POINTER, .target = ARRAY},
    [FUNCTION] = {.kind = THIMBLE_FUNCTION, .target = INT_TYPE},
    [POINTER_TO_FUNCTION] = {.kind = THIMBLE_POINTER, .target = FUNCTION},
    [ARRAY_OF_POINTERS] = {.kind = THIMBLE_ARRAY, .count = 2, .target = POINTER_TO_FUNCTION},
    [UNBOUNDED] = {.kind = THIMBLE_ARRAY, .flags = THIMBLE_INCOMPLETE, .target = INT_TYPE},
    [VOID_TYPE] = {.kind = THIMBLE_VOID},
    [OPAQUE_TYPE] = {.kind = THIMBLE_OPAQUE},
    [CIRCLE] = {.kind = THIMBLE_POINTER, .target = CIRCLE},
};

static const struct thimble_function functions[] = {{.name = MALLOC}, {.name = ADD}};

static const char *describe(uint32_t type, size_t count, size_t bytes) {
    static char buffer[256];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    struct thimble_site site = {.file = FILE_NAME, .line = 42, .function = 1, .type = type};
    static struct unit units[64]; /* a number is for ever */
    static int used;
    struct unit unit = {.strings = strings,
                        .strings_size = sizeof(strings),
                        .types = types,
                        .type_count = TYPES,
                        .functions = functions,
                        .function_count = 2,
                        .site_count = 1};
    static struct thimble_site sites[64];
    sites[used] = site;
    unit.sites = &sites[used];
    units[used] = unit;
    _thimble_number_sites(&units[used]);
    struct leak leak = {.trace = units[used++].first_trace, .count = count, .bytes = bytes};
    _thimble_describe_leak(&text, &leak);
    return buffer;
}

static bool names(uint32_t type, const char *wanted) {
    char line[256];
    snprintf(line, sizeof(line), "zoo.c:42: 2 blocks of %s, 16 bytes, allocated by malloc in add",
             wanted);
    return strcmp(describe(type, 2, 16), line) == 0;
}

static void test_types_names(void) {
    CHECK(names(CHAR_TYPE, "char"));
    CHECK(names(STRUCT_TYPE, "struct animal"));
    CHECK(names(NAMELESS_TYPE, "union {...}"));
    CHECK(names(TYPEDEF_TYPE, "animal_t"));
    CHECK(names(CONST_CHAR, "char"));
    CHECK(names(POINTER, "const char *"));
    CHECK(names(POINTER_TO_POINTER, "const char **"));
    CHECK(names(CONST_POINTER, "const char *"));
    CHECK(names(ARRAY, "int[3]"));
    CHECK(names(POINTER_TO_ARRAY, "int (*)[3]"));
    CHECK(names(POINTER_TO_FUNCTION, "int (*)()"));
    CHECK(names(ARRAY_OF_POINTERS, "int (*[2])()"));
    CHECK(names(UNBOUNDED, "int[]"));
    CHECK(names(VOID_TYPE, "void"));
    CHECK(names(OPAQUE_TYPE, "?"));
    CHECK(names(THIMBLE_NONE, "?"));
    CHECK(strstr(describe(CIRCLE, 1, 1), "?"));
}

static void test_one_and_many(void) {
    CHECK(strcmp(describe(CHAR_TYPE, 1, 1),
                 "zoo.c:42: 1 block of char, 1 byte, allocated by malloc in add") == 0);
    CHECK(strcmp(describe(CHAR_TYPE, 2, 0),
                 "zoo.c:42: 2 blocks of char, 0 bytes, allocated by malloc in add") == 0);
}

void run_describe_tests(void) {
    TEST(test_types_names);
    TEST(test_one_and_many);
}
