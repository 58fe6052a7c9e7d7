/* Which function a name is about, and what is said where it is about none. */
#include "kit.h"
#include <string.h>

static struct kit zoo, farm;
static uint32_t feeds, uncalled, copy, shared_zoo;

static void nothing(void) {
}

#define PATCH(f) thimble_patch_at("t.c", 9, f, REPLACEMENT(nothing))

static void make_units(void) {
    kit_start(&zoo, "src/zoo.c");
    uint32_t type = kit_function_type(&zoo, zoo.void_, 0, NULL, 0);
    feeds = kit_function(&zoo, "feed_all", type, 0);
    kit_function(&zoo, "parse_line", type, THIMBLE_INTERNAL | THIMBLE_DEFINED);
    kit_function(&zoo, "feed_some", type, 0);
    shared_zoo = kit_function(&zoo, "shared",
                              kit_function_type(&zoo, zoo.void_, THIMBLE_UNPROTOTYPED, NULL, 0), 0);
    uncalled = kit_uncalled(&zoo, "feed_alll", type, THIMBLE_INTERNAL | THIMBLE_DEFINED);
    copy = kit_uncalled(&zoo, "memcpy", type, THIMBLE_SYSTEM);
    kit_register(&zoo);
    kit_start(&farm, "src/farm.c");
    type = kit_function_type(&farm, farm.void_, 0, NULL, 0);
    kit_function(&farm, "feed_all", type, 0);
    kit_function(&farm, "parse_line", type, THIMBLE_INTERNAL | THIMBLE_DEFINED);
    kit_function(&farm, "shared",
                 kit_function_type(&farm, farm.void_, 0, MEMBERS(PARAMETER("it", farm.int_))), 0);
    kit_register(&farm);
}

static void check_identity(void) {
    PATCH(FUNCTION(&zoo, feeds, "feed_all"));
    CHECK(zoo.slots[0] == (void *)nothing && farm.slots[0] == (void *)nothing);
    CHECK(!zoo.slots[1] && !zoo.slots[2]);
    kit_end_test();
    CHECK(!zoo.slots[0] && !farm.slots[0]);
}

static void check_strings(void) {
    PATCH(STRING("zoo.c:parse_line"));
    CHECK(zoo.slots[1] && !farm.slots[1]);
    PATCH(STRING("src/farm.c:parse_line"));
    CHECK(farm.slots[1]);
    kit_end_test();
    PATCH(STRING("feed_some"));
    CHECK(zoo.slots[2]);
    kit_end_test();
    CHECK(!zoo.slots[2] && !farm.slots[1]);
    CHECK_TEXT(FAILURE_OF(PATCH(STRING("parse_line"))),
               "t.c:9: patch(\"parse_line\"): several functions have that name; say which:\n"
               "  \"src/zoo.c:parse_line\", line 10\n  \"src/farm.c:parse_line\", line 10");
    CHECK_TEXT(FAILURE_OF(PATCH(STRING("barn.c:parse_line"))),
               "t.c:9: patch(\"barn.c:parse_line\"): no function of that name in barn.c; there is\n"
               "  \"src/zoo.c:parse_line\", line 10\n  \"src/farm.c:parse_line\", line 10");
    CHECK_TEXT(
        FAILURE_OF(PATCH(STRING("parse_lime"))),
        "t.c:9: patch(\"parse_lime\"): no function of that name in any file compiled with the "
        "plugin\n  near: parse_line");
    CHECK_TEXT(
        FAILURE_OF(PATCH(STRING("zoo.c:"))),
        "t.c:9: patch(\"zoo.c:\"): a name in a string is \"function\" or \"file.c:function\"");
    kit_end_test();
}

static void check_mock_by_string(void) {
    thimble_mock_at("t.c", 1, STRING("zoo.c:parse_line"));
    ((void (*)(void))zoo.slots[1])();
    CHECK(thimble_mock_call_count_at("t.c", 2, STRING("zoo.c:parse_line")) == 1);
    CHECK_CONTAINS(
        FAILURE_OF(thimble_assert_called_with_at("t.c", 2, STRING("zoo.c:parse_line"),
                                                 "\"zoo.c:parse_line\", 5",
                                                 COUNTED(VALUE(&zoo, zoo.int_, int, 5)))),
        "t.c:2: assert_called_with(\"zoo.c:parse_line\", 5): 1 argument, but parse_line takes 0\n"
        "  void parse_line(void)");
    kit_end_test();
}

static void check_no_seam(void) {
    CHECK_TEXT(
        FAILURE_OF(PATCH(FUNCTION(&zoo, uncalled, "feed_alll"))),
        "t.c:9: patch(feed_alll): no call in this program can be replaced: no file compiled with "
        "the plugin calls feed_alll (static, src/zoo.c:10)\n"
        "  compile the code that calls it with -fplugin=thimble.so, and without seams=off or "
        "seams=extern\n"
        "  where it is called through a pointer only, replace the pointer\n"
        "  near: feed_all, feed_some");
    CHECK_TEXT(
        FAILURE_OF(thimble_mock_at("t.c", 9, FUNCTION(&zoo, copy, "memcpy"))),
        "t.c:9: mock(memcpy): no call in this program can be replaced: no file compiled with the "
        "plugin calls the library's memcpy through a seam\n"
        "  compile the code that calls it with -fplugin=thimble.so; where the compiler knows "
        "memcpy as a pure built-in\n"
        "  (memcpy, strlen, sqrt), add -fplugin-arg-thimble-seam-builtin=memcpy");
    CHECK_CONTAINS(FAILURE_OF(thimble_with_patch_at("t.c", 9, FUNCTION(&zoo, copy, "memcpy"),
                                                    REPLACEMENT(nothing))),
                   "t.c:9: with_patch(memcpy): no call");
    struct thimble_name unread = FUNCTION(&zoo, feeds, "feed_all");
    unread.ref.unit = NULL;
    CHECK_CONTAINS(FAILURE_OF(PATCH(unread)), "this file's descriptions cannot be read");
    kit_end_test();
}

/* A prototype in another unit beats none in this one. */
static void check_best_description(void) {
    thimble_mock_at("t.c", 1, FUNCTION(&zoo, shared_zoo, "shared"));
    ((void (*)(int))zoo.slots[3])(5);
    CHECK_TEXT(FAILURE_OF(thimble_assert_called_with_at(
                   "t.c", 2, FUNCTION(&zoo, shared_zoo, "shared"), "shared", 0, NULL)),
               "t.c:2: assert_called_with(shared): 0 arguments, but shared takes 1\n  void "
               "shared(int it)");
    kit_end_test();
}

void test_names(void) {
    make_units();
    check_identity();
    check_strings();
    check_mock_by_string();
    check_no_seam();
    check_best_description();
}
