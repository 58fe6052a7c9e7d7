// run: -s -j 1
#define _GNU_SOURCE 1
#include "door.h"
#include "zoo.h"

#include <errno.h>
#include <stdlib.h>
#include <thimble.h>
#include <thimble/abi.h>
#include <unistd.h>

static int fake_feed(const char *name, int grams) {
    return name[0] == 'S' ? grams : 0;
}

static int other_feed(const char *name, long grams) {
    return name[0] + (int)grams;
}

static void fake_open(void) {
    zoo_opened[1]++;
}

static void fake_open_in_test(void) {
    zoo_opened[2]++;
}

static double fake_mean(double a, double b) {
    ask("calls\tzoo_mean");
    return a > b ? a : b;
}

static int fake_count(void) {
    return 40;
}

static struct {
    int (*count)(void);
} keeper = {fake_count};

void test_none(void) {
    ask("mocks");
    ask("calls\tzoo_feed");
    ask("calls\tzoo_fed");
    ask("calls\tnowhere.c:weigh");
    ask("calls");
    ask("help");
    ask("%s", "");
}

void test_mocks(void) {
    char bytes[4] = "";
    mock_return(zoo_feed, 3);
    mock_return_each(zoo_count, 1, 2, 3);
    mock_error(read, EIO, -1);
    mock_set(read, "buf", "ab");
    mock_exit(zoo_give_up, 3);
    mock_effect(zoo_mean, fake_mean);
    mock_spy(zoo_new);
    mock("zoo.c:weigh");
    mock_return(keeper.count, 7);
    patch(zoo_open, fake_open);
    ask("mocks");

    assert(zoo_round(2) == 7);
    assert(keeper.count() == 7);
    assert(zoo_read(bytes) == -1 && bytes[0] == 'a');
    errno = ENOENT;
    assert(zoo_mean(1, 2) == 2);
    zoo_free(zoo_new("Spot", 4));
    with_patch(zoo_open, fake_open_in_test) {
        ask("mocks");
    }
    assert(errno == ENOENT);
    ask("calls\tzoo_feed");
    ask("calls\tkeeper.count");
    ask("calls\tread");
    ask("calls\tzoo_mean");
    ask("calls\tzoo_new");
    ask("calls\tzoo.c:weigh");
    ask("calls\tzoo_open");
    for (int i = 0; i < 250; i++)
        zoo_feed("Spot", i);
    ask("calls\tzoo_feed");
    assert(mock_call_count(zoo_feed) == 252);
    mock_reset(zoo_feed);
    ask("calls\tzoo_feed");
}

void test_seams(void) {
    mock(zoo_feed);
    patch(zoo_open, fake_open);
    ask("seams\tzoo_[!r]*");
    ask("seams\tr*d");
    ask("seams\tzebra*");
}

/* From the prompt. */
void test_patch(void) {
    uintptr_t feed = (uintptr_t)fake_feed, other = (uintptr_t)other_feed;
    assert(other_feed("a", 1) == 98);
    ask("patch\tzoo_feed\t0");
    ask("patch\tzoo_feed\t%#zx\tfake_feed", (size_t)feed);
    assert(zoo_round(2) == 2);
    ask("mocks");
    ask("seams\tzoo_feed");
    ask("patch\tzoo_feed\t%#zx\tother_feed", (size_t)other);
    ask("patch\tzoo_feed\t%#zx", (size_t)feed);
    ask("patch\tzoo_feed\t0");
    assert(zoo_round(2) == 2);
    ask("patch\tzoo_feed\t0");
    assert(zoo_round(2) != 2);
    ask("patch\tfake_feed\t%#zx\tfake_feed", (size_t)feed);
    ask("patch\tzoo_fed\t%#zx\tfake_feed", (size_t)feed);
    ask("patch\tzoo_feed\t%#zx\tkeeper", (size_t)(uintptr_t)&keeper);
    ask("patch\tzoo_feed\t12\tkeeper");
    ask("patch\tzoo_feed");
    ask("patch\tzoo_give_up\t%#zx\tfake_open", (size_t)(uintptr_t)fake_open);
    assert_fails("never returns") {
        zoo_give_up();
    }
    ask("patch\tzoo_feed\t%#zx\tfake_feed", (size_t)feed);
}

void test_it_has_ended(void) {
    ask("mocks");
    assert(zoo_round(0) == 2);
}

/* ---- test ---- */

static int grams;

void setup(void) {
    grams++;
    if (grams == 3)
        ask("test");
}

void teardown(void) {
    if (getenv("ZOO_TEARDOWN"))
        ask("test");
}

int *fixture_meal(void) {
    static int meal = 7;
    ask("test");
    return &meal;
}

struct food {
    const char *name;
    int grams;
};

const struct food cases_test_eats[] = {{"hay", 1000}, {"fish", 20}};

TAG("slow") TAG("zoo")
void test_eats(const struct food *food, int *meal) {
    ask("test");
    expect(food->grams == *meal);
    subtest("of %s", food->name) {
        expect(food->grams == 2);
        ask("test");
    }
    setenv("ZOO_TEARDOWN", "1", 1);
}

void test_folder(const char *tmp_path) {
    char *question = (char *)(uintptr_t)thimble_debug_door.question;
    strcpy(question, "test");
    const char *told = answer();
    assert(strstr(told, tmp_path));
}

/* ---- What does not end well ---- */

struct cage {
    int number;
};

static int *volatile nowhere = (int *)64;

const char *repr_cage(const struct cage *cage) {
    if (cage->number == 1)
        *nowhere = 1;
    if (cage->number == 2)
        assert(!"in a repr");
    if (cage->number == 3)
        abort();
    return zoo_feed("Cage", cage->number) == 3 ? "a cage" : "another cage";
}

/* struct cage { int number; } */
static void describe_cage(void) {
    static const char strings[32] = "\0cage\0number\0int";
    struct {
        struct thimble_blob blob;
        struct thimble_section strings;
        char bytes[32];
        struct thimble_section types;
        struct thimble_type type[2];
        struct thimble_section members;
        struct thimble_member member[1];
    } whole;
    memset(&whole, 0, sizeof(whole));
    whole.blob = (struct thimble_blob){THIMBLE_MAGIC, sizeof(whole), 3, 0};
    whole.strings = (struct thimble_section){THIMBLE_STRINGS, sizeof(whole.bytes)};
    memcpy(whole.bytes, strings, sizeof(strings));
    whole.types = (struct thimble_section){THIMBLE_TYPES, sizeof(whole.type)};
    whole.type[0] = (struct thimble_type){.kind = THIMBLE_STRUCT, .name = 1, .size = 4, .count = 1,
                                          .align = 4, .target = THIMBLE_NONE};
    whole.type[1] = (struct thimble_type){.kind = THIMBLE_INTEGER, .name = 13, .size = 4,
                                          .align = 4, .flags = THIMBLE_SIGNED,
                                          .target = THIMBLE_NONE};
    whole.members = (struct thimble_section){THIMBLE_MEMBERS, sizeof(whole.member)};
    whole.member[0] = (struct thimble_member){.name = 6, .type = 1};
    memcpy((void *)(uintptr_t)thimble_debug_door.room, &whole, sizeof(whole));
}

void test_repr(void) {
    struct cage cage = {0};
    size_t address = (size_t)(uintptr_t)&cage;
    char *room = (char *)(uintptr_t)thimble_debug_door.room;
    mock_return(zoo_feed, 3);
    describe_cage();
    for (; cage.number < 5; cage.number++)
        ask("repr\t%#zx\t4", address);
    assert_not_called(zoo_feed);
    memcpy(room + 4096, &cage, sizeof(cage));
    ask("repr\t%#zx\t4", (size_t)(uintptr_t)room + 4096);
    ask("repr\t0x10\t4");
    ask("repr\t%#zx\t5", address);
    ask("repr\t%#zx", address);
    ask("repr\tcage\t4");
    ((struct thimble_blob *)room)->section_count = 400;
    ask("repr\t%#zx\t4", address);
    memset(room, 0, 64);
    ask("repr\t%#zx\t4", address);
    ((struct thimble_blob *)room)->size = UINT32_MAX;
    ask("repr\t%#zx\t4", address);
    assert(zoo_feed("Spot", 1) == 3);
    assert_called_once(zoo_feed);
}
