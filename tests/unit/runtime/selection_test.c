#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../runtime/runner/ids.h"
#include "../../../runtime/runner/last_failed.h"
#include "../../../runtime/runner/order.h"
#include "../../../runtime/runner/random.h"
#include "../../../runtime/runner/select.h"
#include "../../../runtime/runner/selector.h"
#include "check.h"
#include "selection.h"

/* ---- Tests that no compiler has seen ---- */

static char units[2], element, modules[2];
static struct thimble_function functions[8];

#define UNIT(i) ((const struct unit *)(const void *)&units[i])
#define FUNCTION(i) (&functions[i])
#define MODULE(i) ((struct module *)(void *)&modules[i])
#define TEST(i, unit_number, file_name, test_name)                                                 \
    .unit = UNIT(unit_number), .function = FUNCTION(i), .name = test_name, .label = test_name,     \
    .file = file_name, .path = "/zoo/" file_name, .id = file_name "::" test_name
#define CASE(i, unit_number, file_name, test_name, case_name)                                      \
    .unit = UNIT(unit_number), .function = FUNCTION(i), .name = test_name,                         \
    .label = test_name "[" case_name "]", .file = file_name, .path = "/zoo/" file_name,            \
    .id = file_name "::" test_name "[" case_name "]", .element = &element

static const char *const slow[] = {"slow"};

struct tests zoo_tests(void) {
    static struct test list[9];
    const struct test fresh[] = {
        {TEST(0, 0, "a.c", "test_opens"), .tags = slow, .tag_count = 1},
        {CASE(1, 0, "a.c", "test_feeds", "0")},
        {CASE(1, 0, "a.c", "test_feeds", "hungry")},
        {CASE(1, 0, "a.c", "test_feeds", "2")},
        {TEST(2, 0, "a.c", "test_closes")},
        {TEST(3, 1, "sub/b.c", "test_one"), .module = MODULE(0)},
        {TEST(4, 1, "sub/b.c", "test_two"), .module = MODULE(0)},
        {TEST(5, 1, "sub/b.c", "test_three"), .module = MODULE(0)},
        {TEST(6, 1, "sub/b.c", "test_opens")},
    };
    _Static_assert(sizeof(list) == sizeof(fresh), "all of them");
    memcpy(list, fresh, sizeof(fresh));
    return (struct tests){list, 9};
}

/* ---- Selecting ---- */

static struct options options_of(const char *selector, const char *expression) {
    static const char *selectors[1];
    selectors[0] = selector;
    return (struct options){.expression = expression,
                            .repeat = 1,
                            .selectors = selectors,
                            .selector_count = !!selector};
}

/* The numbers of the selected tests, all rounds; or what is wrong. */
static const char *selected(const struct options *options) {
    static struct tests tests;
    struct selection selection;
    struct text text = _thimble_growing_text();
    tests = zoo_tests();
    _thimble_last_failed_open(&tests, options->last_failed || options->failed_first);
    if (!_thimble_select(&selection, &tests, options, &text))
        return text.data;
    for (uint32_t i = 0; i < selection.count * selection.rounds; i++)
        _thimble_printf(&text, "%d", (int)(selection.list[i] - tests.list));
    if (selection.note)
        _thimble_printf(&text, " %s", selection.note);
    if (selection.may_be_empty)
        _thimble_puts(&text, " (passes)");
    return text.data;
}

static const char *by(const char *selector, const char *expression) {
    struct options options = options_of(selector, expression);
    return selected(&options);
}

static void check_selectors(void) {
    CHECK_TEXT(by(NULL, NULL), "012345678");
    CHECK_TEXT(by("a.c", NULL), "01234");
    CHECK_TEXT(by("b.c", NULL), "5678");
    CHECK_TEXT(by("a.c::test_feeds", NULL), "123");
    CHECK_TEXT(by("a.c::test_feeds[hungry]", NULL), "2");
    CHECK_TEXT(by("a.c::test_feeds[1]", NULL), "2");
    CHECK_TEXT(by("a.c::test_feeds[2]", NULL), "3");
    CHECK_TEXT(by("/zoo/sub/b.c::test_two", NULL), "6");
    CHECK_TEXT(by("a.c::test_feeds[3]", NULL),
               "no test matches 'a.c::test_feeds[3]'; the nearest is a.c::test_feeds[0]");
    CHECK_TEXT(by("a.c::test_feeds[hungri]", NULL),
               "no test matches 'a.c::test_feeds[hungri]'; the nearest is a.c::test_feeds[hungry]");
    CHECK_TEXT(by("/zoo/a.c::test_fed", NULL),
               "no test matches '/zoo/a.c::test_fed'; the nearest is a.c::test_feeds");
    CHECK_TEXT(by("b.c::test_closes", NULL),
               "no test matches 'b.c::test_closes'; the nearest is sub/b.c::test_one");
    CHECK_TEXT(by("a.c::test_open", NULL),
               "no test matches 'a.c::test_open'; the nearest is a.c::test_opens");
    CHECK_TEXT(by("a.c::test_opens_", NULL),
               "no test matches 'a.c::test_opens_'; the nearest is a.c::test_opens");
    CHECK_TEXT(by("c.c", NULL), "no test matches 'c.c'; the nearest is a.c");
    CHECK_TEXT(by("a.c::test_opens[0]", NULL),
               "no test matches 'a.c::test_opens[0]'; the nearest is a.c::test_opens");
    CHECK_TEXT(by(NULL, "slow"), "0");
    CHECK_TEXT(by(NULL, "opens and not slow"), "8");
    CHECK_TEXT(by("a.c", "opens or hungry"), "02");
    CHECK_TEXT(by(NULL, "nothing"), "");
}

static const char *filtered(const char *selector, const char *filter) {
    struct options options = options_of(selector, NULL);
    options.filter = filter;
    return selected(&options);
}

static void check_filters(void) {
    CHECK_TEXT(filtered(NULL, "opens"), "08");
    CHECK_TEXT(filtered("a.c", "opens"), "0");
    CHECK_TEXT(filtered(NULL, "not opens and not feeds"), "4567");
    CHECK_TEXT(filtered(NULL, "a.c::test_feeds"), "123");
    CHECK_TEXT(filtered(NULL, "a.c::test_feeds[1] sub/b.c"), "25678");
    CHECK_TEXT(filtered(NULL, "b.c"), "5678");
    CHECK_TEXT(filtered("a.c", "b.c::test_one"),
               " no test matches Bazel's filter 'b.c::test_one' (passes)");
    CHECK_TEXT(filtered(NULL, "x.c::test_x"),
               " no test matches Bazel's filter 'x.c::test_x' (passes)");
    CHECK_TEXT(filtered(NULL, "opens and"), "TESTBRIDGE_TEST_ONLY 'opens and': it ends too early");
}

/* ---- Order ---- */

static const char *shuffled(uint64_t seed, uint32_t repeat) {
    struct options options = options_of(NULL, NULL);
    options.shuffle = true;
    options.seed = seed;
    options.repeat = repeat;
    return selected(&options);
}

static const char *shard(uint32_t number, uint32_t count) {
    struct options options = options_of(NULL, NULL);
    options.shard = number;
    options.shard_count = count;
    return selected(&options);
}

static void check_random(void) {
    struct random random = {1234567};
    CHECK(_thimble_random(&random) == 6457827717110365317u);
    CHECK(_thimble_random(&random) == 3203168211198807973u);
    CHECK(_thimble_random(&random) == 9817491932198370423u);
    uint32_t counts[3] = {0};
    for (int i = 0; i < 3000; i++)
        counts[_thimble_random_below(&random, 3)]++;
    CHECK(counts[0] > 900 && counts[1] > 900 && counts[2] > 900);
    CHECK(_thimble_random_below(&random, 1) == 0);
}

/* The tests of the module, 5 to 7, are beside each other. */
static bool is_together(const char *order) {
    size_t at = strcspn(order, "567");
    return strspn(order + at, "567") == 3;
}

static void check_shuffle(void) {
    CHECK_TEXT(shuffled(7, 1), shuffled(7, 1));
    CHECK(strcmp(shuffled(7, 1), shuffled(8, 1)) != 0);
    bool inside = false;
    for (uint64_t seed = 0; seed < 50; seed++) {
        const char *order = shuffled(seed, 1);
        CHECK(is_together(order));
        inside |= strstr(order, "567") == NULL;
        for (char test = '0'; test < '9'; test++)
            CHECK(strchr(order, test));
    }
    CHECK(inside);
    const char *rounds = shuffled(7, 3);
    CHECK(strlen(rounds) == 27);
    CHECK(strncmp(rounds, rounds + 9, 9) != 0);
    CHECK(strncmp(rounds, shuffled(7, 1), 9) == 0);
    struct options options = options_of("a.c", NULL);
    options.repeat = 2;
    CHECK_TEXT(selected(&options), "0123401234");
    options.repeat = 2000001;
    CHECK_TEXT(selected(&options),
               "option --repeat '2000001': 5 tests are run 2000000 times at most");
}

/* A seed means this order on every machine. */
static void check_known_orders(void) {
    CHECK_TEXT(shuffled(7, 1), "756843102");
    CHECK_TEXT(shuffled(UINT64_MAX, 1), "756482130");
}

static void check_shards(void) {
    CHECK_TEXT(shard(0, 1), "012345678");
    CHECK_TEXT(shard(0, 2), "35678");
    CHECK_TEXT(shard(1, 2), "0124");
    CHECK_TEXT(shard(0, 3), "567");
    CHECK_TEXT(shard(1, 3), "024");
    CHECK_TEXT(shard(2, 3), "138");
    CHECK_TEXT(shard(8, 9), "8");
    CHECK_TEXT(shard(9, 10), " shard 10 of 10 is empty: there are 9 tests (passes)");
    CHECK_TEXT(shard(2000000000, 2147483647),
               " shard 2000000001 of 2147483647 is empty: there are 9 tests (passes)");
    /* Each test is in one shard, whatever their number. */
    for (uint32_t count = 1; count < 12; count++) {
        char all[64] = "";
        for (uint32_t number = 0; number < count; number++) {
            const char *list = shard(number, count);
            strncat(all, list, strcspn(list, " "));
        }
        CHECK(strlen(all) == 9);
        for (char test = '0'; test < '9'; test++)
            CHECK(strchr(all, test));
    }
}

/* ---- Ids ---- */

static void check_many_ids(void) {
    static struct test list[1000];
    const struct tests tests = {list, 1000};
    for (int i = 0; i < 1000; i++) {
        struct text id = _thimble_growing_text();
        _thimble_printf(&id, "a.c::test_%d", i);
        list[i].id = id.data;
    }
    struct id_table table = _thimble_id_table(&tests);
    for (uint32_t i = 0; i < 1000; i++)
        CHECK(_thimble_find_id(&table, list[i].id) == i);
    CHECK(_thimble_find_id(&table, "a.c::test_1000") == NO_ID);
}

static void check_case_index(void) {
    struct tests tests = zoo_tests();
    CHECK(_thimble_case_index(&tests, &tests.list[1]) == 0);
    CHECK(_thimble_case_index(&tests, &tests.list[3]) == 2);
    tests.list[4].element = &element;
    CHECK(_thimble_case_index(&tests, &tests.list[4]) == 0);
}

static void check_ids(void) {
    check_many_ids();
    check_case_index();
    struct text error = _thimble_growing_text();
    struct tests tests = zoo_tests();
    CHECK(_thimble_make_ids_unique(&tests, &error));
    struct id_table table = _thimble_id_table(&tests);
    CHECK(_thimble_find_id(&table, "a.c::test_feeds[hungry]") == 2);
    CHECK(_thimble_find_id(&table, "a.c::test_feeds") == NO_ID);

    tests.list[1].label = "test_feeds[hungry]";
    tests.list[1].id = "a.c::test_feeds[hungry]";
    CHECK(_thimble_make_ids_unique(&tests, &error));
    CHECK_TEXT(tests.list[1].id, "a.c::test_feeds[hungry-0]");
    CHECK_TEXT(tests.list[2].id, "a.c::test_feeds[hungry-1]");
    CHECK_TEXT(tests.list[2].label, "test_feeds[hungry-1]");
    CHECK_TEXT(tests.list[3].id, "a.c::test_feeds[2]");

    tests = zoo_tests();
    tests.list[1].id = tests.list[2].id;
    tests.list[1].label = tests.list[2].label;
    tests.list[3].id = "a.c::test_feeds[hungry-1]";
    CHECK(!_thimble_make_ids_unique(&tests, &error));
    CHECK_TEXT(error.data, "two tests have the id a.c::test_feeds[hungry-1]: rename one of these "
                           "cases");

    tests = zoo_tests();
    tests.list[8].id = tests.list[0].id;
    error = _thimble_growing_text();
    CHECK(!_thimble_make_ids_unique(&tests, &error));
    CHECK_CONTAINS(error.data,
                   "two tests have the id a.c::test_opens: a.c is in this program twice");
    functions[6].line = 12;
    error = _thimble_growing_text();
    CHECK(!_thimble_make_ids_unique(&tests, &error));
    CHECK_CONTAINS(error.data, "test_opens: a.c:0 and sub/b.c:12; rename one of them");
    functions[6].line = 0;
}

void check_selection(void) {
    check_selectors();
    check_filters();
    check_random();
    check_shuffle();
    check_known_orders();
    check_shards();
    check_ids();
}
