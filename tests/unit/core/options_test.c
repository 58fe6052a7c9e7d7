#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "options.h"

static char error[1024];

static bool sets(struct options *options, const char *key, const char *value) {
    strcpy(error, "");
    return options_set(options, key, value, error, sizeof error);
}

static void check_defaults(void) {
    struct options options;
    options_init(&options);
    CHECK_TEXT(options.prefix, "test_");
    CHECK(options.seams == SEAMS_ALL);
    CHECK(options.allocs && options.asserts && !options.frames);
    CHECK(!options.report && !options.allocator_count);
    CHECK(!options.excludes.count && !options.seam_builtins.count);
    options_free(&options);
}

static void check_values(void) {
    struct options options;
    options_init(&options);
    CHECK(sets(&options, "prefix", "check_") && strcmp(options.prefix, "check_") == 0);
    CHECK(sets(&options, "prefix", "t") && strcmp(options.prefix, "t") == 0);
    CHECK(sets(&options, "seams", "extern") && options.seams == SEAMS_EXTERN);
    CHECK(sets(&options, "seams", "off") && options.seams == SEAMS_OFF);
    CHECK(sets(&options, "seams", "all") && options.seams == SEAMS_ALL);
    CHECK(sets(&options, "allocs", "off") && !options.allocs);
    CHECK(sets(&options, "asserts", "off") && !options.asserts);
    CHECK(sets(&options, "asserts", "on") && options.asserts);
    CHECK(sets(&options, "frames", NULL) && options.frames);
    CHECK(sets(&options, "report", "a.json") && sets(&options, "report", "b.json"));
    CHECK_TEXT(options.report, "b.json");
    for (int i = 0; i < 40; i++)
        CHECK(sets(&options, "seam-builtin", i % 2 ? "memcpy" : "sqrt"));
    CHECK(options.seam_builtins.count == 40);
    CHECK_TEXT(options.seam_builtins.items[39], "memcpy");
    options_free(&options);
}

static void check_messages(void) {
    struct options options;
    options_init(&options);
    CHECK(!sets(&options, "nonsense", "1"));
    CHECK_TEXT(error, "unknown option 'nonsense': thimble knows prefix=STR, "
                      "seams=all|extern|off, allocs=on|off, asserts=on|off, "
                      "allocator=NAME:SIZE[,COUNT][:free=NAME][:realloc=PTR], seam-builtin=NAME, "
                      "frames=on|off, exclude=GLOB, report=FILE");
    CHECK(!sets(&options, "seams", "maybe"));
    CHECK_TEXT(error, "bad value 'maybe' for option 'seams': it takes seams=all|extern|off");
    CHECK(!sets(&options, "seams", NULL));
    CHECK_TEXT(error, "option 'seams' needs a value: it takes seams=all|extern|off");
    static const char *const bad[][2] = {
        {"prefix", ""},         {"prefix", "1st"},    {"prefix", "te st"}, {"prefix", NULL},
        {"seams", ""},          {"seams", "ALL"},     {"allocs", "yes"},   {"asserts", ""},
        {"frames", "1"},        {"exclude", ""},      {"exclude", NULL},   {"report", ""},
        {"report", NULL},       {"seam-builtin", ""}, {"allocator", NULL}, {"allocator", ""},
        {"seam-builtin", "a b"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!sets(&options, bad[i][0], bad[i][1]));
        CHECK_CONTAINS(error, bad[i][0]);
    }
    CHECK_TEXT(options.prefix, "test_");
    CHECK(!options.allocator_count);
    char small[8];
    CHECK(!options_set(&options, "nonsense", "1", small, sizeof small));
    CHECK_TEXT(small, "unknown");
    options_free(&options);
}

static void check_allocator_option(void) {
    struct options options;
    options_init(&options);
    CHECK(sets(&options, "allocator", "xmalloc:1"));
    CHECK(sets(&options, "allocator", "pool_array:3,2:free=pool_free"));
    CHECK(sets(&options, "allocator", "grow:12:realloc=1:free=drop"));
    CHECK(options.allocator_count == 3);
    const struct allocator_option *is = options.allocators;
    CHECK(strcmp(is[0].name, "xmalloc") == 0 && is[0].size == 1 && !is[0].count && !is[0].release);
    CHECK(is[1].size == 3 && is[1].count == 2 && strcmp(is[1].release, "pool_free") == 0);
    CHECK(is[2].size == 12 && is[2].resized == 1 && strcmp(is[2].release, "drop") == 0);
    static const char *const bad[] = {
        "xmalloc",          "xmalloc:",          ":1",         "xmalloc:0",
        "xmalloc:1,",       "xmalloc:1,0",       "xmalloc:-1", "xmalloc:1:free=",
        "xmalloc:1:free=1", "xmalloc:1:other=x", "xmalloc:1 ", "xmalloc:1:realloc=x",
        "xmalloc:999999",   "x:1:free=a:free=b", "x y:1",      "x:99999999999999999999",
        "x:1:realloc=0",    "x:1:free",          "x:1,2,3",    "x:1:realloc=1:realloc=2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check(!sets(&options, "allocator", bad[i]), __FILE__, __LINE__, bad[i]);
    CHECK(options.allocator_count == 3);
    options_free(&options);
}

static bool excludes(const char *glob, const char *file) {
    struct options options;
    options_init(&options);
    CHECK(sets(&options, "exclude", "nothing.c"));
    CHECK(sets(&options, "exclude", glob));
    bool answer = options_excludes(&options, file);
    options_free(&options);
    return answer;
}

static void check_exclude(void) {
    CHECK(excludes("zoo.c", "zoo.c"));
    CHECK(excludes("zoo.c", "./zoo.c"));
    CHECK(excludes("./zoo.c", "zoo.c"));
    CHECK(excludes("zoo.c", "/home/me/src/zoo.c"));
    CHECK(excludes("src/zoo.c", "/home/me/src/../src/zoo.c"));
    CHECK(excludes("third_party/*", "/home/me/third_party/lib/a.c"));
    CHECK(excludes("*.gen.c", "a/b/x.gen.c"));
    CHECK(excludes("../gen/*.c", "../gen/a.c"));
    CHECK(!excludes("zoo.c", "bigzoo.c"));
    CHECK(!excludes("zoo.c", "zoo.cc"));
    CHECK(!excludes("src/*.c", "lib/zoo.c"));
    CHECK(!excludes("third_party/*", "my_third_party/a.c"));
}

void check_options(void) {
    check_defaults();
    check_values();
    check_messages();
    check_allocator_option();
    check_exclude();
}
