/* What a test says of a function, held against the function's type. */
#include "check.h"

#include "../fitting.h"
#include "converts.h"
#include "injection.h"
#include "sample.h"
#include <string.h>

#define THIMBLE_PREFIXED_ONLY
#include <thimble/called.h>

static struct sample sample;
static struct {
    uint32_t uchar, schar, int_, uint, long_, ulong, bool_, float_, double_, matcher;
} types;

static uint32_t number_type(enum thimble_type_kind kind, const char *name, uint64_t size,
                            uint32_t flags) {
    return sample_type(
        &sample,
        &(struct model_type){
            .kind = kind, .name = name, .size = size, .flags = flags, .target = THIMBLE_NONE});
}

static void add_types(void) {
    types.int_ = sample.int_type;
    types.uchar = number_type(THIMBLE_INTEGER, "unsigned char", 1, 0);
    types.schar = number_type(THIMBLE_INTEGER, "signed char", 1, THIMBLE_SIGNED);
    types.uint = number_type(THIMBLE_INTEGER, "unsigned int", 4, 0);
    types.long_ = number_type(THIMBLE_INTEGER, "long", 8, THIMBLE_SIGNED);
    types.ulong = number_type(THIMBLE_INTEGER, "unsigned long", 8, 0);
    types.bool_ = number_type(THIMBLE_BOOL, "_Bool", 1, 0);
    types.float_ = number_type(THIMBLE_FLOAT, "float", 4, 0);
    types.double_ = number_type(THIMBLE_FLOAT, "double", 8, 0);
    types.matcher = number_type(THIMBLE_STRUCT, "thimble_matcher", 32, 0);
}

/* ---- What is given ---- */

static struct given of_type(uint32_t type) {
    return (struct given){.kind = GIVEN_VALUE, .type = type};
}

static struct given integer(uint32_t type, long value) {
    struct given given = of_type(type);
    given.constant = CONSTANT_INTEGER;
    given.negative = value < 0;
    given.magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
    return given;
}

static struct given real(uint32_t type, double value) {
    struct given given = of_type(type);
    given.constant = CONSTANT_REAL;
    given.real = value;
    return given;
}

static struct given number(long value) {
    return integer(types.int_, value);
}

static struct given text(const char *text) {
    struct given given = of_type(sample_pointer(&sample, sample.char_type));
    given.text = text;
    return given;
}

static struct given matcher(int kind) {
    struct given given = of_type(types.matcher);
    given.matcher = kind;
    return given;
}

static struct given named(const char *name) {
    struct given given = matcher(THIMBLE_MATCH_ARG);
    given.text = name;
    return given;
}

static struct given deeper(struct given given, unsigned depth) {
    given.depth = depth;
    return given;
}

/* ---- Constants ---- */

static void check_fit(uint32_t to, struct given value, bool fits, const char *what) {
    char message[256];
    struct line why = line_in(message, sizeof message);
    bool answer = converts_to(sample.model, &value, to, RANGE_COUNTS, &why);
    check(answer == fits, __FILE__, __LINE__, what);
    CHECK(fits || strstr(message, " does not fit a '"));
}

#define CHECK_INTEGER(TO, FROM, T, value, fits)                                                    \
    check_fit(types.TO, integer(types.FROM, (T)(value)), fits, #value " " #TO);
#define CHECK_REAL(TO, FROM, T, value, fits)                                                       \
    check_fit(types.TO, real(types.FROM, (T)(value)), fits, #value " " #TO);

static void check_constants(void) {
    FITTING_INTEGERS(CHECK_INTEGER)
    FITTING_REALS(CHECK_REAL)
}

/* ---- Types ---- */

static bool converts(uint32_t to, struct given value) {
    char message[256];
    struct line why = line_in(message, sizeof message);
    return converts_to(sample.model, &value, to, RANGE_COUNTS, &why);
}

static void check_pointers(void) {
    uint32_t ints = sample_pointer(&sample, types.int_);
    uint32_t uints = sample_pointer(&sample, types.uint);
    uint32_t anything = sample_pointer(&sample, sample.void_type);
    uint32_t bytes = sample_pointer(&sample, types.uchar);
    uint32_t array = sample_array(&sample, sample.char_type, 4);
    uint32_t one = sample_pointer(&sample, number_type(THIMBLE_STRUCT, "one", 8, 0));
    uint32_t other = sample_pointer(&sample, number_type(THIMBLE_STRUCT, "other", 8, 0));
    uint32_t pointers = sample_pointer(&sample, ints);
    CHECK(converts(sample.string, of_type(array)) && converts(bytes, of_type(sample.string)));
    CHECK(converts(anything, of_type(pointers)) && converts(pointers, of_type(anything)));
    CHECK(converts(ints, of_type(uints)) && !converts(ints, of_type(sample.string)));
    CHECK(converts(one, of_type(one)) && !converts(one, of_type(other)));
    CHECK(converts(one, number(0)) && !converts(one, number(1)));
    CHECK(!converts(one, of_type(types.int_)) && !converts(types.int_, of_type(one)));
    CHECK(converts(types.bool_, of_type(one)));
    CHECK(converts(sample.capture, of_type(sample.capture))); /* never completed */
    uint32_t callback = sample_pointer(&sample, sample.takes_nothing);
    CHECK(converts(callback, of_type(sample.takes_nothing)));
    CHECK(!converts(callback, of_type(ints)));
}

static void check_structs(void) {
    uint32_t one = number_type(THIMBLE_STRUCT, "one", 8, 0);
    uint32_t other = number_type(THIMBLE_STRUCT, "other", 8, 0);
    uint32_t vector = number_type(THIMBLE_OPAQUE, NULL, 16, 0);
    uint32_t either = number_type(THIMBLE_UNION, "either", 8, THIMBLE_TRANSPARENT);
    CHECK(converts(one, of_type(sample_typedef(&sample, "one_t", one))));
    CHECK(!converts(one, of_type(other)) && !converts(one, number(0)));
    CHECK(!converts(types.int_, of_type(one)) && !converts(types.double_, of_type(one)));
    CHECK(converts(one, of_type(vector)) && converts(vector, number(1)));
    CHECK(converts(either, of_type(sample.string)));
}

/* ---- Functions ---- */

static uint32_t feed, print, unsure; /* functions */

static uint32_t add_function(const char *name, uint32_t returned, uint32_t flags,
                             const struct model_member *parameters, size_t count) {
    uint32_t type = sample_function_type(&sample, returned, parameters, count);
    model_type_set(
        sample.model, type,
        &(struct model_type){.kind = THIMBLE_FUNCTION, .target = returned, .flags = flags});
    return sample_function(&sample, &(struct model_function){.name = name, .type = type});
}

static void add_functions(void) {
    struct model_member parameters[] = {{.name = "__name", .type = sample.string},
                                        {.name = "grams", .type = types.int_}};
    feed = add_function("feed", types.uchar, 0, parameters, 2);
    print = add_function("print", sample.void_type, THIMBLE_VARIADIC, parameters, 1);
    unsure = add_function("unsure", types.int_, THIMBLE_UNPROTOTYPED, NULL, 0);
}

static char message[1024];
static size_t wrong;

/* What is wrong with what the function of the header is told about this one; "" for nothing. */
static const char *said(const char *callee, uint32_t function, const struct given *values,
                        size_t count) {
    struct given given[16] = {
        {.kind = GIVEN_TEXT, .text = "zoo.c"},
        {.kind = GIVEN_NAME, .ref = THIMBLE_REF_FUNCTION, .index = function, .text = "f"}};
    for (size_t i = 0; i < count; i++)
        given[i + 2] = values[i];
    message[0] = '\0';
    injection_fits(sample.model, callee, given, count + 2, message, sizeof message, &wrong);
    return message;
}

#define SAID(callee, function, ...)                                                                \
    said("thimble_" callee "_at", function, (struct given[]){__VA_ARGS__},                         \
         sizeof(struct given[]){__VA_ARGS__} / sizeof(struct given))
#define CALLED(function, ...) SAID("assert_called_with", function, __VA_ARGS__)

#define FEED ": unsigned char feed(const char *__name, int grams)"

static void check_counts(void) {
    CHECK_TEXT(CALLED(feed, text("Spot"), number(3)), "");
    CHECK_TEXT(CALLED(feed, text("Spot")), "feed takes 2 arguments, not 1" FEED);
    CHECK(wrong == 1);
    CHECK_TEXT(CALLED(feed, text("a"), number(3), number(4)), "feed takes 2 arguments, not 3" FEED);
    CHECK_TEXT(CALLED(print, text("%d"), number(3), number(4)), "");
    CHECK_TEXT(said("thimble_assert_called_with_at", print, NULL, 0),
               "print takes at least 1 argument, not 0: void print(const char *__name, ...)");
    CHECK_TEXT(CALLED(unsure, number(1), text("x")), "");
    CHECK_CONTAINS(SAID("assert_any_call", feed, text("x")), "not 1");
    CHECK_CONTAINS(SAID("assert_called_once_with", feed, text("x")), "not 1");
    CHECK_TEXT(SAID("mock_calls", feed, text("x")), "");
}

static void check_values(void) {
    CHECK_TEXT(CALLED(feed, number(0), number(-3)), "");
    CHECK_TEXT(CALLED(feed, number(1), number(3)),
               "the argument 'name' of feed: a 'int' does not convert to a 'const char *'" FEED);
    CHECK(wrong == 2);
    CHECK_CONTAINS(CALLED(feed, text("x"), text("x")), "does not convert to a 'int'");
    CHECK_CONTAINS(CALLED(feed, text("x"), real(types.double_, 2.5)), "2.5 does not fit a 'int'");
    CHECK(wrong == 3);
}

static void check_calls(void) {
    struct given call = {.kind = GIVEN_CALL};
    struct given spot = deeper(text("Spot"), 1), grams = deeper(number(3), 1);
    CHECK_TEXT(SAID("assert_has_calls", feed, call, spot, grams, call, spot, grams), "");
    CHECK_CONTAINS(SAID("assert_has_calls", feed, call, spot, grams, call, spot), "not 1");
    CHECK(wrong == 5);
    CHECK_CONTAINS(SAID("assert_has_calls_any_order", feed, call), "not 0");
    CHECK_CONTAINS(SAID("assert_has_calls_any_order", feed, call, grams, grams), "'name' of feed");
}

static void check_names(void) {
    CHECK_TEXT(CALLED(feed, named("grams"), deeper(number(3), 1)), "");
    CHECK_TEXT(CALLED(feed, named("name"), deeper(text("x"), 1), named("2"), deeper(number(3), 1)),
               "");
    CHECK_TEXT(CALLED(feed, named("__name"), deeper(text("x"), 1)), "");
    CHECK_TEXT(CALLED(feed, named("gram"), deeper(number(3), 1)),
               "feed has no argument 'gram', did you mean 'grams'?" FEED);
    CHECK_TEXT(CALLED(feed, named("weight"), deeper(number(3), 1)),
               "feed has no argument 'weight'" FEED);
    CHECK_CONTAINS(CALLED(feed, named("3"), deeper(number(3), 1)), "no argument '3'");
    CHECK_CONTAINS(CALLED(feed, named("0"), deeper(number(3), 1)), "no argument '0'");
    CHECK_TEXT(CALLED(print, named("3"), deeper(number(3), 1)), "");
    CHECK_CONTAINS(
        CALLED(feed, named("grams"), deeper(number(3), 1), named("2"), deeper(number(3), 1)),
        "the argument 'grams' of feed is spoken of twice");
    CHECK_CONTAINS(CALLED(feed, named("grams"), deeper(number(3), 1), text("x")),
                   "without a name stands behind an arg()");
    CHECK(wrong == 4);
    CHECK_TEXT(CALLED(feed, text("x"), named("grams"), deeper(number(3), 1)), "");
    CHECK_CONTAINS(CALLED(feed, text("x"), named("name"), deeper(text("x"), 1)), "spoken of twice");
    CHECK_CONTAINS(
        CALLED(feed, text("x"), number(1), number(2), named("name"), deeper(text("x"), 1)),
        "feed takes 2 arguments, not 3");
    CHECK_CONTAINS(CALLED(feed, named("grams"), deeper(text("x"), 1)),
                   "does not convert to a 'int'");
    CHECK(wrong == 3);
    CHECK_TEXT(CALLED(unsure, named("x"), deeper(number(3), 1)), "");
}

/* ---- Matchers ---- */

static const char *matched(uint32_t type, int kind, struct given value) {
    struct model_member parameter = {.name = "x", .type = type};
    uint32_t function = add_function("f", sample.void_type, 0, &parameter, 1);
    return CALLED(function, matcher(kind), deeper(value, 1));
}

static void check_order(void) {
    CHECK_TEXT(matched(types.int_, THIMBLE_MATCH_LT, number(5)), "");
    CHECK_TEXT(matched(types.uchar, THIMBLE_MATCH_GT, number(3000)), "");
    CHECK_TEXT(matched(sample.string, THIMBLE_MATCH_LT, text("m")), "");
    CHECK_CONTAINS(matched(types.int_, THIMBLE_MATCH_LT, text("m")), "does not convert");
    CHECK_CONTAINS(matched(sample.struct_capture, THIMBLE_MATCH_CLOSE, number(1)), "");
    CHECK_TEXT(matched(types.double_, THIMBLE_MATCH_CLOSE, number(1)), "");
    CHECK_CONTAINS(matched(sample.string, THIMBLE_MATCH_CLOSE, number(1)),
                   "CLOSE is for numbers, not for a 'const char *'");
    CHECK_CONTAINS(matched(types.int_, THIMBLE_MATCH_CLOSE, text("x")),
                   "CLOSE takes numbers, not a 'char *'");
    CHECK_CONTAINS(matched(types.uchar, THIMBLE_MATCH_EQ, number(300)), "300 does not fit");
    CHECK_TEXT(matched(types.uchar, THIMBLE_MATCH_NE, number(300)), "");
    CHECK_CONTAINS(matched(types.int_, THIMBLE_MATCH_NE, text("x")), "does not convert");
}

static void check_strings(void) {
    static const int kinds[] = {THIMBLE_MATCH_CONTAINS, THIMBLE_MATCH_STARTS_WITH,
                                THIMBLE_MATCH_MATCHES};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        CHECK_TEXT(matched(sample.string, kinds[i], text("x")), "");
        CHECK_TEXT(matched(sample_pointer(&sample, sample.void_type), kinds[i], text("x")), "");
        CHECK_CONTAINS(matched(types.int_, kinds[i], text("x")), "is for strings, not for a 'int'");
        CHECK_CONTAINS(matched(sample.string, kinds[i], number(1)), "takes a string, not a 'int'");
    }
}

static void check_pointer_matchers(void) {
    uint32_t ints = sample_pointer(&sample, types.int_);
    uint32_t anything = sample_pointer(&sample, sample.void_type);
    CHECK_TEXT(matched(ints, THIMBLE_MATCH_SAME, of_type(ints)), "");
    CHECK_TEXT(matched(ints, THIMBLE_MATCH_SAME, number(0)), "");
    CHECK_CONTAINS(matched(types.int_, THIMBLE_MATCH_SAME, of_type(ints)), "SAME is for pointers");
    CHECK_CONTAINS(matched(ints, THIMBLE_MATCH_SAME, number(1)), "SAME takes a pointer");
    CHECK_CONTAINS(matched(types.int_, THIMBLE_MATCH_BYTES, text("x")), "BYTES is for pointers");
    CHECK_CONTAINS(matched(ints, THIMBLE_MATCH_BYTES, number(1)), "BYTES takes a pointer");
    CHECK_TEXT(matched(ints, THIMBLE_MATCH_POINTS_TO, number(3)), "");
    CHECK_TEXT(
        matched(ints, THIMBLE_MATCH_POINTS_TO, of_type(sample_array(&sample, types.int_, 3))), "");
    CHECK_CONTAINS(matched(ints, THIMBLE_MATCH_POINTS_TO, of_type(sample_array(&sample, ints, 3))),
                   "does not convert");
    CHECK_TEXT(matched(anything, THIMBLE_MATCH_POINTS_TO, text("x")), "");
    CHECK_TEXT(matched(sample.string, THIMBLE_MATCH_POINTS_TO, text("x")), "");
    CHECK_CONTAINS(matched(ints, THIMBLE_MATCH_POINTS_TO, text("x")), "does not convert");
    CHECK_CONTAINS(matched(types.int_, THIMBLE_MATCH_POINTS_TO, number(1)),
                   "POINTS_TO is for pointers to data");
}

static void check_nested(void) {
    struct model_member parameter = {.name = "x", .type = sample_pointer(&sample, types.int_)};
    uint32_t function = add_function("f", sample.void_type, 0, &parameter, 1);
    struct given points = matcher(THIMBLE_MATCH_POINTS_TO);
    CHECK_TEXT(CALLED(function, points, deeper(matcher(THIMBLE_MATCH_LT), 1), deeper(number(3), 2)),
               "");
    CHECK_CONTAINS(
        CALLED(function, points, deeper(matcher(THIMBLE_MATCH_LT), 1), deeper(text("x"), 2)),
        "does not convert to a 'int'");
    CHECK(wrong == 4);
}

static void check_where(void) {
    struct model_member parameter = {.name = "x", .type = types.int_};
    struct model_member text_parameter = {.name = "x", .type = sample.string};
    uint32_t even = sample_function_type(&sample, types.bool_, &parameter, 1);
    uint32_t halved = sample_function_type(&sample, types.double_, &parameter, 1);
    uint32_t empty = sample_function_type(&sample, types.int_, &text_parameter, 1);
    uint32_t text_type = sample_pointer(&sample, sample.char_type);
    CHECK_TEXT(matched(types.int_, THIMBLE_MATCH_WHERE, of_type(sample_pointer(&sample, even))),
               "");
    CHECK_TEXT(matched(types.int_, THIMBLE_MATCH_WHERE, of_type(even)), "");
    CHECK_TEXT(matched(text_type, THIMBLE_MATCH_WHERE, of_type(empty)), "");
    CHECK_CONTAINS(matched(types.int_, THIMBLE_MATCH_WHERE, of_type(halved)),
                   "a function that takes a 'int' and returns an int or bool");
    CHECK_CONTAINS(matched(types.int_, THIMBLE_MATCH_WHERE, of_type(empty)), "WHERE takes");
    struct model_member two[] = {parameter, parameter};
    uint32_t both = sample_function_type(&sample, types.int_, two, 2);
    CHECK_CONTAINS(matched(types.int_, THIMBLE_MATCH_WHERE, of_type(both)), "WHERE takes");
    CHECK_CONTAINS(matched(types.int_, THIMBLE_MATCH_WHERE, number(1)), "WHERE takes a function");
}

/* ---- What mocks return and write ---- */

static void check_returned(void) {
    uint32_t ints = sample_pointer(&sample, types.int_);
    CHECK_TEXT(SAID("mock_return", feed, number(255)), "");
    CHECK_TEXT(SAID("mock_return", feed, number(256)),
               "feed cannot return that: 256 does not fit a 'unsigned char'" FEED);
    CHECK_CONTAINS(SAID("mock_return_each", feed, number(1), number(300)), "300 does not fit");
    CHECK(wrong == 3);
    CHECK_CONTAINS(SAID("mock_error", feed, text("x")), "does not convert");
    CHECK_CONTAINS(SAID("mock_return", feed, matcher(THIMBLE_MATCH_ANY)), "a matcher is no value");
    CHECK_TEXT(SAID("mock_return", print, number(0)),
               "print returns nothing: void print(const char *__name, ...)");
    CHECK_CONTAINS(SAID("mock_error", print, number(0)), "print returns nothing");
    CHECK_CONTAINS(SAID("mock_return_array", print, of_type(ints)), "print returns nothing");
    CHECK_TEXT(SAID("mock_return_array", feed, of_type(ints)), "");
    CHECK_CONTAINS(SAID("mock_return_array", feed, of_type(sample_pointer(&sample, ints))),
                   "a 'int *' does not convert to a 'unsigned char'");
    CHECK_CONTAINS(SAID("mock_return_array", feed, number(1)),
                   "mock_return_array takes an array, not a 'int'");
}

static const char *set(uint32_t type, const char *name, struct given value) {
    struct model_member parameter = {.name = "__out", .type = type};
    uint32_t function = add_function("f", sample.void_type, 0, &parameter, 1);
    return SAID("mock_set", function, {.kind = GIVEN_TEXT, .text = name}, value);
}

static void check_set(void) {
    uint32_t ints = sample_pointer(&sample, types.int_);
    uint32_t chars = sample_pointer(&sample, sample.char_type);
    uint32_t anything = sample_pointer(&sample, sample.void_type);
    struct given word = text("word"), array = of_type(sample_array(&sample, types.int_, 3));
    word.type = sample_array(&sample, sample.char_type, 5);
    CHECK_TEXT(set(ints, "out", number(3)), "");
    CHECK_TEXT(set(ints, "__out", number(3)), "");
    CHECK_TEXT(set(ints, "1", array), "");
    CHECK_TEXT(set(sample_pointer(&sample, types.double_), "out", array), "");
    CHECK_CONTAINS(set(chars, "out", of_type(sample_array(&sample, ints, 2))), "does not convert");
    CHECK_TEXT(set(chars, "out", word), "");
    CHECK_TEXT(set(sample_pointer(&sample, chars), "out", word), "");
    CHECK_TEXT(set(anything, "out", word), "");
    CHECK_TEXT(set(ints, "out", matcher(THIMBLE_MATCH_BYTES)), "");
    CHECK_CONTAINS(set(ints, "out", matcher(THIMBLE_MATCH_LT)), "a matcher is no value");
    CHECK_CONTAINS(set(ints, "out", word), "what the argument 'out' of f points to: a 'char [5]'");
    CHECK_CONTAINS(set(sample_pointer(&sample, types.uchar), "out", number(256)), "does not fit");
    CHECK_CONTAINS(set(ints, "oud", number(3)), "f has no argument 'oud', did you mean 'out'?");
    CHECK_CONTAINS(set(sample.string, "out", word), "points to something const");
    CHECK_CONTAINS(set(types.int_, "out", number(3)), "points to nothing that could be written");
    CHECK_CONTAINS(set(sample_pointer(&sample, sample.takes_nothing), "out", number(3)),
                   "points to nothing that could be written");
}

static void check_struct(void) {
    uint32_t none = number_type(THIMBLE_STRUCT, "none", 8, 0);
    uint32_t some = number_type(THIMBLE_STRUCT, "some", 8, 0);
    uint32_t outer = number_type(THIMBLE_STRUCT, "outer", 16, 0);
    struct model_member function = {.name = "f",
                                    .type = sample_pointer(&sample, sample.takes_nothing)};
    struct model_member inner = {.name = "inner", .type = sample_array(&sample, some, 2)};
    model_type_members(sample.model, some, &function, 1);
    model_type_members(sample.model, outer, &inner, 1);
    CHECK_TEXT(SAID("mock_struct", feed, of_type(some)), "");
    CHECK_TEXT(SAID("mock_struct", feed, of_type(outer)), "");
    CHECK_TEXT(SAID("mock_struct", feed, of_type(sample.struct_capture)), "");
    CHECK_CONTAINS(SAID("mock_struct", feed, of_type(none)), "this is a 'struct none'");
    CHECK_CONTAINS(SAID("mock_struct", feed, of_type(types.int_)), "this is a 'int'");
}

/* A pointer's function goes by what is written; a name in a string says nothing. */
static void check_who(void) {
    struct given given[] = {{.kind = GIVEN_NAME,
                             .ref = THIMBLE_REF_TYPE,
                             .index = sample.takes_nothing,
                             .text = "db.close"},
                            number(1)};
    CHECK(!injection_fits(sample.model, "thimble_mock_return_at", given, 2, message, sizeof message,
                          &wrong));
    CHECK_TEXT(message, "db.close returns nothing: void db.close(void)");
    given[0].ref = THIMBLE_REF_NONE;
    CHECK(injection_fits(sample.model, "thimble_mock_return_at", given, 2, message, sizeof message,
                         &wrong));
    CHECK(injection_checks("thimble_mock_set_at") && !injection_checks("thimble_mock_at") &&
          !injection_checks("malloc"));
}

void check_injection(void) {
    sample_start(&sample);
    add_types();
    add_functions();
    check_constants();
    check_pointers();
    check_structs();
    check_counts();
    check_values();
    check_calls();
    check_names();
    check_order();
    check_strings();
    check_pointer_matchers();
    check_nested();
    check_where();
    check_returned();
    check_set();
    check_struct();
    check_who();
    sample_end(&sample);
}
