/* A memory hunt: what is live after a feeding round, who allocated it, and what is in it. */
#include <stdio.h>
#include <thimble.h>

#include "zoo.h"

static sqlite3 *fixture_zoo(void) {
    sqlite3 *database = open_database(":memory:");
    assert(add_animal(database, "Jojo", "gorilla", 60));
    assert(add_animal(database, "Kim", "dog", 30));
    assert(add_animal(database, "Spot", "dog", 30));
    return database;
}

static void teardown_zoo(sqlite3 *zoo) {
    close_database(zoo);
}

/* What SQLite keeps in its caches is its own: only the program's lines are looked at. */
static const struct thimble_statistic *ours(enum thimble_grouping grouping) {
    struct thimble_snapshot *all = tracker_snapshot();
    return tracker_statistics(tracker_filter(all, {.file = "database.c"}, {.file = "zoo.c"}),
                              grouping);
}

void test_a_round_gives_everything_back(sqlite3 *zoo) {
    tracker_start(1);
    assert(feed_animals(zoo) == 3);
    tracker_print(ours(BY_LINE), 3);
    assert(ours(BY_LINE)->file == NULL);
}

void test_what_the_animals_take(sqlite3 *zoo) {
    size_t current, peak;
    tracker_start(4);
    struct animals animals = get_animals(zoo);
    const struct thimble_statistic *types = ours(BY_TYPE);
    assert_equal(types[0].type, "struct animal");
    assert(types[0].count == 1 && types[0].size == 3 * sizeof(struct animal));
    assert_equal(types[1].type, "char");
    assert(types[1].count == 6 && types[1].size == sizeof("Jojo gorilla Kim dog Spot dog"));
    tracker_traced(&current, &peak);
    assert(peak >= current && current >= types[0].size + types[1].size);
    free_animals(animals);
}

void test_who_allocated_it(sqlite3 *zoo) {
    tracker_start(4);
    struct animals animals = get_animals(zoo);
    const struct thimble_heap_object *name = tracker_where(animals.items[0].name);
    assert_equal(name->function, "copy_column");
    assert_equal(name->allocator, "strdup");
    assert_equal(tracker_repr(name), "\"Jojo\"");
    assert_equal(tracker_traceback(name)->frames[1].function, "append_animal");
    puts(tracker_format(tracker_traceback(name)));
    free_animals(animals);
    assert(tracker_where(name->address) == NULL);
}
