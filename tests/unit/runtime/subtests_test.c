/* A message that holds what subtests said, taken apart. */
#include "../../../runtime/check/subtests.h"

#include <stdio.h>
#include <string.h>

#include "../../../runtime/check/slate.h"
#include "check.h"

static struct subtest list[64];
static struct text own;

static uint32_t split(const char *message, uint32_t room) {
    own = _thimble_growing_text();
    return _thimble_split_subtests((struct span){message, strlen(message)}, &own, list, room);
}

static const char *text_of(struct span span) {
    static char texts[4][1024];
    static int next;
    char *text = texts[next++ % 4];
    snprintf(text, sizeof texts[0], "%.*s", (int)span.length, span.bytes);
    return text;
}

static void check_none(void) {
    CHECK(split("", 64) == 0);
    CHECK_TEXT(own.data, "");
    CHECK(split("a.c:1: one\n  two", 64) == 0);
    CHECK_TEXT(own.data, "a.c:1: one\n  two");
}

static void check_outcomes(void) {
    CHECK(split("first\n\2p 0 1500000 one: two\n\2( 1 three legs\na.c:1: why\n  more\n\2)\n"
                "\2f 1 250 three legs\nmiddle\n\2( 2 four\nlater\n\2)\n\2s 2 3 four\nlast",
                64) == 3);
    CHECK_TEXT(own.data, "first\nmiddle\nlast");
    CHECK(list[0].outcome == SUBTEST_PASSED && list[0].seconds == 1.5);
    CHECK_TEXT(text_of(list[0].name), "one: two");
    CHECK_TEXT(text_of(list[0].message), "");
    CHECK(list[1].outcome == SUBTEST_FAILED && list[1].seconds == 0.00025);
    CHECK_TEXT(text_of(list[1].name), "three legs");
    CHECK_TEXT(text_of(list[1].message), "a.c:1: why\n  more");
    CHECK(list[2].outcome == SUBTEST_SKIPPED);
    CHECK_TEXT(text_of(list[2].message), "later");
}

/* Inner ones speak between two words of the outer one's. */
static void check_several_words(void) {
    CHECK(split("\2( 4 outer\none\n\2)\n\2( 5 outer: inner\ntwo\n\2)\n\2f 5 1 outer: inner\n"
                "\2( 4 outer\nthree\nfour\n\2)\n\2f 4 9 outer",
                64) == 2);
    CHECK_TEXT(own.data, "");
    CHECK_TEXT(text_of(list[0].name), "outer");
    CHECK_TEXT(text_of(list[0].message), "one\nthree\nfour");
    CHECK_TEXT(text_of(list[1].message), "two");
}

static void check_crash(void) {
    CHECK(split("\2( 7 dies\na.c:1: why\n\2)\nkilled by SIGTERM", 64) == 1);
    CHECK_TEXT(own.data, "killed by SIGTERM");
    CHECK(list[0].outcome == SUBTEST_FAILED);
    CHECK_TEXT(text_of(list[0].name), "dies");
    CHECK(split("\2( 7 dies\nin the middle", 64) == 1);
    CHECK_TEXT(text_of(list[0].message), "in the middle");
}

static void check_room(void) {
    CHECK(split("\2p 0 1 a\n\2p 1 1 b\n\2p 2 1 c\n\2( 3 d\nwhy\n\2)\n\2f 3 1 d\nrest", 2) >= 4);
    CHECK_TEXT(own.data, "rest");
    CHECK_TEXT(text_of(list[1].name), "b");
}

/* As slate.c counts them. */
static void check_untold(void) {
    static char memory[SLATE_SIZE];
    struct slate *slate = (struct slate *)memory;
    _thimble_slate_clear(slate);
    for (int i = 0; i < 1234; i++)
        _thimble_count_untold(slate, SUBTEST_HAS_PASSED);
    _thimble_slate_add(slate, "behind", 6);
    for (int i = 0; i < 15; i++)
        _thimble_count_untold(slate, SUBTEST_HAS_FAILED);
    CHECK(split(slate->text, 64) == 2);
    CHECK_TEXT(own.data, "behind");
    CHECK(list[0].outcome == SUBTEST_FAILED && list[1].outcome == SUBTEST_PASSED);
    CHECK_TEXT(text_of(list[0].name), "... and 15 more");
    CHECK_TEXT(text_of(list[1].name), "... and 1234 more");
}

/* What no subtest wrote. */
static void check_damage(void) {
    static const char *const damaged[] = {"\2",       "\2(",     "\2f",       "\2p 99999999999999",
                                          "\2)\n\2)", "\2x 1 2", "\2+ 1 x\n", "\2( \n\2( \n"};
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++)
        CHECK(split(damaged[i], 64) <= 2);
}

void check_subtests(void) {
    check_none();
    check_outcomes();
    check_several_words();
    check_crash();
    check_room();
    check_untold();
    check_damage();
}
