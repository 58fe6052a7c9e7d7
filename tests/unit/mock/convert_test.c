/* What a test says, turned into what the function takes or returns. */
#include "../../../runtime/mock/convert.h"
#include "../../../runtime/repr/repr.h"
#include "../../../runtime/repr/spelling.h"
#include "../fitting.h"
#include "kit.h"
#include <limits.h>
#include <math.h>
#include <string.h>

enum color { RED = 1, GREEN = 2 };
struct point {
    int x, y;
};
static struct kit kit, other;
static uint32_t color, point, other_point, cdouble, cint;

/* The converted value's repr, or why it cannot be. */
static const char *converted(uint32_t to, struct thimble_value value) {
    static struct text shown;
    char bytes[64] = {0};
    shown = _thimble_growing_text();
    if (_thimble_convert(&value, kit_unit(&kit), to, bytes, &shown))
        _thimble_repr(&shown, kit_unit(&kit), to, bytes);
    return shown.data;
}

#define BECOMES(to, from, T, value, text)                                                          \
    CHECK_TEXT(converted(to, (struct thimble_value)VALUE(&kit, from, T, value)), text)

/* What the compiler refuses of a constant, and nothing else. */
static void check_fit(uint32_t to, struct thimble_value value, bool fits) {
    CHECK(fits != (strstr(converted(to, value), " does not fit ") != NULL));
}

#define CHECK_FIT(to, from, T, value, fits)                                                        \
    check_fit(kit.to, (struct thimble_value)VALUE(&kit, kit.from, T, (T)(value)), fits);

static void check_fitting(void) {
    FITTING_INTEGERS(CHECK_FIT)
    FITTING_REALS(CHECK_FIT)
}

static void check_numbers(void) {
    BECOMES(kit.long_, kit.int_, int, -5, "-5L");
    BECOMES(kit.uchar, kit.int_, int, 255, "255");
    BECOMES(kit.uchar, kit.int_, int, 256, "256 does not fit unsigned char");
    BECOMES(kit.uint, kit.int_, int, -1, "4294967295U");
    BECOMES(kit.uchar, kit.char_, char, (char)200, "200");
    BECOMES(kit.uchar, kit.int_, int, -129, "-129 does not fit unsigned char");
    BECOMES(kit.ulong, kit.long_, long, LONG_MAX, "9223372036854775807UL");
    BECOMES(kit.long_, kit.ulong, unsigned long, ULONG_MAX, "-1L");
    BECOMES(kit.schar, kit.int_, int, -128, "-128");
    BECOMES(kit.schar, kit.int_, int, -129, "-129 does not fit signed char");
    BECOMES(kit.char_, kit.int_, int, 'a', "'a'");
    BECOMES(kit.int_, kit.char_, char, 'a', "97");
    BECOMES(kit.int_, kit.double_, double, 2.0, "2");
    BECOMES(kit.int_, kit.double_, double, 2.5, "2.5 does not fit int");
    BECOMES(kit.int_, kit.double_, double, 1e10, "10000000000.0 does not fit int");
    BECOMES(kit.int_, kit.double_, double, NAN, "NAN does not fit int");
    BECOMES(kit.ulong, kit.ldouble, long double, 1e30L, "1e30L does not fit unsigned long");
    BECOMES(kit.double_, kit.int_, int, -3, "-3.0");
    BECOMES(kit.float_, kit.double_, double, 0.1, "0.1f");
    BECOMES(kit.float_, kit.double_, double, 1e300, "1e300 does not fit float");
    BECOMES(kit.float_, kit.double_, double, INFINITY, "INFINITY");
    BECOMES(kit.ldouble, kit.float_, float, 0.5f, "0.5L");
    BECOMES(kit.bool_, kit.int_, int, 2, "true");
    BECOMES(kit.bool_, kit.double_, double, 0.0, "false");
    BECOMES(kit.bool_, kit.void_pointer, void *, &kit, "true");
    BECOMES(color, kit.int_, int, 2, "GREEN");
    BECOMES(kit.int_, color, enum color, RED, "1");
    BECOMES(cdouble, kit.int_, int, 2, "2.0 + 0.0i");
    BECOMES(cdouble, cint, int _Complex, 2 - 3i, "2.0 - 3.0i");
    BECOMES(kit.string, cint, int _Complex, 2 - 3i, "2 - 3i is of type int _Complex, not char *");
    BECOMES(kit.double_, cdouble, double _Complex, __builtin_complex(2.0, 0.0), "2.0");
    BECOMES(kit.double_, cdouble, double _Complex, __builtin_complex(2.0, 1.0),
            "2.0 + 1.0i does not fit double");
    BECOMES(kit.int_, kit.string, char *, "Spot", "\"Spot\" is of type char *, not int");
}

static void check_others(void) {
    BECOMES(kit.const_string, kit.string, char *, "Spot", "\"Spot\"");
    BECOMES(kit.const_string, kit.void_pointer, void *, NULL, "NULL");
    BECOMES(kit.const_string, kit.int_, int, 0, "NULL");
    BECOMES(kit.const_string, kit.int_, int, 5, "5 is of type int, not const char *");
    struct point here = {1, 2};
    struct thimble_value same = {{&kit.object, point, THIMBLE_REF_TYPE}, &here, "here"};
    CHECK_TEXT(converted(point, same), "(struct point){.x = 1, .y = 2}");
    CHECK_TEXT(converted(kit.int_, same),
               "(struct point){.x = 1, .y = 2} is of type struct point, not int");
    struct thimble_value foreign = {{&other.object, other_point, THIMBLE_REF_TYPE}, &here, "here"};
    CHECK_TEXT(converted(point, foreign), "(struct point){.x = 1, .y = 2}");
    BECOMES(point, kit.int_, int, 5, "5 is of type int, not struct point");
    struct thimble_value unknown = {{NULL, 0, THIMBLE_REF_TYPE}, &here, "here"};
    CHECK_TEXT(converted(point, unknown), "the type of here is not described");
}

static const char *spelling(const char *text) {
    static struct text shown;
    struct thimble_value value = {{&kit.object, kit.int_, THIMBLE_REF_TYPE}, &kit, text};
    shown = _thimble_growing_text();
    _thimble_put_spelling(&shown, &value);
    return shown.data;
}

static void check_spelling(void) {
    CHECK_TEXT(spelling("spot.name"), "spot.name");
    CHECK_TEXT(spelling("((void *)0)"), "NULL");
    CHECK_TEXT(spelling("(5)"), "5");
    CHECK_TEXT(spelling("(a) + (b)"), "(a) + (b)");
    CHECK_TEXT(spelling("((a) + (b))"), "(a) + (b)");
    CHECK_TEXT(spelling("(\"a) \\\" (\")"), "\"a) \\\" (\"");
    CHECK_TEXT(spelling("(')')"), "')'");
    CHECK_TEXT(
        spelling("\"a string of more than sixty characters, which is longer than a line of a "
                 "failure wants\""),
        "\"a string of more than sixty characters, which is longer ...");
}

void test_convert(void) {
    kit_start(&other, "other.c");
    other_point =
        kit_struct(&other, "point", 8, 4, 0,
                   MEMBERS(FIELD(struct point, x, other.int_), FIELD(struct point, y, other.int_)));
    kit_register(&other);
    kit_start(&kit, "convert.c");
    color = kit_enum(&kit, "color", LIST(struct model_enumerator, {"RED", 1}, {"GREEN", 2}));
    point = kit_struct(&kit, "point", 8, 4, 0,
                       MEMBERS(FIELD(struct point, x, kit.int_), FIELD(struct point, y, kit.int_)));
    cdouble = kit_complex(&kit, kit.double_);
    cint = kit_complex(&kit, kit.int_);
    kit_register(&kit);
    check_numbers();
    check_fitting();
    check_others();
    check_spelling();
}
