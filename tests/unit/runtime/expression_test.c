#include <string.h>

#include "../../../runtime/runner/expression.h"
#include "check.h"

static bool is_true(const char *expression, const char *name) {
    const struct test test = {.label = name};
    CHECK(_thimble_expression_mistake(expression) == NULL);
    return _thimble_expression_matches(expression, &test);
}

static const char *mistake(const char *expression) {
    const struct test test = {.label = "test_feeds_hungry"};
    CHECK(!_thimble_expression_matches(expression, &test));
    const char *mistake = _thimble_expression_mistake(expression);
    return mistake ? mistake : "none";
}

static void check_tags(void) {
    const char *const tags[] = {"slow", "needs_Database"};
    const struct test test = {.label = "test_saves[empty list]", .tags = tags, .tag_count = 2};
    CHECK(_thimble_expression_matches("slow", &test));
    CHECK(_thimble_expression_matches("SLO", &test));
    CHECK(_thimble_expression_matches("database and saves", &test));
    CHECK(_thimble_expression_matches("empty", &test));
    CHECK(_thimble_expression_matches("[empty and list]", &test));
    CHECK(!_thimble_expression_matches("not slow", &test));
    CHECK(!_thimble_expression_matches("slow_needs", &test));
}

void check_expressions(void) {
    check_tags();
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
