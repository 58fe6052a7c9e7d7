#include "../../../runtime/base/text.h"
#include "../../../runtime/registry/registry.h"
#include "../../../runtime/runner/nearest.h"
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
