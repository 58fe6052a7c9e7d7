/* Fixtures, cases and marks: what is one, and what is said of what wants to be. The texts of
 * most messages stand in tests/conformance/errors. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model.h"
#include "model_data.h"
#include "naming.h"
#include "nearest.h"
#include "same_type.h"
#include "sample.h"

static void start(struct sample *sample, bool header) {
    sample_start(sample);
    if (header)
        model_includes_header(sample->model);
}

/* ---- Names ---- */

static void check_name(const char *name, int kind, const char *value) {
    enum thimble_fixture_kind got = THIMBLE_SETUP;
    const char *got_value = NULL;
    bool is = naming_is_fixture(name, &got, &got_value);
    CHECK(is == (kind >= 0));
    if (!is || kind < 0)
        return;
    CHECK((int)got == kind);
    CHECK_TEXT(got_value, value);
}

static void check_names(void) {
    check_name("setup", THIMBLE_SETUP, "");
    check_name("setUp", THIMBLE_SETUP, "");
    check_name("teardown", THIMBLE_TEARDOWN, "");
    check_name("tearDown", THIMBLE_TEARDOWN, "");
    check_name("setup_module", THIMBLE_SETUP_MODULE, "");
    check_name("setUpModule", THIMBLE_SETUP_MODULE, "");
    check_name("teardown_module", THIMBLE_TEARDOWN_MODULE, "");
    check_name("tearDownModule", THIMBLE_TEARDOWN_MODULE, "");
    check_name("fixture_db", THIMBLE_TEST_FIXTURE, "db");
    check_name("module_fixture_db", THIMBLE_MODULE_FIXTURE, "db");
    check_name("session_fixture_db", THIMBLE_SESSION_FIXTURE, "db");
    check_name("teardown_db", THIMBLE_FIXTURE_TEARDOWN, "db");
    check_name("teardown_modules", THIMBLE_FIXTURE_TEARDOWN, "modules");
    const char *const none[] = {"setups",    "setup_db", "teardowns", "fixture_",  "fixture",
                                "teardown_", "feed",     "",          "my_setup",  "tearDown_db",
                                "test_x",    "s",        "session_",  "fixtures_x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        check_name(none[i], -1, "");
    CHECK_TEXT(naming_test_of_cases("test_", "cases_test_x"), "test_x");
    CHECK_TEXT(naming_test_of_cases("check_", "cases_check_x"), "check_x");
    CHECK(!naming_test_of_cases("check_", "cases_test_x"));
    CHECK(!naming_test_of_cases("test_", "cases_"));
    CHECK(!naming_test_of_cases("test_", "test_x"));
    CHECK(naming_comes_back("thimble_block_again") && !naming_comes_back("thimble_block_leave"));
    CHECK(naming_use_counts("test_", "test_x") && naming_use_counts("test_", "fixture_x"));
    CHECK(!naming_use_counts("test_", "feed"));
}

/* ---- Types ---- */

static void check_types_alike(void) {
    struct sample sample;
    sample_start(&sample);
    const struct model *model = sample.model;
    uint32_t text = sample_pointer(&sample, sample.char_type);
    uint32_t letter = sample_typedef(&sample, "letter", sample.char_type);
    uint32_t animal = sample_struct(&sample, "animal"), plant = sample_struct(&sample, "plant");
    struct model_member number = {.name = "x", .type = sample.int_type};
    struct model_member letters = {.name = "y", .type = text};
    uint32_t callback = sample_function_type(&sample, sample.void_type, &number, 1);
    CHECK(same_type(model, sample.int_type, sample.int_type));
    CHECK(!same_type(model, sample.int_type, sample.char_type));
    CHECK(same_type(model, sample_qualified(&sample, text, THIMBLE_CONST), text));
    CHECK(same_type(model, sample_pointer(&sample, letter), text));
    CHECK(!same_type(model, sample.string, text));
    CHECK(same_type(model,
                    sample_pointer(&sample, sample_qualified(&sample, letter, THIMBLE_CONST)),
                    sample.string));
    CHECK(!same_type(model, sample_pointer(&sample, animal), sample_pointer(&sample, plant)));
    CHECK(same_type(model, sample_pointer(&sample, animal), sample_pointer(&sample, animal)));
    CHECK(same_type(model, sample_array(&sample, animal, 2), sample_array(&sample, animal, 2)));
    CHECK(!same_type(model, sample_array(&sample, animal, 2), sample_array(&sample, animal, 3)));
    CHECK(same_type(model, callback, sample_function_type(&sample, sample.void_type, &number, 1)));
    CHECK(
        !same_type(model, callback, sample_function_type(&sample, sample.void_type, &letters, 1)));
    CHECK(!same_type(model, callback, sample_function_type(&sample, sample.int_type, &number, 1)));
    CHECK(!same_type(model, callback, sample.takes_nothing));
    sample_end(&sample);
}

/* ---- Which functions are fixtures ---- */

static uint32_t with_flags(struct sample *sample, const char *name, uint32_t flags) {
    return sample_function(
        sample, &(struct model_function){
                    .name = name, .line = 3, .type = sample->takes_nothing, .flags = flags});
}

static uint32_t makes_int(struct sample *sample, const char *name, uint32_t flags) {
    uint32_t type = sample_function_type(sample, sample->int_type, NULL, 0);
    return sample_function(
        sample, &(struct model_function){.name = name, .line = 3, .type = type, .flags = flags});
}

enum { OWN = THIMBLE_DEFINED | THIMBLE_INTERNAL };

static bool is_fixture(const struct sample *sample, uint32_t function) {
    bool found = false;
    for (uint32_t i = 0; i < model_fixture_count(sample->model); i++)
        found |= model_fixture_function(sample->model, i) == function;
    return found;
}

/* In a unit with a test, with the header, or with neither. */
static void check_served(bool with_test, bool header) {
    struct sample sample;
    start(&sample, header);
    bool all = with_test || header;
    uint32_t setup = with_flags(&sample, "setup", OWN);
    uint32_t shared = makes_int(&sample, "session_fixture_zoo", THIMBLE_DEFINED);
    uint32_t own = makes_int(&sample, "fixture_animal", OWN);
    uint32_t end = sample_test(&sample, "teardown_animal", "a", sample.int_type);
    uint32_t nothing[] = {
        with_flags(&sample, "teardown", 0),
        with_flags(&sample, "setup_module", THIMBLE_DEFINED | THIMBLE_SYSTEM),
        with_flags(&sample, "feed", THIMBLE_DEFINED),
        makes_int(&sample, "fixture_inline", THIMBLE_DEFINED | THIMBLE_INLINE),
        makes_int(&sample, "fixture_tmp_path", OWN),
        sample_function(&sample, &(struct model_function){.name = "tearDown",
                                                          .type = sample.takes_nothing,
                                                          .flags = THIMBLE_DEFINED,
                                                          .nested = true}),
    };
    if (with_test)
        with_flags(&sample, "test_fixture_feeds", THIMBLE_DEFINED);
    sample_finish(&sample);
    CHECK(is_fixture(&sample, shared));
    CHECK(is_fixture(&sample, setup) == all);
    CHECK(is_fixture(&sample, own) == all);
    CHECK(is_fixture(&sample, end) == all);
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        CHECK(!is_fixture(&sample, nothing[i]));
    CHECK(sample.errors == 0);
    CHECK(model_symbol_count(sample.model) == model_fixture_count(sample.model) + with_test);
    sample_end(&sample);
}

static void check_order_and_record(void) {
    struct sample sample;
    start(&sample, true);
    uint32_t late = makes_int(&sample, "module_fixture_late", 0);
    uint32_t early = makes_int(&sample, "fixture_early", THIMBLE_DEFINED);
    struct model_function is = *model_function(sample.model, late);
    is.flags = THIMBLE_DEFINED;
    model_function_set(sample.model, late, &is);
    sample_finish(&sample);
    CHECK(model_fixture_count(sample.model) == 2);
    CHECK(model_fixture_function(sample.model, 0) == early);
    const struct thimble_fixture *record = &sample.model->fixtures[1];
    CHECK(record->kind == THIMBLE_MODULE_FIXTURE && record->function == late);
    CHECK_TEXT(intern_text(&sample.model->strings, record->name), "late");
    sample_end(&sample);
}

/* A teardown of a shared fixture is shared too; of one that only others have it is nobody's
 * in a unit without tests. */
static void check_shared_teardown(void) {
    struct sample sample;
    start(&sample, false);
    struct model_member parameter = {.name = "x", .type = sample.int_type};
    uint32_t takes_int = sample_function_type(&sample, sample.void_type, &parameter, 1);
    struct model_function of_db = {
        .name = "teardown_db", .type = takes_int, .flags = THIMBLE_DEFINED};
    struct model_function of_other = of_db;
    of_other.name = "teardown_other";
    uint32_t shared = sample_function(&sample, &of_db), other = sample_function(&sample, &of_other);
    makes_int(&sample, "fixture_db", THIMBLE_DEFINED);
    makes_int(&sample, "fixture_other", 0);
    sample_finish(&sample);
    CHECK(is_fixture(&sample, shared) && !is_fixture(&sample, other));
    sample_end(&sample);
}

/* One that the unit calls is its own affair where it cannot be a fixture. */
static void check_used(bool used) {
    struct sample sample;
    start(&sample, true);
    uint32_t makes =
        sample_fixture(&sample, "fixture_db", sample.int_type, "size", sample.int_type);
    uint32_t setup = sample_test(&sample, "setup", "x", sample.int_type);
    uint32_t plain = makes_int(&sample, "fixture_plain", OWN);
    uint32_t needs = sample_test(&sample, "test_needs", "db", sample.string);
    model_function_used(sample.model, plain);
    if (used) {
        model_function_used(sample.model, makes);
        model_function_used(sample.model, setup);
    }
    sample_finish(&sample);
    CHECK(is_fixture(&sample, plain));
    CHECK(is_fixture(&sample, makes) == !used);
    CHECK(!is_fixture(&sample, setup));
    CHECK(sample.errors == (used ? 0 : 1)); /* the test's; then it is no unit with a test */
    CHECK(!model_function_why(sample.model, needs) == used);
    sample_end(&sample);
}

static void check_mistakes_need_header(void) {
    struct sample sample;
    start(&sample, false);
    with_flags(&sample, "test_x", THIMBLE_DEFINED);
    makes_int(&sample, "setup", OWN);
    with_flags(&sample, "setUpModule", OWN);
    with_flags(&sample, "setup_module", OWN);
    sample_fixture(&sample, "fixture_a", sample.int_type, "a", sample.int_type);
    sample_fixture(&sample, "session_fixture_b", sample.int_type, "tmp_path", sample.string);
    model_object_add(sample.model, "cases_test_y", sample.int_type, false);
    sample_finish(&sample);
    CHECK(sample.errors == 0 && model_test_count(sample.model) == 1);
    CHECK(model_fixture_count(sample.model) == 4);
    sample_end(&sample);
}

/* A chain of more fixtures than any program has, and then it ends in a circle. */
static void check_long_chain(bool circle) {
    enum { LENGTH = 2000 };
    struct sample sample;
    char name[32], next[32];
    start(&sample, true);
    for (int i = 0; i < LENGTH; i++) {
        snprintf(name, sizeof name, "fixture_n%d", i);
        snprintf(next, sizeof next, "n%d", i + 1 < LENGTH ? i + 1 : 0);
        bool last = i + 1 == LENGTH && !circle;
        sample_fixture(&sample, name, sample.int_type, last ? NULL : next, sample.int_type);
    }
    sample_finish(&sample);
    CHECK(sample.errors == circle);
    if (circle)
        CHECK_CONTAINS(sample.message, "in a circle: n0 -> n1 -> n2");
    CHECK(model_fixture_count(sample.model) == LENGTH);
    sample_end(&sample);
}

/* Who may ask for whom: one that lives as long, or longer. */
static void check_lifetimes(void) {
    static const char *const makers[] = {"fixture_", "module_fixture_", "session_fixture_"};
    for (int asking = 0; asking < 3; asking++)
        for (int asked = 0; asked < 3; asked++) {
            struct sample sample;
            char name[32];
            start(&sample, true);
            snprintf(name, sizeof name, "%sx", makers[asking]);
            sample_fixture(&sample, name, sample.int_type, "y", sample.int_type);
            snprintf(name, sizeof name, "%sy", makers[asked]);
            makes_int(&sample, name, OWN);
            sample_finish(&sample);
            CHECK(sample.errors == (asked < asking));
            sample_end(&sample);
        }
}

static void check_slips(void) {
    static const struct {
        const char *written, *meant;
        bool slip;
    } pairs[] = {{"animl", "animal", true},   {"db1", "db2", false},
                 {"db", "db2", false},        {"db1x", "db2y", true},
                 {"ab", "cd", false},         {"keeper", "kepeer", true},
                 {"n", "m", false},           {"x1", "y1", true},
                 {"animal", "anthem", false}, {"animals", "mineral", false},
                 {"row10", "row1", false}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        unsigned distance = nearest_distance(pairs[i].written, pairs[i].meant);
        CHECK(nearest_is_slip(pairs[i].written, pairs[i].meant, distance) == pairs[i].slip);
    }
    CHECK(nearest_distance("kitten", "sitting") == 3 && nearest_distance("", "ab") == 2);
}

/* ---- Cases ---- */

static void check_cases(bool header, bool inside, uint64_t count, int errors, size_t records) {
    struct sample sample;
    start(&sample, header);
    uint32_t row = sample_qualified(&sample, sample_struct(&sample, "row"), THIMBLE_CONST);
    uint32_t test = sample_test(&sample, "test_rows", "r", sample_pointer(&sample, row));
    uint32_t object = model_object_add(sample.model, "cases_test_rows",
                                       sample_array(&sample, row, count), inside);
    sample_finish(&sample);
    CHECK(sample.errors == errors);
    if (errors)
        CHECK(sample.error_object == object && sample.error_function == THIMBLE_NONE);
    CHECK(sample.model->cases_count == records);
    CHECK(model_test_count(sample.model) == 1 && model_test_function(sample.model, 0) == test);
    CHECK(model_test_flags(sample.model, 0) ==
          (records || header ? 0 : (uint32_t)THIMBLE_TEST_IF_PROVIDED));
    if (records) {
        const struct thimble_cases *cases = sample.model->cases;
        struct model_symbol symbol = model_symbol_at(sample.model, cases->symbol);
        CHECK(symbol.object && symbol.index == object && cases->test == 0);
        CHECK(cases->count == count && sample.model->types[cases->type].kind == THIMBLE_STRUCT);
        CHECK(model_symbol_object(sample.model, object) == cases->symbol);
    }
    sample_end(&sample);
}

/* ---- Marks ---- */

static void check_mark(enum thimble_mark_kind kind, const char *text, double seconds,
                       uint64_t microseconds, bool good) {
    struct sample sample;
    start(&sample, true);
    uint32_t test = sample_test(&sample, "test_x", NULL, 0);
    model_mark_add(sample.model, test, kind, text, seconds);
    model_mark_add(sample.model, test, kind, text, seconds); /* of a declaration, too */
    sample_finish(&sample);
    CHECK((sample.errors == 0) == good && sample.model->mark_count == good);
    if (good && sample.model->mark_count) {
        const struct thimble_mark *mark = &sample.model->marks[0].record;
        CHECK(mark->test == 0 && mark->kind == kind && mark->microseconds == microseconds);
        CHECK_TEXT(intern_text(&sample.model->strings, mark->text), text ? text : "");
    }
    sample_end(&sample);
}

static void check_marks(void) {
    check_mark(THIMBLE_TAG, "slow", NAN, 0, true);
    check_mark(THIMBLE_XFAIL, "", NAN, 0, true);
    check_mark(THIMBLE_SKIP, NULL, 5, 0, false);
    check_mark(THIMBLE_TIMEOUT, NULL, 0, 0, true);
    check_mark(THIMBLE_TIMEOUT, NULL, 2.5, 2500000, true);
    check_mark(THIMBLE_TIMEOUT, NULL, 1e-9, 1, true);
    check_mark(THIMBLE_TIMEOUT, NULL, -1, 0, false);
    check_mark(THIMBLE_TIMEOUT, NULL, INFINITY, 0, false);
    check_mark(THIMBLE_TIMEOUT, NULL, 1e300, 0, false);
    check_mark(THIMBLE_TIMEOUT, "5", NAN, 0, false);
}

void check_fixtures_and_more(void) {
    check_names();
    check_types_alike();
    for (int i = 0; i < 4; i++)
        check_served(i & 1, i & 2);
    check_order_and_record();
    check_shared_teardown();
    check_used(true);
    check_used(false);
    check_mistakes_need_header();
    check_long_chain(false);
    check_long_chain(true);
    check_lifetimes();
    check_slips();
    check_cases(true, false, 3, 0, 1);
    check_cases(false, false, 3, 0, 1);
    check_cases(true, false, 0, 1, 0);
    check_cases(false, false, 0, 0, 0);
    check_cases(true, true, 3, 0, 0);
    check_marks();
}
