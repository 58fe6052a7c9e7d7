/* What is known of memory: live blocks, and the last ones that were freed. */

#include "kit.h"

#include <stdlib.h>
#include <string.h>

#include "tracker/tracker.h"

static struct memory at(const void *address) {
    struct memory memory;
    _thimble_memory_at(address, &memory);
    return memory;
}

/* Where nothing is observed, foreign code's block may lie where one was freed. */
static bool is_freed_by(const void *address, uint32_t line) {
    struct memory memory = at(address);
    if (!observed())
        return memory.state == MEMORY_UNKNOWN;
    if (memory.state != MEMORY_FREED)
        return false;
    struct trace by = _thimble_trace_of(memory.released);
    return line ? by.unit && by.unit->sites[by.site].line == line : !by.unit;
}

static void test_live(void) {
    char *block = zoo_malloc(ADD_ANIMAL, 40);
    struct memory memory = at(block + 39);
    CHECK(memory.state == MEMORY_LIVE && memory.block.address == (uintptr_t)block);
    struct trace trace = _thimble_trace_of(memory.block.trace);
    CHECK(memory.block.size == 40 && trace.site == ADD_ANIMAL && trace.unit == zoo.state);
    CHECK(at(block + 40).state == MEMORY_UNKNOWN || observed());
    zoo_free(block);
}

static void test_freed(void) {
    char *block = zoo_malloc(ADD_ANIMAL, 40);
    zoo_free(block);
    CHECK(is_freed_by(block, 50) && is_freed_by(block + 39, 50));
    CHECK(at(NULL).state == MEMORY_UNKNOWN && at(&block).state == MEMORY_UNKNOWN);
}

static void test_freed_by_foreign_code(void) {
    char *block = zoo_malloc(ADD_ANIMAL, 40);
    free(opaque(block));
    CHECK(!observed() || is_freed_by(block, 0));
}

static void test_address_that_is_used_again(void) {
    char *block = zoo_malloc(ADD_ANIMAL, 40);
    zoo_free(block);
    char *again = malloc(40);
    if (again == block)
        CHECK(at(block).state == MEMORY_LIVE);
    free(opaque(again));
    CHECK(again != block || !observed() || is_freed_by(block, 0));
}

static void test_moved_by_realloc(void) {
    char *block = zoo_malloc(GROW_FRIENDS, 40), *fence = malloc(40);
    char *moved = zoo_realloc(GROW_FRIENDS, block, 1 << 20);
    if (moved != block)
        CHECK(is_freed_by(block, 30));
    CHECK(at(moved).state == MEMORY_LIVE);
    zoo_free(moved);
    free(opaque(fence));
}

/* What a unit said of one release is not said of the next one. */
static void test_each_has_its_own_site(void) {
    char *first = zoo_malloc(ADD_ANIMAL, 40), *second = zoo_malloc(ADD_ANIMAL, 40);
    zoo_free(first);
    free(opaque(second));
    CHECK(is_freed_by(first, 50));
    CHECK(!observed() || is_freed_by(second, 0));
}

static void test_the_last_ones_are_remembered(void) {
    enum { COUNT = 20000 };
    char **blocks = malloc(COUNT * sizeof(*blocks));
    for (int i = 0; i < COUNT; i++)
        blocks[i] = zoo_malloc(ADD_ANIMAL, 40);
    char *last = blocks[COUNT - 1];
    for (int i = 0; i < COUNT; i++)
        zoo_free(blocks[i]);
    CHECK(is_freed_by(last, 50));
    free(opaque(blocks));
}

static void test_forgotten_when_switched_off(void) {
    char *block = zoo_malloc(ADD_ANIMAL, 40);
    zoo_free(block);
    _thimble_tracker_stop();
    CHECK(at(block).state == MEMORY_UNKNOWN);
    _thimble_tracker_start();
    CHECK(at(block).state == MEMORY_UNKNOWN);
}

/* No address of a block that was freed keeps one that comes to lie there from being a
 * leak. */
static APART void free_and_leak(void) {
    char *block = zoo_malloc(ADD_ANIMAL, 40);
    zoo_free(block);
    block = zoo_malloc(ADD_ANIMAL, 40);
    memset(opaque(&block), 0, sizeof block);
}

static void test_what_is_remembered_hides_no_leak(void) {
    free_and_leak();
    CHECK_LEAKS("zoo.c:10: 1 block of struct animal, 40 bytes, allocated by malloc in "
                "add_animal\n");
}

void run_release_tests(void) {
    TEST(test_live);
    TEST(test_freed);
    TEST(test_freed_by_foreign_code);
    TEST(test_address_that_is_used_again);
    TEST(test_moved_by_realloc);
    TEST(test_each_has_its_own_site);
    TEST(test_the_last_ones_are_remembered);
    TEST(test_forgotten_when_switched_off);
    TEST(test_what_is_remembered_hides_no_leak);
}
