#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "sample.h"

/* Without a condition. */
static bool is_test(const struct sample *sample, uint32_t function) {
    for (uint32_t i = 0; i < model_test_count(sample->model); i++)
        if (model_test_function(sample->model, i) == function)
            return !(model_test_flags(sample->model, i) & THIMBLE_TEST_IF_PROVIDED);
    return false;
}

static const char *why_not(const struct sample *sample, uint32_t function) {
    return model_function_why(sample->model, function);
}

static uint32_t with_flags(struct sample *sample, const char *name, const char *file,
                           uint32_t flags) {
    return sample_function(
        sample,
        &(struct model_function){
            .name = name, .file = file, .line = 3, .type = sample->takes_nothing, .flags = flags});
}

static void check_plain(void) {
    struct sample sample;
    sample_start(&sample);
    uint32_t unprototyped =
        sample_type(&sample, &(struct model_type){.kind = THIMBLE_FUNCTION,
                                                  .target = sample.void_type,
                                                  .flags = THIMBLE_UNPROTOTYPED});
    uint32_t nothing = sample_typedef(&sample, "nothing", sample.void_type);
    uint32_t tests[] = {
        with_flags(&sample, "test_static", "zoo.c", THIMBLE_DEFINED | THIMBLE_INTERNAL),
        with_flags(&sample, "test_extern", "zoo.c", THIMBLE_DEFINED),
        with_flags(&sample, "test_", "zoo.c", THIMBLE_DEFINED),
        with_flags(&sample, "test_included", "more.inc", THIMBLE_DEFINED | THIMBLE_INTERNAL),
        with_flags(&sample, "test_in_header", "zoo.h", THIMBLE_DEFINED | THIMBLE_INTERNAL),
        with_flags(&sample, "test_inline", "zoo.c",
                   THIMBLE_DEFINED | THIMBLE_INTERNAL | THIMBLE_INLINE),
        sample_function(&sample, &(struct model_function){.name = "test_unprototyped",
                                                          .type = unprototyped,
                                                          .flags = THIMBLE_DEFINED}),
        sample_function(&sample, &(struct model_function){.name = "test_typedef",
                                                          .type = sample_function_type(
                                                              &sample, nothing, NULL, 0),
                                                          .flags = THIMBLE_DEFINED}),
    };
    enum { COUNT = sizeof tests / sizeof *tests };
    model_function_used(sample.model, tests[0]); /* a main that calls its tests */
    sample_finish(&sample);
    CHECK(model_test_count(sample.model) == COUNT);
    CHECK(model_symbol_count(sample.model) == COUNT);
    for (uint32_t i = 0; i < COUNT; i++) {
        CHECK(model_test_function(sample.model, i) == tests[i]);
        struct model_symbol symbol = model_symbol_at(sample.model, i);
        CHECK(!symbol.object && symbol.index == tests[i]);
        CHECK(!why_not(&sample, tests[i]));
    }
    CHECK(sample.errors == 0);
    sample_end(&sample);
}

static void check_none(void) {
    struct sample sample;
    sample_start(&sample);
    model_includes_header(sample.model);
    uint32_t returns = sample_function(
        &sample,
        &(struct model_function){.name = "test_returns",
                                 .type = sample_function_type(&sample, sample.int_type, NULL, 0),
                                 .flags = THIMBLE_DEFINED});
    uint32_t variadic = sample_function(
        &sample, &(struct model_function){
                     .name = "test_variadic",
                     .type = sample_type(&sample, &(struct model_type){.kind = THIMBLE_FUNCTION,
                                                                       .target = sample.void_type,
                                                                       .flags = THIMBLE_VARIADIC}),
                     .flags = THIMBLE_DEFINED});
    uint32_t nested =
        sample_function(&sample, &(struct model_function){.name = "test_nested",
                                                          .type = sample.takes_nothing,
                                                          .flags = THIMBLE_DEFINED,
                                                          .nested = true});
    uint32_t bodiless = with_flags(&sample, "test_declared", "zoo.c", 0);
    uint32_t system = with_flags(&sample, "test_and_set", "atomic.h",
                                 THIMBLE_DEFINED | THIMBLE_INTERNAL | THIMBLE_SYSTEM);
    uint32_t inline_helper = with_flags(&sample, "test_helper", "zoo.h",
                                        THIMBLE_DEFINED | THIMBLE_INTERNAL | THIMBLE_INLINE);
    uint32_t c99 = with_flags(&sample, "test_c99", "zoo.c", THIMBLE_DEFINED | THIMBLE_INLINE);
    uint32_t other = with_flags(&sample, "tester", "zoo.c", THIMBLE_DEFINED);
    sample_finish(&sample);
    CHECK(model_test_count(sample.model) == 0 && sample.errors == 0);
    CHECK_CONTAINS(why_not(&sample, returns), "return void");
    CHECK_CONTAINS(why_not(&sample, variadic), "variable number");
    CHECK_CONTAINS(why_not(&sample, nested), "nested");
    CHECK_CONTAINS(why_not(&sample, inline_helper), "header");
    CHECK_CONTAINS(why_not(&sample, c99), "not static");
    CHECK(!why_not(&sample, bodiless) && !why_not(&sample, system) && !why_not(&sample, other));
    sample_end(&sample);
}

/* The parameter is provided: no error, with the header or without. */
static bool is_provided(bool header, const char *name, uint32_t (*make)(struct sample *)) {
    struct sample sample;
    sample_start(&sample);
    if (header)
        model_includes_header(sample.model);
    uint32_t test = sample_test(&sample, "test_x", name, make(&sample));
    sample_finish(&sample);
    bool answer = is_test(&sample, test) && sample.errors == 0;
    sample_end(&sample);
    return answer;
}

static uint32_t make_string(struct sample *sample) {
    return sample->string;
}

static uint32_t make_capture(struct sample *sample) {
    return sample->capture;
}

static uint32_t make_const_string(struct sample *sample) {
    return sample_qualified(sample, sample->string, THIMBLE_CONST);
}

static uint32_t make_typedef(struct sample *sample) {
    return sample_pointer(
        sample, sample_qualified(sample, sample_typedef(sample, "letter", sample->char_type),
                                 THIMBLE_CONST));
}

static uint32_t make_text(struct sample *sample) {
    return sample_pointer(sample, sample->char_type);
}

static uint32_t make_other_struct(struct sample *sample) {
    return sample_pointer(sample, sample_struct(sample, "screenshot"));
}

static uint32_t make_declared_capture(struct sample *sample) {
    return sample_pointer(sample, sample_struct(sample, "capture"));
}

static uint32_t make_programs_capture(struct sample *sample) {
    return sample_pointer(sample,
                          sample_type(sample, &(struct model_type){.kind = THIMBLE_STRUCT,
                                                                   .name = "capture",
                                                                   .size = 8,
                                                                   .target = THIMBLE_NONE}));
}

static uint32_t make_int(struct sample *sample) {
    return sample->int_type;
}

static void check_fixtures(void) {
    CHECK(is_provided(true, "tmp_path", make_string));
    CHECK(is_provided(false, "tmp_path", make_string));
    CHECK(is_provided(true, "tmp_path", make_const_string));
    CHECK(is_provided(true, "tmp_path", make_typedef));
    CHECK(is_provided(true, "thimble_capture", make_capture));
    CHECK(is_provided(true, "capture", make_capture));
    CHECK(!is_provided(true, "tmp_path", make_text));
    CHECK(!is_provided(true, "tmp_path", make_int));
    CHECK(!is_provided(true, "tmp_path", make_capture));
    CHECK(is_provided(false, "capture", make_declared_capture));
    CHECK(!is_provided(false, "capture", make_programs_capture));
    CHECK(!is_provided(true, "capture", make_other_struct));
    /* Somebody in another file may provide it; without the header nobody has to. */
    CHECK(is_provided(true, "path", make_string));
    CHECK(!is_provided(false, "path", make_string));
}

/* What is said of `void test_x(TYPE NAME)` in a unit with the header. */
static void check_mistake(const char *name, uint32_t (*make)(struct sample *), const char *wanted) {
    struct sample sample;
    sample_start(&sample);
    model_includes_header(sample.model);
    uint32_t test = sample_test(&sample, "test_x", name, make(&sample));
    sample_finish(&sample);
    CHECK(sample.errors == 1 && sample.error_function == test && sample.error_parameter == 0);
    CHECK_TEXT(sample.message, wanted);
    CHECK(!is_test(&sample, test));
    sample_end(&sample);
}

#define KNOWN "thimble knows const char *tmp_path and struct capture *capture"

static void check_mistakes(void) {
    check_mistake("tmp_pth", make_string,
                  "nobody provides the parameter 'tmp_pth' of test_x: " KNOWN
                  "; did you mean 'tmp_path'?");
    check_mistake("captured", make_capture,
                  "nobody provides the parameter 'captured' of test_x: " KNOWN
                  "; did you mean 'capture'?");
    check_mistake("", make_int, "nobody provides parameter 1 of test_x, which has no name: " KNOWN);
    check_mistake("tmp_path", make_text,
                  "the parameter 'tmp_path' of test_x is a 'char *': thimble provides "
                  "const char *tmp_path");
    check_mistake("thimble_capture", make_other_struct,
                  "the parameter 'capture' of test_x is a 'struct screenshot *': thimble provides "
                  "struct capture *capture");
}

static void check_each_parameter(void) {
    struct sample sample;
    sample_start(&sample);
    model_includes_header(sample.model);
    struct model_member parameters[] = {{.name = "captre", .type = sample.capture},
                                        {.name = "tmp_path", .type = sample.string},
                                        {.name = "tmp_pat", .type = sample.string}};
    uint32_t type = sample_function_type(&sample, sample.void_type, parameters, 3);
    sample_function(&sample, &(struct model_function){
                                 .name = "test_x", .type = type, .flags = THIMBLE_DEFINED});
    sample_finish(&sample);
    CHECK(sample.errors == 2 && sample.error_parameter == 2);
    sample_end(&sample);
}

static void check_helper(bool header) {
    struct sample sample;
    sample_start(&sample);
    if (header)
        model_includes_header(sample.model);
    uint32_t helper = sample_test(&sample, "test_then_block", "ls", make_text(&sample));
    model_function_used(sample.model, helper);
    sample_finish(&sample);
    CHECK(model_test_count(sample.model) == 0 && sample.errors == 0);
    CHECK_TEXT(why_not(&sample, helper),
               "nobody provides the parameter 'ls' of test_then_block: " KNOWN
               "; the unit uses it as a helper");
    sample_end(&sample);
}

/* What a unit cannot see, the program may have. */
static void check_unseen(bool header) {
    struct sample sample;
    sample_start(&sample);
    if (header)
        model_includes_header(sample.model);
    model_asserts_emptied(sample.model);
    sample_test(&sample, "test_then_block", "ls", make_text(&sample));
    sample_finish(&sample);
    CHECK(model_test_count(sample.model) == 1);
    CHECK(model_test_flags(sample.model, 0) == (header ? 0 : THIMBLE_TEST_IF_PROVIDED));
    CHECK(sample.errors == header); /* of asserts: one that may be no test has none */
    sample_end(&sample);
}

static void check_asserts(bool emptied, bool with_test, int errors) {
    struct sample sample;
    sample_start(&sample);
    if (emptied)
        model_asserts_emptied(sample.model);
    uint32_t first = with_test ? sample_test(&sample, "test_x", NULL, 0) : 0;
    if (with_test)
        sample_test(&sample, "test_y", NULL, 0);
    sample_finish(&sample);
    CHECK(sample.errors == errors);
    if (errors) {
        CHECK(sample.error_function == first && sample.error_parameter == THIMBLE_NONE);
        CHECK_CONTAINS(sample.message, "-UNDEBUG");
    }
    sample_end(&sample);
}

/* Declared and called first, in another order than they are defined. */
static void check_order(void) {
    struct sample sample;
    sample_start(&sample);
    uint32_t late = with_flags(&sample, "test_late", "zoo.c", 0);
    uint32_t early = with_flags(&sample, "test_early", "zoo.c", 0);
    uint32_t middle = with_flags(&sample, "test_middle", "zoo.c", THIMBLE_DEFINED);
    struct model_function is = *model_function(sample.model, early);
    is.flags = THIMBLE_DEFINED;
    is.line = 40;
    model_function_set(sample.model, early, &is);
    model_function_set(sample.model, late,
                       &(struct model_function){.name = "test_late",
                                                .symbol = "test_late",
                                                .file = "zoo.c",
                                                .type = sample.takes_nothing,
                                                .flags = THIMBLE_DEFINED});
    CHECK(model_function(sample.model, early)->line == 40);
    sample_finish(&sample);
    CHECK(model_test_count(sample.model) == 3);
    CHECK(model_test_function(sample.model, 0) == middle);
    CHECK(model_test_function(sample.model, 1) == early);
    CHECK(model_test_function(sample.model, 2) == late);
    sample_end(&sample);
}

static void check_prefix(void) {
    struct sample sample;
    char error[128];
    sample_start(&sample);
    CHECK(options_set(&sample.options, "prefix", "check_", error, sizeof error));
    uint32_t ours = sample_test(&sample, "check_feeds", NULL, 0);
    sample_test(&sample, "test_feeds", NULL, 0);
    sample_finish(&sample);
    CHECK(model_test_count(sample.model) == 1 && is_test(&sample, ours));
    sample_end(&sample);
}

/* A name longer than any buffer for messages. */
static void check_long_name(void) {
    struct sample sample;
    sample_start(&sample);
    model_includes_header(sample.model);
    char name[6001];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    memcpy(name, "test_", 5);
    uint32_t test = sample_test(&sample, name, name, sample.int_type);
    model_function_used(sample.model, test);
    sample_finish(&sample);
    CHECK(sample.errors == 0);
    CHECK_CONTAINS(why_not(&sample, test), "nobody provides");
    sample_end(&sample);
}

/* Calls of one function share a slot. */
static void check_slots(void) {
    struct sample sample;
    sample_start(&sample);
    uint32_t feed = with_flags(&sample, "feed", "zoo.c", THIMBLE_DEFINED);
    uint32_t wash = with_flags(&sample, "wash", "zoo.c", THIMBLE_DEFINED);
    CHECK(model_seam(sample.model, wash) == 0 && model_seam(sample.model, feed) == 1);
    CHECK(model_seam(sample.model, wash) == 0);
    CHECK(model_slot_function(sample.model, 0) == wash);
    CHECK(model_slot_function(sample.model, 1) == feed);
    CHECK(model_function_calls(sample.model, wash) == 2);
    CHECK(model_function_calls(sample.model, feed) == 1);
    sample_end(&sample);
}

/* Whose frames have to be seen: those of tests, and of helpers that use the header. */
static void check_serving(void) {
    struct sample sample;
    sample_start(&sample);
    with_flags(&sample, "feed", "zoo.c", THIMBLE_DEFINED);
    with_flags(&sample, "test_declared", "zoo.c", 0);
    CHECK(!model_serves_tests(sample.model));
    with_flags(&sample, "test_feeds", "zoo.c", THIMBLE_DEFINED);
    CHECK(model_serves_tests(sample.model));
    sample_end(&sample);
    sample_start(&sample);
    model_includes_header(sample.model);
    CHECK(model_serves_tests(sample.model));
    sample_end(&sample);
}

void check_discovery(void) {
    check_plain();
    check_none();
    check_fixtures();
    check_mistakes();
    check_each_parameter();
    check_helper(true);
    check_helper(false);
    check_unseen(true);
    check_unseen(false);
    check_asserts(true, true, 1);
    check_asserts(true, false, 0);
    check_asserts(false, true, 0);
    check_order();
    check_prefix();
    check_long_name();
    check_slots();
    check_serving();
}
