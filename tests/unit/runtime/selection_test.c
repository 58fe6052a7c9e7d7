#include <stdlib.h>
#include <string.h>

#include "../../../runtime/registry/registry.h"
#include "../../../runtime/runner/expression.h"
#include "../../../runtime/runner/nearest.h"
#include "../../../runtime/runner/options.h"
#include "../../../runtime/runner/paths.h"
#include "../../../runtime/runner/words.h"
#include "check.h"

/* ---- Paths ---- */

static const char *ending(const char *path, const char *other) {
    const char *others[] = {path, other};
    return _thimble_unique_end(path, others, 2);
}

void check_paths(void) {
    CHECK(_thimble_path_matches("/zoo/tests/test_zoo.c", "test_zoo.c"));
    CHECK(_thimble_path_matches("/zoo/tests/test_zoo.c", "tests/test_zoo.c"));
    CHECK(_thimble_path_matches("/zoo/tests/test_zoo.c", "./tests/test_zoo.c"));
    CHECK(_thimble_path_matches("/zoo/tests/test_zoo.c", "/zoo/tests/test_zoo.c"));
    CHECK(!_thimble_path_matches("/zoo/tests/test_zoo.c", "zoo.c"));
    CHECK(!_thimble_path_matches("/zoo/tests/test_zoo.c", ""));
    CHECK(!_thimble_path_matches("test_zoo.c", "tests/test_zoo.c"));

    CHECK_TEXT(_thimble_absolute_path("/zoo", "test.c"), "/zoo/test.c");
    CHECK_TEXT(_thimble_absolute_path("/zoo/build", ".././/tests/a/../test.c"),
               "/zoo/tests/test.c");
    CHECK_TEXT(_thimble_absolute_path("/zoo", "/other/./test.c"), "/other/test.c");
    CHECK_TEXT(_thimble_absolute_path("/zoo", "../../../test.c"), "/test.c");
    CHECK_TEXT(_thimble_absolute_path("", "test.c"), "/test.c");

    CHECK_TEXT(ending("/zoo/a/test.c", "/zoo/b/other.c"), "test.c");
    CHECK_TEXT(ending("/zoo/a/test.c", "/zoo/b/test.c"), "a/test.c");
    CHECK_TEXT(ending("/zoo/a/test.c", "/zoo/a/test.c"), "test.c");
    CHECK_TEXT(ending("/zoo/test.c", "/zoo/a_test.c"), "test.c");
    CHECK_TEXT(ending("/zoo/test.c", "/old/zoo/test.c"), "/zoo/test.c");
}

/* ---- Words ---- */

static bool split(const char *line, const char *joined) {
    struct words words = {0};
    struct text text = _thimble_growing_text();
    if (!_thimble_split_words(&words, line))
        return false;
    for (uint32_t i = 0; i < words.count; i++)
        _thimble_printf(&text, "%s|", words.list[i]);
    CHECK_TEXT(text.data, joined);
    return true;
}

void check_words(void) {
    CHECK(split("", ""));
    CHECK(split("  -v  -j2\t-q\n", "-v|-j2|-q|"));
    CHECK(split("-k 'a and b' \"c d\"e", "-k|a and b|c de|"));
    CHECK(split("a\\ b '\\' \"\\\"\" ''", "a b|\\|\"||"));
    CHECK(split("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18",
                "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|"));
    CHECK(!split("-k 'a and b", ""));

    struct nearest nearest = {.word = "time"};
    _thimble_consider(&nearest, "maxfail");
    _thimble_consider(&nearest, "timeout");
    _thimble_consider(&nearest, "");
    CHECK_TEXT(nearest.best, "timeout");
    CHECK(nearest.distance == 3);
    _thimble_consider(&nearest, "time");
    CHECK(nearest.distance == 0);
}

/* ---- Expressions ---- */

static bool is_true(const char *expression, const char *name) {
    const char *error;
    bool value = _thimble_expression_matches(expression, name, &error);
    CHECK(error == NULL);
    return value;
}

static const char *mistake(const char *expression) {
    const char *error;
    CHECK(!_thimble_expression_matches(expression, "test_feeds_hungry", &error));
    return error ? error : "none";
}

void check_expressions(void) {
    const char *name = "test_feeds_hungry";
    CHECK(is_true("feeds", name));
    CHECK(is_true("FEEDS", name));
    CHECK(!is_true("slow", name));
    CHECK(is_true("feeds and hungry", name));
    CHECK(!is_true("feeds and slow", name));
    CHECK(is_true("slow or feeds", name));
    CHECK(is_true("feeds or slow", name));
    CHECK(is_true("not slow", name));
    CHECK(!is_true("not feeds", name));
    CHECK(is_true("not not feeds", name));
    CHECK(is_true("feeds and not slow", name));
    CHECK(is_true("feeds or slow and slow", name));
    CHECK(!is_true("(feeds or slow) and slow", name));
    CHECK(is_true("not(slow)and(feeds)", name));
    CHECK(is_true("not slow and feeds", name));
    CHECK(is_true("android", "test_android"));
    CHECK(is_true(" hungry ", name));
    CHECK_CONTAINS(mistake(""), "ends too early");
    CHECK_CONTAINS(mistake("feeds and"), "ends too early");
    CHECK_CONTAINS(mistake("and feeds"), "an operand is missing");
    CHECK_CONTAINS(mistake("feeds hungry"), "`and` or `or` is missing");
    CHECK_CONTAINS(mistake("(feeds"), "a ')' is missing");
    CHECK_CONTAINS(mistake("feeds)"), "a '(' is missing");
    CHECK_CONTAINS(mistake("slow and feeds)"), "a '(' is missing");
    CHECK_CONTAINS(mistake("()"), "a word is missing");
    CHECK_CONTAINS(mistake("not"), "ends too early");
    char deep[2001];
    memset(deep, '(', 2000);
    deep[2000] = '\0';
    CHECK_CONTAINS(mistake(deep), "nested too deeply");
}

/* ---- Options ---- */

/* Reads a line of options; returns what is wrong with it, or "". */
static const char *read_options(struct options *options, const char *line) {
    struct words words = {0};
    struct text error = _thimble_growing_text();
    _thimble_add_word(&words, "tests");
    _thimble_split_words(&words, line);
    bool good =
        _thimble_read_options(options, (int)words.count, (char **)(void *)words.list, &error);
    CHECK(good == (error.length == 0));
    return error.data;
}

static void check_good_options(void) {
    struct options options;
    CHECK_TEXT(read_options(&options, ""), "");
    CHECK(options.timeout == 60 && options.leaks == LEAKS_FAIL && options.jobs == 0);
    CHECK_TEXT(read_options(&options, "-lvk 'a or b' -j3 a.c --timeout=0.5 b.c::test_x"), "");
    CHECK(options.list && options.verbose && options.jobs == 3 && options.timeout == 0.5);
    CHECK_TEXT(options.expression, "a or b");
    CHECK(options.selector_count == 2);
    CHECK_TEXT(options.selectors[1], "b.c::test_x");
    CHECK_TEXT(read_options(&options, "--jobs auto --maxfail 2 --leaks warn --format json -x"), "");
    CHECK(options.jobs == 0 && options.most_failures == 1 && options.leaks == LEAKS_WARN);
    CHECK(options.format == FORMAT_JSON);
    CHECK_TEXT(read_options(&options, "-- -v"), "");
    CHECK(!options.verbose && options.selector_count == 1);
    setenv("THIMBLE_OPTIONS", "-q --timeout 5", 1);
    CHECK_TEXT(read_options(&options, "--timeout 7"), "");
    CHECK(options.quiet && options.timeout == 7);
    unsetenv("THIMBLE_OPTIONS");
}

void check_options(void) {
    struct options options;
    check_good_options();
    CHECK_CONTAINS(read_options(&options, "--timeuot 3"), "the nearest is --timeout");
    CHECK_CONTAINS(read_options(&options, "--timeout"), "--timeout needs a value: SEC");
    CHECK_CONTAINS(read_options(&options, "--timeout -1"), "it takes seconds");
    CHECK_CONTAINS(read_options(&options, "--timeout nan"), "it takes seconds");
    CHECK_CONTAINS(read_options(&options, "--timeout=3x"), "it takes seconds");
    CHECK_CONTAINS(read_options(&options, "-j 0"), "a number from 1, or auto");
    CHECK_CONTAINS(read_options(&options, "-j -3"), "a number from 1, or auto");
    CHECK_CONTAINS(read_options(&options, "--maxfail 99999999999"), "it takes a number");
    CHECK_CONTAINS(read_options(&options, "--leaks maybe"), "it takes fail, warn or off");
    CHECK_CONTAINS(read_options(&options, "--list=yes"), "takes no value");
    CHECK_CONTAINS(read_options(&options, "-k 'a and'"), "option -k 'a and': it ends too early");
    CHECK_CONTAINS(read_options(&options, "-vz"), "unknown option -z");
    setenv("THIMBLE_OPTIONS", "-k 'a", 1);
    CHECK_CONTAINS(read_options(&options, ""), "THIMBLE_OPTIONS: a quote is not closed");
    unsetenv("THIMBLE_OPTIONS");
}
