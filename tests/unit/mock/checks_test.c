/* What a user reads when a check of a mock's calls fails, to the letter. */
#include "kit.h"
#include <errno.h>
#include <setjmp.h>
#include <string.h>

struct animal {
    const char *name;
    int weight;
    char padding[3];
};

static struct kit kit;
static uint32_t feed_function, stop_function, log_function, weigh_function, bind_function, animal,
    matcher;

static int feed(const char *name, int grams) {
    int (*slot)(const char *, int) = (int (*)(const char *, int))kit.slots[feed_function];
    return slot ? slot(name, grams) : -1;
}
static void stop(int status) {
    void (*slot)(int) = (void (*)(int))kit.slots[stop_function];
    if (slot)
        slot(status);
}
static void log_line(const char *line) {
    void (*slot)(const char *) = (void (*)(const char *))kit.slots[log_function];
    if (slot)
        slot(line);
}
static void weigh(struct animal it) {
    void (*slot)(struct animal) = (void (*)(struct animal))kit.slots[weigh_function];
    if (slot)
        slot(it);
}

#define FEED FUNCTION(&kit, feed_function, "feed")
#define TEXT(s)                                                                                    \
    { {&kit.object, kit.string, THIMBLE_REF_TYPE}, (char *[1]){s}, #s }
#define INT(i) VALUE(&kit, kit.int_, int, i)
#define ANYTHING                                                                                   \
    {                                                                                              \
        {&kit.object, matcher, THIMBLE_REF_TYPE}, (struct thimble_matcher[1]){thimble_ANY},        \
            "((struct thimble_matcher){THIMBLE_MATCH_ANY})"                                        \
    }

#define CALLED_ONCE(written, ...)                                                                  \
    FAILURE_OF(thimble_assert_called_once_with_at("zoo_test.c", 31, FEED, "feed, " written,        \
                                                  COUNTED(__VA_ARGS__)))
#define CALLED(written, ...)                                                                       \
    FAILURE_OF(thimble_assert_called_with_at("zoo_test.c", 31, FEED, "feed, " written,             \
                                             COUNTED(__VA_ARGS__)))

static void check_passing(void) {
    thimble_mock_at("zoo_test.c", 1, FEED);
    CHECK(thimble_mock_call_count_at("zoo_test.c", 2, FEED) == 0);
    CHECK(feed("Spot", 3) == 0);
    CHECK(thimble_mock_call_count_at("zoo_test.c", 2, FEED) == 1);
    CHECK_TEXT(CALLED_ONCE("\"Spot\", 3", TEXT("Spot"), INT(3)), "");
    CHECK_TEXT(CALLED_ONCE("ANY, 3", ANYTHING, INT(3)), "");
    CHECK_TEXT(CALLED("\"Spot\", ANY", TEXT("Spot"), ANYTHING), "");
    feed("Jojo", 4);
    CHECK_TEXT(CALLED("\"Jojo\", 4", TEXT("Jojo"), INT(4)), "");
    kit_end_test();
    CHECK(feed("Spot", 3) == -1);
}

static void check_failing(void) {
    thimble_mock_at("zoo_test.c", 1, FEED);
    CHECK_TEXT(CALLED_ONCE("\"Spot\", 3", TEXT("Spot"), INT(3)),
               "zoo_test.c:31: assert_called_once_with(feed, \"Spot\", 3)\n"
               "  expected  feed(name = \"Spot\", grams = 3)\n"
               "  calls: none");
    feed("Jojo", 3);
    feed("Spot", 4);
    CHECK_TEXT(CALLED_ONCE("\"Spot\", 3", TEXT("Spot"), INT(3)),
               "zoo_test.c:31: assert_called_once_with(feed, \"Spot\", 3)\n"
               "  expected  feed(name = \"Spot\", grams = 3)\n"
               "  calls (2):\n"
               "    1. feed(name = \"Jojo\", grams = 3)\n"
               "    2. feed(name = \"Spot\", grams = 4)\n"
               "                           ^^^^^^^^^");
    CHECK_TEXT(CALLED("NULL, ANY", TEXT(NULL), ANYTHING),
               "zoo_test.c:31: assert_called_with(feed, NULL, ANY)\n"
               "  expected  feed(name = NULL, grams = ANY)\n"
               "  calls (2):\n"
               "    1. feed(name = \"Jojo\", grams = 3)\n"
               "    2. feed(name = \"Spot\", grams = 4)\n"
               "            ^^^^^^^^^^^^^");
    CHECK_TEXT(CALLED("\"J\\xc3\\xb6rg\", 5", TEXT("J\xc3\xb6rg"), INT(5)),
               "zoo_test.c:31: assert_called_with(feed, \"J\\xc3\\xb6rg\", 5)\n"
               "  expected  feed(name = \"J\xc3\xb6rg\", grams = 5)\n"
               "  calls (2):\n"
               "    1. feed(name = \"Jojo\", grams = 3)\n"
               "    2. feed(name = \"Spot\", grams = 4)\n"
               "            ^^^^^^^^^^^^^  ^^^^^^^^^");
    feed("K\xc3\xb6ln", 6);
    CHECK_CONTAINS(CALLED("\"K\\xc3\\xb6ln\", 5", TEXT("K\xc3\xb6ln"), INT(5)),
                   "    3. feed(name = \"K\xc3\xb6ln\", grams = 6)\n"
                   "                           ^^^^^^^^^");
    kit_end_test();
}

static void check_many_calls(void) {
    thimble_mock_at("zoo_test.c", 1, FEED);
    for (int i = 1; i <= 100; i++)
        feed("Spot", i);
    const char *failure = CALLED_ONCE("\"Spot\", 50", TEXT("Spot"), INT(50));
    CHECK_CONTAINS(failure, "  calls (100):\n    1. feed(name = \"Spot\", grams = 1)\n");
    CHECK_CONTAINS(failure,
                   "    4. feed(name = \"Spot\", grams = 4)\n    ... 45 more ...\n"
                   "    50. feed(name = \"Spot\", grams = 50)\n    ... 44 more ...\n    95. ");
    CHECK_CONTAINS(failure, "    100. feed(name = \"Spot\", grams = 100)");
    kit_end_test();
}

static void check_misuse(void) {
    CHECK_TEXT(CALLED("\"Spot\", 3", TEXT("Spot"), INT(3)),
               "zoo_test.c:31: assert_called_with(feed): feed is not mocked: say mock(feed) first");
    thimble_mock_at("zoo_test.c", 1, FEED);
    CHECK_TEXT(CALLED("\"Spot\"", TEXT("Spot")),
               "zoo_test.c:31: assert_called_with(feed, \"Spot\"): 1 argument, "
               "but feed takes 2\n  int feed(const char *name, int grams)");
    CHECK_TEXT(CALLED("\"Spot\", \"three\"", TEXT("Spot"), TEXT("three")),
               "zoo_test.c:31: assert_called_with(feed, \"Spot\", \"three\"): argument 2, grams: "
               "\"three\" "
               "is of type char *, not int\n  int feed(const char *name, int grams)");
    CHECK_TEXT(CALLED("\"Spot\", 1L << 40", TEXT("Spot"), VALUE(&kit, kit.long_, long, 1L << 40)),
               "zoo_test.c:31: assert_called_with(feed, \"Spot\", 1L << 40): argument 2, grams: "
               "1099511627776L does not fit int\n  int feed(const char *name, int grams)");
    struct thimble_value value = TEXT("three");
    CHECK_TEXT(FAILURE_OF(thimble_mock_return_at("zoo_test.c", 32, FEED, value)),
               "zoo_test.c:32: mock_return(feed): \"three\" is of type char *, not int\n"
               "  int feed(const char *name, int grams)");
    struct thimble_name log_name = FUNCTION(&kit, log_function, "log_line");
    struct thimble_value zero = INT(0);
    CHECK_TEXT(FAILURE_OF(thimble_mock_return_at("zoo_test.c", 32, log_name, zero)),
               "zoo_test.c:32: mock_return(log_line): log_line returns nothing\n"
               "  void log_line(const char *)");
    kit_end_test();
}

static void check_strings(void) {
    struct thimble_name f = FUNCTION(&kit, log_function, "log_line");
    char line[5000];
    thimble_mock_at("t.c", 1, f);
    strcpy(line, "first");
    log_line(line);
    strcpy(line, "second");
    struct thimble_value then = TEXT("first"), now = TEXT(line);
    CHECK_TEXT(
        FAILURE_OF(thimble_assert_called_with_at("t.c", 2, f, "log_line, \"first\"", 1, &then)),
        "");
    CHECK_TEXT(FAILURE_OF(thimble_assert_called_with_at("t.c", 2, f, "log_line, line", 1, &now)),
               "t.c:2: assert_called_with(log_line, line)\n  expected  log_line(\"second\")\n"
               "  calls (1):\n    1. log_line(\"first\")\n                ^^^^^^^");
    log_line(NULL);
    struct thimble_value none = TEXT(NULL), wild = TEXT((char *)8);
    CHECK_TEXT(FAILURE_OF(thimble_assert_called_with_at("t.c", 2, f, "log_line, NULL", 1, &none)),
               "");
    errno = 7;
    log_line((char *)8);
    CHECK(errno == 7);
    CHECK_TEXT(
        FAILURE_OF(thimble_assert_called_with_at("t.c", 2, f, "log_line, (char *)8", 1, &wild)),
        "");
    CHECK_CONTAINS(
        FAILURE_OF(thimble_assert_called_with_at("t.c", 2, f, "log_line, NULL", 1, &none)),
        "3. log_line((const char *)0x8 /* unreadable */)");
    memset(line, 'x', sizeof line - 1);
    line[sizeof line - 1] = '\0';
    log_line(line);
    CHECK_TEXT(FAILURE_OF(thimble_assert_called_with_at("t.c", 2, f, "log_line, line", 1, &now)),
               "");
    line[4000] = '\0';
    CHECK_CONTAINS(
        FAILURE_OF(thimble_assert_called_with_at("t.c", 2, f, "log_line, line", 1, &now)), "t.c:2");
    kit_end_test();
}

static void check_structs(void) {
    struct thimble_name f = FUNCTION(&kit, weigh_function, "weigh");
    char name[] = "Spot";
    struct animal spot, same;
    memset(&spot, 0x55, sizeof spot);
    memset(&same, 0xaa, sizeof same);
    spot.name = name;
    same.name = "Spot";
    spot.weight = same.weight = 12;
    struct thimble_value value = {{&kit.object, animal, THIMBLE_REF_TYPE}, &same, "same"};
    thimble_mock_at("t.c", 1, f);
    weigh(spot);
    strcpy(name, "Jojo");
    CHECK_TEXT(
        FAILURE_OF(thimble_assert_called_once_with_at("t.c", 2, f, "weigh, same", 1, &value)), "");
    same.weight = 13;
    CHECK_CONTAINS(
        FAILURE_OF(thimble_assert_called_once_with_at("t.c", 2, f, "weigh, same", 1, &value)),
        "1. weigh(it = (struct animal){.name = \"Spot\", .weight = 12})");
    same.weight = 12;
    same.name = "Jojo";
    CHECK_CONTAINS(
        FAILURE_OF(thimble_assert_called_once_with_at("t.c", 2, f, "weigh, same", 1, &value)),
        "t.c:2");
    kit_end_test();
}

static void check_returning(void) {
    thimble_mock_return_at("t.c", 1, FEED, (struct thimble_value)INT(5));
    CHECK(feed("Spot", 1) == 5 && feed("Spot", 1) == 5);
    thimble_mock_return_at("t.c", 1, FEED, (struct thimble_value)INT(-6));
    CHECK(feed("Spot", 1) == -6);
    thimble_mock_at("t.c", 1, FEED); /* again: it goes on */
    CHECK(feed("Spot", 1) == -6);
    CHECK(thimble_mock_call_count_at("t.c", 2, FEED) == 4);
    kit_end_test();
    thimble_mock_at("t.c", 1, FEED); /* in another test nothing of it is left */
    CHECK(feed("Spot", 1) == 0);
    CHECK(thimble_mock_call_count_at("t.c", 2, FEED) == 1);
    kit_end_test();
}

static void check_noreturn(void) {
    struct thimble_name f = FUNCTION(&kit, stop_function, "stop");
    thimble_mock_at("t.c", 7, f);
    CHECK_TEXT(
        FAILURE_OF(stop(3)),
        "t.c:7: stop was called: it never returns, and its mock was not told how to leave\n"
        "  say mock_exit(stop, STATUS), mock_abort(stop), or mock_effect with a function that "
        "leaves");
    struct thimble_value three = INT(3);
    CHECK_TEXT(FAILURE_OF(thimble_assert_called_once_with_at("t.c", 2, f, "stop, 3", 1, &three)),
               "");
    kit_end_test();
}

/* connect's address, say: a union of pointers that is passed like one. */
static void check_transparent_union(void) {
    struct thimble_name f = FUNCTION(&kit, bind_function, "bind");
    thimble_mock_at("t.c", 1, f);
    ((void (*)(char *))kit.slots[bind_function])("Spot");
    struct thimble_value same = TEXT("Spot"), other = VALUE(&kit, kit.void_pointer, void *, NULL);
    CHECK_TEXT(
        FAILURE_OF(thimble_assert_called_once_with_at("t.c", 2, f, "bind, \"Spot\"", 1, &same)),
        "");
    CHECK_CONTAINS(
        FAILURE_OF(thimble_assert_called_once_with_at("t.c", 2, f, "bind, NULL", 1, &other)),
        "expected  bind(to = NULL)\n  calls (1):\n    1. bind(to = \"Spot\")");
    kit_end_test();
}

void test_checks(void) {
    kit_start(&kit, "zoo.c");
    uint32_t gap = kit_array(&kit, kit.char_, 3);
    (void)gap;
    animal = kit_struct(&kit, "animal", sizeof(struct animal), 8, 0,
                        MEMBERS(FIELD(struct animal, name, kit.const_string),
                                FIELD(struct animal, weight, kit.int_)));
    matcher = kit_struct(&kit, "thimble_matcher", 4, 4, 0, MEMBERS(PARAMETER("kind", kit.int_)));
    feed_function = kit_function(&kit, "feed",
                                 kit_function_type(&kit, kit.int_, 0,
                                                   MEMBERS(PARAMETER("name", kit.const_string),
                                                           PARAMETER("grams", kit.int_))),
                                 0);
    stop_function = kit_function(
        &kit, "stop",
        kit_function_type(&kit, kit.void_, 0, MEMBERS(PARAMETER("__status", kit.int_))),
        THIMBLE_NORETURN);
    log_function = kit_function(
        &kit, "log_line",
        kit_function_type(&kit, kit.void_, 0, MEMBERS(PARAMETER(NULL, kit.const_string))), 0);
    weigh_function = kit_function(
        &kit, "weigh", kit_function_type(&kit, kit.void_, 0, MEMBERS(PARAMETER("it", animal))), 0);
    uint32_t either =
        kit_union(&kit, "either", 8, 8, THIMBLE_TRANSPARENT,
                  MEMBERS(PARAMETER("text", kit.string), PARAMETER("other", kit.void_pointer)));
    bind_function = kit_function(
        &kit, "bind", kit_function_type(&kit, kit.void_, 0, MEMBERS(PARAMETER("to", either))), 0);
    kit_register(&kit);
    check_passing();
    check_failing();
    check_many_calls();
    check_misuse();
    check_strings();
    check_structs();
    check_returning();
    check_noreturn();
    check_transparent_union();
}
