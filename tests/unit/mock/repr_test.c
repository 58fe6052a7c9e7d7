#include "../../../runtime/repr/recorded.h"
#include "../../../runtime/repr/repr.h"
#include "kit.h"
#include <complex.h>
#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <thimble/repr.h>
#include <unistd.h>

static struct kit kit;
static struct text shown;

#undef repr
static const char *repr(uint32_t type, const void *data) {
    shown = _thimble_growing_text();
    _thimble_repr(&shown, kit_unit(&kit), type, data);
    return shown.data;
}

static const char *shallow(uint32_t type, const void *data) {
    shown = _thimble_growing_text();
    _thimble_repr_with(&shown, kit_unit(&kit), type, data, &_thimble_repr_shallow);
    return shown.data;
}

#define SHOWS(type, T, value, text) CHECK_TEXT(repr(type, (T[1]){value}), text)

enum color { RED = 1, GREEN = 2, BLUE = 4, WHITE = 7 };
struct point {
    int x, y;
};
struct animal {
    char name[8];
    struct point at;
    const char *sound;
    struct animal *friend;
    enum color color;
    double weight;
};
struct bits {
    unsigned a : 3;
    int b : 5;
    enum color color : 3;
    unsigned : 4;
    unsigned long wide : 40;
};
union value {
    int number;
    double real;
};
struct mixed {
    int kind;
    union {
        int number;
        char *text;
    };
    struct {
        short inner;
    };
    union value value;
};
struct flexible {
    int count;
    int data[];
};
struct deep {
    int depth;
};

static struct {
    uint32_t color, point, animal, bits, value, mixed, flexible, int_array, int_table, chars,
        points, color_name, anonymous, function, callback, many, opaque, cfloat, cdouble, cldouble,
        plain, int128, uint128, broken_bool, incomplete, deep[12];
} types;

static void sample_function(int number) {
    (void)number;
}

static void make_aggregates(void) {
    types.point =
        kit_struct(&kit, "point", sizeof(struct point), 4, 0,
                   MEMBERS(FIELD(struct point, x, kit.int_), FIELD(struct point, y, kit.int_)));
    types.chars = kit_array(&kit, kit.char_, 8);
    types.animal = kit_struct(&kit, "animal", sizeof(struct animal), 8, 0,
                              MEMBERS(FIELD(struct animal, name, types.chars),
                                      FIELD(struct animal, at, types.point),
                                      FIELD(struct animal, sound, kit.const_string),
                                      FIELD(struct animal, friend, kit.void_pointer),
                                      FIELD(struct animal, color, types.color),
                                      FIELD(struct animal, weight, kit.double_)));
    types.bits =
        kit_struct(&kit, "bits", sizeof(struct bits), 8, 0,
                   MEMBERS(BITS("a", kit.uint, 0, 3), BITS("b", kit.int_, 3, 5),
                           BITS("color", types.color, 8, 3), BITS("wide", kit.ulong, 15, 40)));
    types.value = kit_union(
        &kit, "value", 8, 8, 0,
        MEMBERS(FIELD(union value, number, kit.int_), FIELD(union value, real, kit.double_)));
    uint32_t inner_union = kit_union(
        &kit, NULL, 8, 8, 0, MEMBERS(PARAMETER("number", kit.int_), PARAMETER("text", kit.string)));
    uint32_t inner_struct =
        kit_struct(&kit, NULL, 2, 2, 0, MEMBERS(PARAMETER("inner", kit.short_)));
    types.mixed =
        kit_struct(&kit, "mixed", sizeof(struct mixed), 8, 0,
                   MEMBERS(FIELD(struct mixed, kind, kit.int_),
                           {NULL, inner_union, offsetof(struct mixed, number) * 8, 0, false},
                           {NULL, inner_struct, offsetof(struct mixed, inner) * 8, 0, false},
                           FIELD(struct mixed, value, types.value)));
    types.flexible =
        kit_struct(&kit, "flexible", sizeof(struct flexible), 4, 0,
                   MEMBERS(FIELD(struct flexible, count, kit.int_),
                           FIELD(struct flexible, data, kit_array(&kit, kit.int_, 0))));
    types.anonymous = kit_struct(&kit, NULL, 4, 4, 0, MEMBERS(PARAMETER("x", kit.int_)));
    types.plain = kit_typedef(&kit, "plain_t", types.anonymous);
    types.incomplete = kit_struct(&kit, "sqlite3", 0, 1, THIMBLE_INCOMPLETE, NULL, 0);
    types.deep[0] = kit_struct(&kit, "deep", 4, 4, 0, MEMBERS(PARAMETER("depth", kit.int_)));
    for (int i = 1; i < 12; i++)
        types.deep[i] =
            kit_struct(&kit, "deep", 4, 4, 0, MEMBERS(PARAMETER("in", types.deep[i - 1])));
}

static void make_types(void) {
    kit_start(&kit, "repr.c");
    types.color = kit_enum(
        &kit, "color",
        LIST(struct model_enumerator, {"RED", 1}, {"GREEN", 2}, {"BLUE", 4}, {"WHITE", 7}));
    types.color_name = kit_typedef(&kit, "color_t", types.color);
    types.int_array = kit_array(&kit, kit.int_, 3);
    types.int_table = kit_array(&kit, types.int_array, 2);
    types.many = kit_array(&kit, kit.int_, 100);
    make_aggregates();
    types.points = kit_array(&kit, types.point, 2);
    types.opaque = kit_scalar(&kit, THIMBLE_OPAQUE, "__m64", 8, false);
    types.cfloat = kit_complex(&kit, kit.float_);
    types.cdouble = kit_complex(&kit, kit.double_);
    types.cldouble = kit_complex(&kit, kit.ldouble);
    types.int128 = kit_scalar(&kit, THIMBLE_INTEGER, "__int128", 16, true);
    types.uint128 = kit_scalar(&kit, THIMBLE_INTEGER, "__int128 unsigned", 16, false);
    uint32_t type = kit_function_type(&kit, kit.void_, 0, MEMBERS(PARAMETER("number", kit.int_)));
    types.function = kit_uncalled(&kit, "sample_function", type, THIMBLE_DEFINED);
    model_symbol(kit.model, types.function);
    kit.symbols[0] = (const void *)(uintptr_t)sample_function;
    types.callback = kit_pointer(&kit, type);
    kit_register(&kit);
}

static void check_integers(void) {
    SHOWS(kit.int_, int, 5, "5");
    SHOWS(kit.int_, int, -5, "-5");
    SHOWS(kit.int_, int, INT_MIN, "(-2147483647 - 1)");
    SHOWS(kit.uint, unsigned, UINT_MAX, "4294967295U");
    SHOWS(kit.long_, long, -1, "-1L");
    SHOWS(kit.long_, long, LONG_MIN, "(-9223372036854775807L - 1)");
    SHOWS(kit.ulong, unsigned long, 5, "5UL");
    SHOWS(kit.llong, long long, 7, "7LL");
    SHOWS(kit.ullong, unsigned long long, ULLONG_MAX, "18446744073709551615ULL");
    SHOWS(kit.short_, short, SHRT_MIN, "-32768");
    SHOWS(kit.ushort, unsigned short, 65535, "65535");
    SHOWS(kit.schar, signed char, -128, "-128");
    SHOWS(kit.uchar, unsigned char, 255, "255");
    SHOWS(kit.bool_, _Bool, 1, "true");
    SHOWS(kit.bool_, _Bool, 0, "false");
    SHOWS(kit.bool_, unsigned char, 7, "true /* the byte 7 */");
    SHOWS(types.int128, __int128, -3, "-3");
    SHOWS(types.uint128, unsigned __int128, (unsigned __int128)1 << 64,
          "((unsigned __int128)1ULL << 64 | 0ULL)");
}

static void check_characters(void) {
    SHOWS(kit.char_, char, 'a', "'a'");
    SHOWS(kit.char_, char, '\'', "'\\''");
    SHOWS(kit.char_, char, '"', "'\"'");
    SHOWS(kit.char_, char, '\\', "'\\\\'");
    SHOWS(kit.char_, char, '\a', "'\\a'");
    SHOWS(kit.char_, char, '\n', "'\\n'");
    SHOWS(kit.char_, char, 0, "'\\0'");
    SHOWS(kit.char_, char, 0x1b, "'\\033'");
    SHOWS(kit.char_, char, (char)0xff, "'\\377'");
    SHOWS(kit.string, char *, "Spot", "\"Spot\"");
    SHOWS(kit.string, char *, "", "\"\"");
    SHOWS(kit.string, char *, "a\n\t\"\\\033\1771", "\"a\\n\\t\\\"\\\\\\033\\1771\"");
    SHOWS(kit.string, char *, "K\xc3\xb6ln \xff", "\"K\xc3\xb6ln \\377\"");
    SHOWS(kit.string, char *, "what?\?!", "\"what?\\?!\"");
    SHOWS(kit.string, char *, NULL, "NULL");
    SHOWS(kit.const_string, const char *, (const char *)8, "(const char *)0x8 /* unreadable */");
    char longer[300];
    memset(longer, 'o', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    char *pointer = longer;
    const char *text = repr(kit.string, &pointer);
    CHECK(strlen(text) == 299 + 2);
    CHECK_CONTAINS(shallow(kit.string, &pointer), "ooo\" /* ... */");
    CHECK(shown.length == 200 + 2 + strlen(" /* ... */"));
}

static void check_reals(void) {
    SHOWS(kit.double_, double, 1, "1.0");
    SHOWS(kit.double_, double, 0.1, "0.1");
    SHOWS(kit.double_, double, -0.0, "-0.0");
    SHOWS(kit.double_, double, 32400, "32400.0");
    SHOWS(kit.double_, double, 1e15, "1000000000000000.0");
    SHOWS(kit.double_, double, 1e16, "1e16");
    SHOWS(kit.double_, double, 1.5e300, "1.5e300");
    SHOWS(kit.double_, double, 0.0001, "0.0001");
    SHOWS(kit.double_, double, 0.00001, "1e-5");
    SHOWS(kit.double_, double, 1.0 / 3, "0.3333333333333333");
    SHOWS(kit.double_, double, 5e-324, "5e-324");
    SHOWS(kit.double_, double, DBL_MAX, "1.7976931348623157e308");
    SHOWS(kit.double_, double, (double)INFINITY, "INFINITY");
    SHOWS(kit.double_, double, -(double)INFINITY, "-INFINITY");
    SHOWS(kit.double_, double, (double)NAN, "NAN");
    SHOWS(kit.float_, float, 0.1f, "0.1f");
    SHOWS(kit.float_, float, FLT_MAX, "3.4028235e38f");
    SHOWS(kit.float_, float, 16777216.0f, "16777216.0f");
    SHOWS(kit.ldouble, long double, 0.1L, "0.1L");
    SHOWS(kit.ldouble, long double, LDBL_MAX, "1.189731495357231765e4932L");
    SHOWS(types.cdouble, double complex, 1 - 0.5i, "1.0 - 0.5i");
    SHOWS(types.cdouble, double complex, __builtin_complex(-0.0, 1.0),
          "__builtin_complex((double)-0.0, (double)1.0)");
    SHOWS(types.cfloat, float complex, __builtin_complex(1.0f, (float)INFINITY),
          "__builtin_complex((float)1.0f, (float)INFINITY)");
    SHOWS(types.cfloat, float complex, 1 + 2i, "1.0f + 2.0fi");
    SHOWS(types.cldouble, long double complex, 1 + 2i, "1.0L + 2.0Li");
    unsigned char broken[16] = {1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0x3f};
    broken[7] = 0;
    CHECK_TEXT(repr(kit.ldouble, broken), "NAN /* 0x3fff0007060504030201 */");
}

static void check_enums(void) {
    SHOWS(types.color, enum color, RED, "RED");
    SHOWS(types.color, enum color, WHITE, "WHITE");
    SHOWS(types.color, unsigned, 5, "RED | BLUE");
    SHOWS(types.color, unsigned, 0, "(enum color)0");
    SHOWS(types.color_name, unsigned, 9, "RED | (color_t)8");
}

static void check_aggregates(void) {
    struct point point = {1, -2};
    struct animal spot = {"Spot", {1, 2}, "wuff", NULL, BLUE, 12.5};
    struct bits bits = {.a = 5, .b = -3, .color = GREEN, .wide = 123456789012};
    struct mixed mixed = {.kind = 1, .number = 5, .inner = 3, .value = {.number = 9}};
    struct flexible flexible = {.count = 3};
    struct point points[2] = {{1, 2}, {3, 4}};
    int table[2][3] = {{1, 2, 3}, {4, 5, 6}};
    CHECK_TEXT(repr(types.point, &point), "(struct point){.x = 1, .y = -2}");
    CHECK_TEXT(repr(types.animal, &spot),
               "(struct animal){.name = \"Spot\", .at = {.x = 1, .y = 2}, .sound = \"wuff\", "
               ".friend = NULL, .color = BLUE, .weight = 12.5}");
    CHECK_TEXT(repr(types.bits, &bits),
               "(struct bits){.a = 5U, .b = -3, .color = GREEN, .wide = 123456789012UL}");
    CHECK_TEXT(repr(types.mixed, &mixed),
               "(struct mixed){.kind = 1, .number = 5 /* of a union */, .inner = 3, .value = "
               "{.number = 9 /* of a union */}}");
    mixed.text = "text";
    CHECK_CONTAINS(repr(types.mixed, &mixed),
                   ".kind = 1, .text = \"text\" /* of a union */, .inner");
    CHECK_TEXT(repr(types.flexible, &flexible), "(struct flexible){.count = 3 /* .data[] */}");
    CHECK_TEXT(repr(types.points, points), "{{.x = 1, .y = 2}, {.x = 3, .y = 4}}");
    CHECK_TEXT(repr(types.int_table, table), "{{1, 2, 3}, {4, 5, 6}}");
    CHECK_TEXT(repr(types.anonymous, &point), "{.x = 1}");
    CHECK_TEXT(repr(types.plain, &point), "(plain_t){.x = 1}");
    CHECK_TEXT(repr(types.opaque, "abcdefgh"), "(__m64){0 /* 8 bytes: 61 62 63 64 65 66 67 68 */}");
    CHECK_TEXT(repr(types.incomplete, &point), "(struct sqlite3){0 /* incomplete here */}");
    int many[100] = {[0] = 1, [31] = 2};
    CHECK_TEXT(repr(types.many, many), "{1, [1 ... 30] = 0, 2, [32 ... 99] = 0}");
    for (int i = 0; i < 100; i++)
        many[i] = i;
    CHECK_CONTAINS(repr(types.many, many), "97, 98, 99}");
    CHECK_CONTAINS(shallow(types.many, many), "30, 31, /* 68 more */}");
    CHECK_CONTAINS(repr(types.deep[11], &point), "{.in = {.in = {.depth = 1}}}}");
}

static void check_char_arrays(void) {
    CHECK_TEXT(repr(types.chars, "Spot\0\0\0"), "\"Spot\"");
    CHECK_TEXT(repr(types.chars, "12345678"), "\"12345678\"");
    CHECK_TEXT(repr(types.chars, "ab\0001ef\0"), "\"ab\\0001ef\"");
    CHECK_TEXT(repr(types.chars, "\0\0\0\0\0\0\0"), "\"\"");
}

static void check_pointers(void) {
    SHOWS(types.callback, void *, (void *)(uintptr_t)sample_function, "sample_function");
    SHOWS(types.callback, void *, (void *)0x1234, "(void (*)(int number))0x1234");
    SHOWS(types.callback, void *, NULL, "NULL");
    SHOWS(kit.void_pointer, void *, (void *)0x1234, "(void *)0x1234");
}

static void check_wild(void) {
    /* The object's second half is not there. */
    long page = sysconf(_SC_PAGESIZE);
    char *pages =
        mmap(NULL, 2 * (size_t)page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(pages + page, (size_t)page);
    CHECK_TEXT(repr(types.point, pages + page - 4),
               "(struct point){.x = 0, .y = 0 /* unreadable */}");
    CHECK_TEXT(
        repr(types.animal, (void *)16),
        "(struct animal){.name = \"\" /* unreadable */, .at = {.x = 0 /* unreadable */, .y = 0 "
        "/* unreadable */}, .sound = 0 /* unreadable */, .friend = 0 /* unreadable */, .color = 0 "
        "/* unreadable */, .weight = 0 /* unreadable */}");
    memset(pages + page - 4, 'x', 4);
    char *unterminated = pages + page - 4;
    CHECK_TEXT(repr(kit.string, &unterminated), "\"xxxx\" /* without an end */");
    munmap(pages, (size_t)page);
    CHECK_CONTAINS(repr(99999, &page), "not known");
}

static void check_recorded(void) {
    struct animal spot = {"Spot", {1, 2}, "wuff", NULL, BLUE, 12.5};
    struct recorded recorded[] = {{(const char *)&spot.sound, (const char *)8, "miau", 5, 4, true}};
    struct text text = _thimble_growing_text();
    _thimble_repr_recorded(&text, kit_unit(&kit), types.animal, &spot, recorded, 1);
    CHECK_CONTAINS(text.data, ".sound = \"miau\"");
    recorded[0].ended = false;
    text = _thimble_growing_text();
    _thimble_repr_recorded(&text, kit_unit(&kit), types.animal, &spot, recorded, 1);
    CHECK_CONTAINS(text.data, ".sound = \"miau\" /* ... */");
}

/* ---- Styles ---- */

static const char *styled(uint32_t type, const void *data, struct repr_style style) {
    shown = _thimble_growing_text();
    _thimble_repr_with(&shown, kit_unit(&kit), type, data, &style);
    return shown.data;
}

static void check_lines(void) {
    struct animal spot = {"Spot", {1, 2}, "wuff", NULL, BLUE, 12.5};
    struct point points[2] = {{1, 2}, {3, 4}};
    int numbers[100] = {0};
    struct repr_style style = {.depth = 3, .limit = 8192, .width = 60};
    CHECK_TEXT(styled(types.animal, &spot, style), "(struct animal){\n"
                                                   "    .name = \"Spot\",\n"
                                                   "    .at = {.x = 1, .y = 2},\n"
                                                   "    .sound = \"wuff\",\n"
                                                   "    .friend = NULL,\n"
                                                   "    .color = BLUE,\n"
                                                   "    .weight = 12.5,\n"
                                                   "}");
    CHECK_TEXT(styled(types.points, points, style), "{{.x = 1, .y = 2}, {.x = 3, .y = 4}}");
    CHECK_TEXT(styled(types.point, &points, style), "(struct point){.x = 1, .y = 2}");
    style.width = 24;
    style.indent = 2;
    style.inside = true;
    CHECK_TEXT(styled(types.points, points, style),
               "{\n      {.x = 1, .y = 2},\n      {.x = 3, .y = 4},\n  }");
    style.width = 4;
    CHECK_TEXT(styled(types.point, &points, style), "{\n      .x = 1,\n      .y = 2,\n  }");
    for (int i = 0; i < 100; i++)
        numbers[i] = i;
    CHECK(!strchr(styled(types.many, numbers, style), '\n'));
    style.limit = 22;
    CHECK_TEXT(styled(types.animal, &spot, style),
               "{\n      .name = \"Spot\",\n      /* ... */\n  }");
}

static void check_limits(void) {
    struct animal spot = {"Spot", {1, 2}, "wuff", NULL, BLUE, 12.5};
    struct repr_style style = {.limit = 30};
    CHECK_TEXT(styled(types.animal, &spot, style), "(struct animal){.name = \"Spot\", /* ... */}");
    style.limit = 0;
    CHECK_TEXT(styled(types.animal, &spot, style), "(struct animal){0 /* ... */}");
    style.inside = true;
    CHECK_TEXT(styled(types.animal, &spot, style), "{0 /* ... */}");
    CHECK_TEXT(styled(types.animal, &spot, (struct repr_style){.limit = SIZE_MAX, .inside = true}),
               "{.name = \"Spot\", .at = {.x = 1, .y = 2}, .sound = \"wuff\", .friend = NULL, "
               ".color = BLUE, .weight = 12.5}");
}

/* ---- What the header's macros hand over ---- */

static void check_values(void) {
    int number = 5, *first = &number;
    struct thimble_value value = {{&kit.object, kit.int_, THIMBLE_REF_TYPE}, &number, "number"};
    struct repr_object object = _thimble_value_object(&value);
    CHECK(object.unit == kit_unit(&kit) && object.type == kit.int_ && object.data == &number);
    value = (struct thimble_value){{&kit.object, types.int_array, THIMBLE_REF_ARRAY}, &first, "a"};
    object = _thimble_value_object(&value);
    CHECK(object.unit && object.type == types.int_array && object.data == &number);
    value.type.kind = THIMBLE_REF_NONE;
    CHECK(!_thimble_value_object(&value).unit);
    value.type = (struct thimble_ref){&kit.object, 99999, THIMBLE_REF_TYPE};
    CHECK(!_thimble_value_object(&value).unit);
    CHECK_CONTAINS(thimble_repr_of(value), "not described");
}

static void check_locale(void) {
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "fr_FR.UTF-8"))
        return;
    SHOWS(kit.double_, double, 2.5, "2.5");
    setlocale(LC_NUMERIC, "C");
}

void test_repr(void) {
    make_types();
    check_integers();
    check_characters();
    check_reals();
    check_enums();
    check_aggregates();
    check_char_arrays();
    check_pointers();
    check_wild();
    check_recorded();
    check_lines();
    check_limits();
    check_values();
    check_locale();
}
