#include <stdlib.h>
#include <string.h>

#include "../../../runtime/runner/options.h"
#include "../../../runtime/runner/words.h"
#include "check.h"

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
    CHECK(options.memory == 0 && options.frames == 1);
    CHECK_TEXT(read_options(&options, "--memory 7 --frames=64"), "");
    CHECK(options.memory == 7 && options.frames == 64);
    CHECK_CONTAINS(read_options(&options, "--frames 65"), "it takes a number from 1 to 64");
    CHECK_CONTAINS(read_options(&options, "--frames 0"), "it takes a number from 1 to 64");
    CHECK_CONTAINS(read_options(&options, "--memory -1"), "it takes a number; 0 is none");
    CHECK_TEXT(read_options(&options, "-- -v"), "");
    CHECK(!options.verbose && options.selector_count == 1);
    setenv("THIMBLE_OPTIONS", "-q --timeout 5", 1);
    CHECK_TEXT(read_options(&options, "--timeout 7"), "");
    CHECK(options.quiet && options.timeout == 7);
    unsetenv("THIMBLE_OPTIONS");
}

static void check_order_options(void) {
    struct options options;
    CHECK_TEXT(read_options(&options, "--lf --ff --repeat 3 --shard 2/5 --durations 4"), "");
    CHECK(options.last_failed && options.failed_first && options.repeat == 3);
    CHECK(options.shard == 1 && options.shard_count == 5 && options.durations == 4);
    CHECK_TEXT(read_options(&options, "--isolate none --junit a.xml --json b.json --format tap"),
               "");
    CHECK(options.isolate == ISOLATE_NONE && options.format == FORMAT_TAP);
    CHECK_TEXT(options.junit, "a.xml");
    CHECK_TEXT(options.json, "b.json");
    CHECK_TEXT(read_options(&options, "--isolate worker --format=dots --durations 0"), "");
    CHECK(options.isolate == ISOLATE_WORKER && options.format == FORMAT_DOTS);
    CHECK(options.durations == UINT32_MAX);
    CHECK_TEXT(read_options(&options, "--shuffle=18446744073709551615"), "");
    CHECK(options.shuffle && options.seed == UINT64_MAX);
    CHECK_TEXT(read_options(&options, "--shuffle 7"), "");
    CHECK(options.shuffle && options.selector_count == 1);
    uint64_t seed = options.seed;
    CHECK_TEXT(read_options(&options, "--shuffle"), "");
    CHECK(options.seed != seed);
    CHECK_TEXT(read_options(&options, "--shuffle=7 --shuffle"), "");
    CHECK(options.seed != 7);
}

static void check_wrong_order_options(void) {
    struct options options;
    const char *shards[] = {"0/2", "3/2", "2", "1/", "/2", "a/2", "1/0", "-1/2", "1/2/3", "1/2x"};
    for (size_t i = 0; i < sizeof(shards) / sizeof(shards[0]); i++) {
        struct text line = _thimble_growing_text();
        _thimble_printf(&line, "--shard %s", shards[i]);
        CHECK_CONTAINS(read_options(&options, line.data), "it takes I/N: which one");
    }
    CHECK_CONTAINS(read_options(&options, "--shuffle=soon"), "--shuffle 'soon': it takes a whole");
    CHECK_CONTAINS(read_options(&options, "--shuffle=-1"), "it takes a whole number");
    CHECK_CONTAINS(read_options(&options, "--shuffle="), "it takes a whole number");
    CHECK_CONTAINS(read_options(&options, "--shuffle=18446744073709551616"), "at most");
    CHECK_CONTAINS(read_options(&options, "--repeat 0"), "a number from 1");
    CHECK_CONTAINS(read_options(&options, "--durations few"), "it takes a number; 0 is all");
    CHECK_CONTAINS(read_options(&options, "--isolate all"), "it takes test, worker or none");
    CHECK_CONTAINS(read_options(&options, "--format xml"), "it takes pretty, dots, tap or json");
    CHECK_CONTAINS(read_options(&options, "--junit="), "it takes the name of a file");
    CHECK_CONTAINS(read_options(&options, "--json"), "option --json needs a value: FILE");
    CHECK_CONTAINS(read_options(&options, "--lf=yes"), "takes no value");
}

/* ---- Bazel ---- */

/* Reads a line with a variable. */
static const char *read_with(struct options *options, const char *name, const char *value,
                             const char *line) {
    setenv(name, value, 1);
    const char *error = read_options(options, line);
    unsetenv(name);
    return error;
}

static void check_bazel_shards(void) {
    struct options options;
    setenv("TEST_TOTAL_SHARDS", "4", 1);
    CHECK_TEXT(read_with(&options, "TEST_SHARD_INDEX", "3", ""), "");
    CHECK(options.shard == 3 && options.shard_count == 4);
    CHECK_TEXT(read_with(&options, "TEST_SHARD_INDEX", "3", "--shard 1/2"), "");
    CHECK(options.shard == 0 && options.shard_count == 2);
    CHECK_CONTAINS(read_with(&options, "TEST_SHARD_INDEX", "4", ""),
                   "TEST_SHARD_INDEX '4': it takes a number from 0");
    CHECK_CONTAINS(read_with(&options, "TEST_SHARD_INDEX", "x", ""), "TEST_SHARD_INDEX 'x'");
    CHECK_CONTAINS(read_options(&options, ""), "need each other");
    setenv("TEST_TOTAL_SHARDS", "many", 1);
    CHECK_CONTAINS(read_with(&options, "TEST_SHARD_INDEX", "0", ""), "TEST_TOTAL_SHARDS 'many'");
    setenv("TEST_TOTAL_SHARDS", "0", 1);
    CHECK_TEXT(read_with(&options, "TEST_SHARD_INDEX", "0", ""), "");
    CHECK(options.shard_count == 0);
    unsetenv("TEST_TOTAL_SHARDS");
}

static void check_bazel_options(void) {
    struct options options;
    check_bazel_shards();
    CHECK_TEXT(read_with(&options, "TESTBRIDGE_TEST_RUNNER_FAIL_FAST", "1", ""), "");
    CHECK(options.most_failures == 1);
    CHECK_TEXT(read_with(&options, "TESTBRIDGE_TEST_RUNNER_FAIL_FAST", "1", "--maxfail 0"), "");
    CHECK(options.most_failures == 0);
    CHECK_TEXT(read_with(&options, "TESTBRIDGE_TEST_RUNNER_FAIL_FAST", "0", ""), "");
    CHECK(options.most_failures == 0);
    CHECK_TEXT(read_with(&options, "XML_OUTPUT_FILE", "/x.xml", ""), "");
    CHECK_TEXT(options.junit, "/x.xml");
    CHECK_TEXT(read_with(&options, "XML_OUTPUT_FILE", "/x.xml", "--junit a.xml"), "");
    CHECK_TEXT(options.junit, "a.xml");
    CHECK_TEXT(read_with(&options, "TESTBRIDGE_TEST_ONLY", "feeds", ""), "");
    CHECK_TEXT(options.filter, "feeds");
    CHECK_TEXT(read_with(&options, "TESTBRIDGE_TEST_ONLY", "", ""), "");
    CHECK(options.filter == NULL);
    CHECK_TEXT(read_with(&options, "TEST_RANDOM_SEED", "12", "--shuffle"), "");
    CHECK(options.seed == 12);
    CHECK_TEXT(read_with(&options, "TEST_RANDOM_SEED", "12", "--shuffle=5"), "");
    CHECK(options.seed == 5);
    CHECK_TEXT(read_with(&options, "TEST_RANDOM_SEED", "x", ""), "");
    CHECK(!options.shuffle);
    CHECK_CONTAINS(read_with(&options, "TEST_RANDOM_SEED", "x", "--shuffle"),
                   "TEST_RANDOM_SEED 'x': it takes a whole number");
}

/* ---- Help ---- */

static void check_help(void) {
    struct text help = _thimble_growing_text();
    _thimble_put_help(&help, "./tests");
    for (const char *line = help.data; *line;) {
        size_t length = strcspn(line, "\n");
        CHECK(length <= 80);
        line += length + (line[length] == '\n');
    }
    CHECK_CONTAINS(help.data, "\n\nIn what order:\n  --ff ");
    CHECK_CONTAINS(help.data, "\n  --shuffle[=SEED]    in an order");
    CHECK_CONTAINS(help.data, "\n  -j, --jobs N        worker");
}

void check_options(void) {
    struct options options;
    check_good_options();
    check_order_options();
    check_wrong_order_options();
    check_bazel_options();
    check_help();
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
