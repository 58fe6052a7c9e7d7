/* Units that come and go, and the switch. */

#include "kit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "tracker/tracker.h"

static void test_hooks_follow_the_switch(void) {
    CHECK(zoo.allocated);
    CHECK(zoo.releasing);
    _thimble_tracker_stop();
    CHECK(!zoo.allocated && !zoo.releasing);
    struct thimble_unit *other = make_zoo();
    thimble_register(other);
    CHECK(!other->allocated);
    _thimble_tracker_start();
    CHECK(zoo.allocated && other->allocated);
}

static void test_unit_that_comes_later(void) {
    struct thimble_unit *other = make_zoo();
    CHECK(!other->allocated);
    thimble_register(other);
    CHECK(other->allocated);
}

static APART void drop_of(struct thimble_unit *unit, int count) {
    for (int i = 0; i < count; i++) {
        void *block = malloc(40);
        if (unit->allocated)
            unit->allocated(unit, ADD_ANIMAL, block, 40);
    }
}

static void close_unit(struct thimble_unit *unit) {
    thimble_unregister(unit);
    munmap((void *)unit->blob, unit->blob_size);
    munmap(unit, sizeof(*unit));
}

/* As a plugin does that is loaded, leaks and is unloaded. */
static void test_unit_that_left(void) {
    for (int i = 0; i < 3; i++) {
        struct thimble_unit *other = make_zoo();
        thimble_register(other);
        drop_of(other, 5 - i);
        close_unit(other);
    }
    CHECK_LEAKS("zoo.c:10: 12 blocks of struct animal, 480 bytes, allocated by malloc in "
                "add_animal\n");
}

static void test_null_and_unknown_blocks(void) {
    static char pool[100];
    if (!observed())
        return;
    zoo.allocated(&zoo, ADD_ANIMAL, NULL, 100);
    zoo.allocated(&zoo, ADD_ANIMAL, NULL, THIMBLE_SIZE_UNKNOWN);
    zoo.allocated(&zoo, ADD_ANIMAL, pool + 10, 10);
    zoo.allocated(&zoo, ADD_ANIMAL, pool + 30, THIMBLE_SIZE_UNKNOWN);
    CHECK_LEAKS("");
}

static struct animal *old;

static APART void make_old(void) {
    old = new_animal(NULL);
}

static APART void keep_in_old(void) {
    old->next = new_animal(NULL);
    old->next->next = new_animal(NULL);
}

/* Blocks from before can't be told from freed memory, so all of the heap that lies
 * about is looked at. */
static void test_started_late(void) {
    _thimble_tracker_stop();
    make_old();
    _thimble_tracker_start();
    keep_in_old();
    CHECK_LEAKS("");
}

void run_unit_tests(void) {
    TEST(test_hooks_follow_the_switch);
    TEST(test_unit_that_comes_later);
    TEST(test_unit_that_left);
    TEST(test_null_and_unknown_blocks);
    TEST(test_started_late);
}
