/* Every kind of argument, through a mock and back: what it was called with, what
 * it returns, between arguments of other classes. */
#include "../../../runtime/repr/repr.h"
#include "kit.h"
#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum color { RED = 1, GREEN = 2, BLUE = 4 };
struct one_int {
    int a;
};
struct two_longs { /* in two registers */
    long a, b;
};
struct mixed { /* in one of each */
    double a;
    long b;
};
struct floats { /* two in one register */
    float a, b;
};
struct three_floats {
    float a[3];
};
struct three_longs { /* in memory */
    long a, b, c;
};
struct chars {
    char a[5];
};
struct nested {
    struct one_int a;
    struct floats b[1];
    short c;
};
struct big {
    char a[80];
    double b;
};
struct with_long_double {
    long double a;
    int b;
};
struct with_complex {
    float complex a;
    int b;
};
struct bits {
    unsigned a : 3;
    int b : 20;
};
struct bits_and_double {
    unsigned a : 3;
    double b;
};
struct tagged { /* an integer, then a union of an integer and a double */
    int tag;
    union {
        double real;
        char *text;
    } a;
};
union value {
    float real;
    double wide;
};
union number {
    double real;
    long number;
};
struct large_union {
    union {
        char a[40];
        double b;
    } a;
};

static struct kit kit;
static uint32_t color, handler, cfloat, cdouble, cldouble, int128, one_int, two_longs, mixed,
    floats, three_floats, three_longs, chars, nested, big, with_long_double, with_complex, bits,
    bits_and_double, tagged, value, number, large_union;

static void a_handler(int signal) {
    (void)signal;
}
static void b_handler(int signal) {
    (void)signal;
}

/* name, type, index, a value and its repr, another and its */
#define CASES                                                                                      \
    CASE(bool, _Bool, kit.bool_, 1, "true", 0, "false")                                            \
    CASE(char, char, kit.char_, 'a', "'a'", '\n', "'\\n'")                                         \
    CASE(schar, signed char, kit.schar, -3, "-3", 127, "127")                                      \
    CASE(uchar, unsigned char, kit.uchar, 200, "200", 3, "3")                                      \
    CASE(short, short, kit.short_, -3, "-3", 300, "300")                                           \
    CASE(ushort, unsigned short, kit.ushort, 65535, "65535", 3, "3")                               \
    CASE(int, int, kit.int_, -3, "-3", 1 << 30, "1073741824")                                      \
    CASE(uint, unsigned, kit.uint, 4000000000u, "4000000000U", 3, "3U")                            \
    CASE(long, long, kit.long_, -3, "-3L", 1L << 40, "1099511627776L")                             \
    CASE(ulong, unsigned long, kit.ulong, -1UL, "18446744073709551615UL", 3, "3UL")                \
    CASE(llong, long long, kit.llong, -3, "-3LL", 5, "5LL")                                        \
    CASE(ullong, unsigned long long, kit.ullong, 3, "3ULL", 5, "5ULL")                             \
    CASE(int128, __int128, int128, -3, "-3", (__int128)5 << 70, "((__int128)320ULL << 64 | 0ULL)") \
    CASE(float, float, kit.float_, 0.1f, "0.1f", -2, "-2.0f")                                      \
    CASE(double, double, kit.double_, 0.1, "0.1", NAN, "NAN")                                      \
    CASE(ldouble, long double, kit.ldouble, 0.1L, "0.1L", -2, "-2.0L")                             \
    CASE(cfloat, float complex, cfloat, 1 + 2i, "1.0f + 2.0fi", 1 + 3i, "1.0f + 3.0fi")            \
    CASE(cdouble, double complex, cdouble, 1 + 2i, "1.0 + 2.0i", 0 + 3i, "0.0 + 3.0i")             \
    CASE(cldouble, long double complex, cldouble, 1 + 2i, "1.0L + 2.0Li", 1 + 3i, "1.0L + 3.0Li")  \
    CASE(color, enum color, color, RED | BLUE, "RED | BLUE", GREEN, "GREEN")                       \
    CASE(string, char *, kit.string, "Spot", "\"Spot\"", NULL, "NULL")                             \
    CASE(pointer, void *, kit.void_pointer, (void *)16, "(void *)0x10", (void *)32,                \
         "(void *)0x20")                                                                           \
    CASE(handler, void (*)(int), handler, a_handler, "a_handler", b_handler, "b_handler")          \
    CASE(one_int, struct one_int, one_int, {3}, "(struct one_int){.a = 3}", {4},                   \
         "(struct one_int){.a = 4}")                                                               \
    CASE(two_longs, struct two_longs, two_longs, (struct two_longs){3 COMMA - 4},                  \
         "(struct two_longs){.a = 3L, .b = -4L}", (struct two_longs){3 COMMA 4},                   \
         "(struct two_longs){.a = 3L, .b = 4L}")                                                   \
    CASE(mixed, struct mixed, mixed, (struct mixed){1.5 COMMA 7},                                  \
         "(struct mixed){.a = 1.5, .b = 7L}", (struct mixed){1.25 COMMA 7},                        \
         "(struct mixed){.a = 1.25, .b = 7L}")                                                     \
    CASE(floats, struct floats, floats, (struct floats){1.5f COMMA 2},                             \
         "(struct floats){.a = 1.5f, .b = 2.0f}", (struct floats){1.5f COMMA 3},                   \
         "(struct floats){.a = 1.5f, .b = 3.0f}")                                                  \
    CASE(three_floats, struct three_floats, three_floats,                                          \
         (struct three_floats){{1 COMMA 2 COMMA 3}},                                               \
         "(struct three_floats){.a = {1.0f, 2.0f, 3.0f}}",                                         \
         (struct three_floats){{1 COMMA 2 COMMA 4}},                                               \
         "(struct three_floats){.a = {1.0f, 2.0f, 4.0f}}")                                         \
    CASE(three_longs, struct three_longs, three_longs, (struct three_longs){1 COMMA 2 COMMA 3},    \
         "(struct three_longs){.a = 1L, .b = 2L, .c = 3L}",                                        \
         (struct three_longs){1 COMMA 2 COMMA 4},                                                  \
         "(struct three_longs){.a = 1L, .b = 2L, .c = 4L}")                                        \
    CASE(chars, struct chars, chars, {"abc"}, "(struct chars){.a = \"abc\"}", {"abcde"},           \
         "(struct chars){.a = \"abcde\"}")                                                         \
    CASE(nested, struct nested, nested, (struct nested){{1} COMMA{{2 COMMA 3}} COMMA 4},           \
         "(struct nested){.a = {.a = 1}, .b = {{.a = 2.0f, .b = 3.0f}}, .c = 4}",                  \
         (struct nested){{1} COMMA{{2 COMMA 3}} COMMA 5},                                          \
         "(struct nested){.a = {.a = 1}, .b = {{.a = 2.0f, .b = 3.0f}}, .c = 5}")                  \
    CASE(big, struct big, big, (struct big){"large" COMMA 2.5},                                    \
         "(struct big){.a = \"large\", .b = 2.5}", (struct big){"large" COMMA 3.5},                \
         "(struct big){.a = \"large\", .b = 3.5}")                                                 \
    CASE(with_long_double, struct with_long_double, with_long_double,                              \
         (struct with_long_double){2.5L COMMA 3}, "(struct with_long_double){.a = 2.5L, .b = 3}",  \
         (struct with_long_double){2.5L COMMA 4}, "(struct with_long_double){.a = 2.5L, .b = 4}")  \
    CASE(with_complex, struct with_complex, with_complex, (struct with_complex){1 + 2i COMMA 3},   \
         "(struct with_complex){.a = 1.0f + 2.0fi, .b = 3}",                                       \
         (struct with_complex){1 + 2i COMMA 4},                                                    \
         "(struct with_complex){.a = 1.0f + 2.0fi, .b = 4}")                                       \
    CASE(bits, struct bits, bits, (struct bits){5 COMMA - 7}, "(struct bits){.a = 5U, .b = -7}",   \
         (struct bits){4 COMMA - 7}, "(struct bits){.a = 4U, .b = -7}")                            \
    CASE(bits_and_double, struct bits_and_double, bits_and_double,                                 \
         (struct bits_and_double){5 COMMA 2.5}, "(struct bits_and_double){.a = 5U, .b = 2.5}",     \
         (struct bits_and_double){5 COMMA 3.5}, "(struct bits_and_double){.a = 5U, .b = 3.5}")     \
    CASE(tagged, struct tagged, tagged, (struct tagged){1 COMMA{2.5}},                             \
         "(struct tagged){.tag = 1, .a = {.real = 2.5 /* of a union */}}",                         \
         (struct tagged){2 COMMA{3.5}},                                                            \
         "(struct tagged){.tag = 2, .a = {.real = 3.5 /* of a union */}}")                         \
    CASE(value, union value, value, (union value){.wide = 2},                                      \
         "(union value){.wide = 2.0 /* of a union */}", (union value){.wide = 3.0000002},          \
         "(union value){.wide = 3.0000002 /* of a union */}")                                      \
    CASE(number, union number, number, (union number){2.5},                                        \
         "(union number){.real = 2.5 /* of a union */}", (union number){3.5},                      \
         "(union number){.real = 3.5 /* of a union */}")                                           \
    CASE(large_union, struct large_union, large_union, (struct large_union){{"large"}},            \
         "(struct large_union){.a = {.a = \"large\" /* of a union */}}",                           \
         (struct large_union){{"larger"}},                                                         \
         "(struct large_union){.a = {.a = \"larger\" /* of a union */}}")

#define COMMA ,

/* The seams, as the plugin would write them. */
#define CASE(name, T, index, a, a_repr, b, b_repr)                                                 \
    static uint32_t name##_function;                                                               \
    typedef __typeof__(T) name##_type;                                                             \
    static name##_type name##_seam(int before, name##_type it, double behind) {                    \
        name##_type (*slot)(int, name##_type, double) =                                            \
            (name##_type(*)(int, name##_type, double))kit.slots[name##_function];                  \
        return slot ? slot(before, it, behind) : it;                                               \
    }
CASES
#undef CASE

static const char *repr(uint32_t type, const void *data) {
    static struct text shown;
    shown = _thimble_growing_text();
    _thimble_repr(&shown, kit_unit(&kit), type, data);
    return shown.data;
}

static void make_structs(void) {
    one_int = kit_struct(&kit, "one_int", 4, 4, 0, MEMBERS(FIELD(struct one_int, a, kit.int_)));
    two_longs = kit_struct(
        &kit, "two_longs", 16, 8, 0,
        MEMBERS(FIELD(struct two_longs, a, kit.long_), FIELD(struct two_longs, b, kit.long_)));
    mixed =
        kit_struct(&kit, "mixed", 16, 8, 0,
                   MEMBERS(FIELD(struct mixed, a, kit.double_), FIELD(struct mixed, b, kit.long_)));
    floats = kit_struct(
        &kit, "floats", 8, 4, 0,
        MEMBERS(FIELD(struct floats, a, kit.float_), FIELD(struct floats, b, kit.float_)));
    three_floats =
        kit_struct(&kit, "three_floats", 12, 4, 0,
                   MEMBERS(FIELD(struct three_floats, a, kit_array(&kit, kit.float_, 3))));
    three_longs = kit_struct(&kit, "three_longs", 24, 8, 0,
                             MEMBERS(FIELD(struct three_longs, a, kit.long_),
                                     FIELD(struct three_longs, b, kit.long_),
                                     FIELD(struct three_longs, c, kit.long_)));
    chars = kit_struct(&kit, "chars", 5, 1, 0,
                       MEMBERS(FIELD(struct chars, a, kit_array(&kit, kit.char_, 5))));
    nested = kit_struct(&kit, "nested", sizeof(struct nested), 4, 0,
                        MEMBERS(FIELD(struct nested, a, one_int),
                                FIELD(struct nested, b, kit_array(&kit, floats, 1)),
                                FIELD(struct nested, c, kit.short_)));
    big = kit_struct(&kit, "big", 88, 8, 0,
                     MEMBERS(FIELD(struct big, a, kit_array(&kit, kit.char_, 80)),
                             FIELD(struct big, b, kit.double_)));
    with_long_double = kit_struct(&kit, "with_long_double", sizeof(struct with_long_double), 16, 0,
                                  MEMBERS(FIELD(struct with_long_double, a, kit.ldouble),
                                          FIELD(struct with_long_double, b, kit.int_)));
    with_complex = kit_struct(
        &kit, "with_complex", 12, 4, 0,
        MEMBERS(FIELD(struct with_complex, a, cfloat), FIELD(struct with_complex, b, kit.int_)));
}

static void make_bits_and_unions(void) {
    bits = kit_struct(&kit, "bits", 4, 4, 0,
                      MEMBERS(BITS("a", kit.uint, 0, 3), BITS("b", kit.int_, 3, 20)));
    bits_and_double = kit_struct(
        &kit, "bits_and_double", 16, 8, 0,
        MEMBERS(BITS("a", kit.uint, 0, 3), FIELD(struct bits_and_double, b, kit.double_)));
    uint32_t inner =
        kit_union(&kit, NULL, 8, 8, 0,
                  MEMBERS(PARAMETER("real", kit.double_), PARAMETER("text", kit.string)));
    tagged =
        kit_struct(&kit, "tagged", 16, 8, 0,
                   MEMBERS(FIELD(struct tagged, tag, kit.int_), FIELD(struct tagged, a, inner)));
    value = kit_union(&kit, "value", 8, 8, 0,
                      MEMBERS(PARAMETER("real", kit.float_), PARAMETER("wide", kit.double_)));
    number = kit_union(&kit, "number", 8, 8, 0,
                       MEMBERS(PARAMETER("real", kit.double_), PARAMETER("number", kit.long_)));
    uint32_t large = kit_union(
        &kit, NULL, 40, 8, 0,
        MEMBERS(PARAMETER("a", kit_array(&kit, kit.char_, 40)), PARAMETER("b", kit.double_)));
    large_union =
        kit_struct(&kit, "large_union", 40, 8, 0, MEMBERS(FIELD(struct large_union, a, large)));
}

static void make_types(void) {
    color = kit_enum(&kit, "color",
                     LIST(struct model_enumerator, {"RED", 1}, {"GREEN", 2}, {"BLUE", 4}));
    cfloat = kit_complex(&kit, kit.float_);
    cdouble = kit_complex(&kit, kit.double_);
    cldouble = kit_complex(&kit, kit.ldouble);
    int128 = kit_scalar(&kit, THIMBLE_INTEGER, "__int128", 16, true);
    handler = kit_pointer(
        &kit, kit_function_type(&kit, kit.void_, 0, MEMBERS(PARAMETER(NULL, kit.int_))));
    make_structs();
    make_bits_and_unions();
}

static uint32_t function_of(const char *name, uint32_t type) {
    return kit_function(
        &kit, name,
        kit_function_type(&kit, type, 0,
                          MEMBERS(PARAMETER("before", kit.int_), PARAMETER("it", type),
                                  PARAMETER("behind", kit.double_))),
        0);
}

#define CASE(name, T, index, a, a_repr, b, b_repr)                                                 \
    static void check_##name(void) {                                                               \
        struct thimble_name f = FUNCTION(&kit, name##_function, #name);                            \
        name##_type first = a, second = b;                                                         \
        struct thimble_value values[] = {VALUE(&kit, kit.int_, int, 7),                            \
                                         {{&kit.object, index, THIMBLE_REF_TYPE}, &first, "a"},    \
                                         VALUE(&kit, kit.double_, double, 2.5)};                   \
        struct thimble_value result = {{&kit.object, index, THIMBLE_REF_TYPE}, &second, "b"};      \
        thimble_mock_at("t.c", 1, f);                                                              \
        name##_type zero = name##_seam(7, first, 2.5), nothing;                                    \
        memset(&nothing, 0, sizeof nothing);                                                       \
        char wanted[4096];                                                                         \
        strcpy(wanted, repr(index, &nothing));                                                     \
        CHECK_TEXT(repr(index, &zero), wanted);                                                    \
        CHECK_TEXT(FAILURE_OF(thimble_assert_called_once_with_at("t.c", 2, f, "...", 3, values)),  \
                   "");                                                                            \
        values[1].data = &second;                                                                  \
        const char *failure =                                                                      \
            FAILURE_OF(thimble_assert_called_with_at("t.c", 3, f, "...", 3, values));              \
        CHECK_CONTAINS(failure, "expected  " #name "(before = 7, it = " b_repr);                   \
        CHECK_CONTAINS(failure, "1. " #name "(before = 7, it = " a_repr ", behind = 2.5)");        \
        thimble_mock_return_at("t.c", 4, f, result);                                               \
        name##_type returned = name##_seam(7, first, 2.5);                                         \
        CHECK_CONTAINS(repr(index, &returned), b_repr);                                            \
        kit_end_test();                                                                            \
        returned = name##_seam(7, first, 2.5);                                                     \
        CHECK_TEXT(repr(index, &returned), a_repr);                                                \
    }
CASES
#undef CASE

/* ---- Many arguments ---- */

static uint32_t ten_function;

static double ten(int a, double b, const char *c, long d, float e, struct mixed f, char g,
                  long double h, struct three_longs i, unsigned char j) {
    double (*slot)(int, double, const char *, long, float, struct mixed, char, long double,
                   struct three_longs, unsigned char) =
        (double (*)(int, double, const char *, long, float, struct mixed, char, long double,
                    struct three_longs, unsigned char))kit.slots[ten_function];
    return slot ? slot(a, b, c, d, e, f, g, h, i, j) : 0;
}

static void check_ten(void) {
    struct thimble_name f = FUNCTION(&kit, ten_function, "ten");
    struct mixed six = {6.5, 6};
    struct three_longs nine = {1, 2, 3};
    thimble_mock_return_at("t.c", 1, f, (struct thimble_value)VALUE(&kit, kit.int_, int, 3));
    CHECK(ten(1, 2.5, "three", 4, 5.5f, six, '7', 8.5L, nine, 10) == 3.0);
    struct thimble_value values[] = {
        VALUE(&kit, kit.int_, int, 1),
        VALUE(&kit, kit.double_, double, 2.5),
        VALUE(&kit, kit.string, char *, (char[]){"three"}),
        VALUE(&kit, kit.int_, int, 4),
        VALUE(&kit, kit.double_, double, 5.5),
        {{&kit.object, mixed, THIMBLE_REF_TYPE}, &six, "six"},
        VALUE(&kit, kit.int_, int, '7'),
        VALUE(&kit, kit.ldouble, long double, 8.5L),
        {{&kit.object, three_longs, THIMBLE_REF_TYPE}, &nine, "nine"},
        VALUE(&kit, kit.int_, int, 10),
    };
    CHECK_TEXT(FAILURE_OF(thimble_assert_called_once_with_at("t.c", 2, f, "...", 10, values)), "");
    values[9] = (struct thimble_value)VALUE(&kit, kit.int_, int, 11);
    CHECK_CONTAINS(FAILURE_OF(thimble_assert_called_once_with_at("t.c", 2, f, "...", 10, values)),
                   "ten(a = 1, b = 2.5, c = \"three\", d = 4L, e = 5.5f, f = (struct mixed){.a = "
                   "6.5, .b = 6L}, g = '7', h = 8.5L, i = (struct three_longs){.a = 1L, .b = 2L, "
                   ".c = 3L}, j = 10)");
    kit_end_test();
}

/* ---- What cannot be passed ---- */

static uint32_t refused[8];
static const char *const refused_names[8] = {"f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7"};

static void make_refused(void) {
    const uint32_t types[] = {
        kit_struct(&kit, "packed", 5, 1, THIMBLE_PACKED, MEMBERS(BITS("a", kit.int_, 0, 0))),
        kit_struct(&kit, "aligned", 32, 32, 0, MEMBERS(PARAMETER("a", kit.int_))),
        kit_scalar(&kit, THIMBLE_OPAQUE, "__m128", 16, false),
        kit_struct(&kit, "empty", 0, 1, 0, NULL, 0),
        kit_struct(&kit, "sqlite3", 0, 1, THIMBLE_INCOMPLETE, NULL, 0),
        kit_union(&kit, "odd", 16, 16, 0,
                  MEMBERS(PARAMETER("a", kit.ldouble), PARAMETER("b", kit.double_))),
        kit_scalar(&kit, THIMBLE_FLOAT, "_Float128", 16, true),
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        refused[i] = kit_function(
            &kit, refused_names[i],
            kit_function_type(&kit, kit.void_, 0, MEMBERS(PARAMETER("it", types[i]))), 0);
    uint32_t wrapped = kit_struct(&kit, "wrapped", 16, 16, 0, MEMBERS(PARAMETER("a", kit.ldouble)));
    refused[7] =
        kit_function(&kit, refused_names[7], kit_function_type(&kit, wrapped, 0, NULL, 0), 0);
}

static void check_refused_one(uint32_t function, const char *reason) {
    struct thimble_name f = FUNCTION(&kit, function, "refused");
    CHECK_CONTAINS(FAILURE_OF(thimble_mock_at("t.c", 5, f)), reason);
    CHECK_TEXT(FAILURE_OF(thimble_patch_at("t.c", 5, f, REPLACEMENT((void (*)(void))test_passing))),
               "");
    kit_end_test();
}

static void check_refused(void) {
    static const char *const reasons[] = {
        "a mock cannot receive parameter 1: struct packed it is packed",
        "a mock cannot receive parameter 1: struct aligned it is aligned or packed in a way of its "
        "own",
        "a mock cannot receive parameter 1: __m128 it has no counterpart in the closure library",
        "a mock cannot receive parameter 1: struct empty it has no members",
        "a mock cannot receive parameter 1: struct sqlite3 it is incomplete here",
        "a mock cannot receive parameter 1: union odd it overlays a long double with something "
        "else",
        "a mock cannot receive parameter 1: _Float128 it has no counterpart in the closure library",
        "a mock cannot return its value: struct wrapped is a struct of one long double",
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        check_refused_one(refused[i], reasons[i]);
}

void test_passing(void) {
    kit_start(&kit, "passing.c");
    make_types();
#define CASE(name, T, index, a, a_repr, b, b_repr) name##_function = function_of(#name, index);
    CASES
#undef CASE
    ten_function = kit_function(
        &kit, "ten",
        kit_function_type(&kit, kit.double_, 0,
                          MEMBERS(PARAMETER("a", kit.int_), PARAMETER("b", kit.double_),
                                  PARAMETER("c", kit.const_string), PARAMETER("d", kit.long_),
                                  PARAMETER("e", kit.float_), PARAMETER("f", mixed),
                                  PARAMETER("g", kit.char_), PARAMETER("h", kit.ldouble),
                                  PARAMETER("i", three_longs), PARAMETER("j", kit.uchar))),
        0);
    make_refused();
    uint32_t type = kit_function_type(&kit, kit.void_, 0, MEMBERS(PARAMETER(NULL, kit.int_)));
    model_symbol(kit.model, kit_uncalled(&kit, "a_handler", type, THIMBLE_DEFINED));
    model_symbol(kit.model, kit_uncalled(&kit, "b_handler", type, THIMBLE_DEFINED));
    kit.symbols[0] = (const void *)(uintptr_t)a_handler;
    kit.symbols[1] = (const void *)(uintptr_t)b_handler;
    kit_register(&kit);
#define CASE(name, T, index, a, a_repr, b, b_repr) check_##name();
    CASES
#undef CASE
    check_ten();
    check_refused();
}
