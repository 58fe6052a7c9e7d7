/* Integration tests: feeding rounds in a large zoo, which is filled once. */
#include <stdio.h>
#include <thimble.h>

#include "zoo.h"

#define MINUTE 60

enum { RABBITS = 400, LIONS = 100 };

static const time_t noon = 1750334400;

static void add_many(sqlite3 *database, const char *species, int count, int feeding_period) {
    for (int i = 1; i <= count; i++) {
        char name[32];
        snprintf(name, sizeof(name), "%s %d", species, i);
        assert(add_animal(database, name, species, feeding_period));
    }
}

/* Made once for this file. The tests' processes are copies of the one that it is made in, so
 * each has a zoo of its own, in which nobody was fed. */
static sqlite3 *module_fixture_zoo(void) {
    sqlite3 *database = open_database(":memory:");
    assert(database);
    add_many(database, "rabbit", RABBITS, 30);
    add_many(database, "lion", LIONS, 24 * 60);
    return database;
}

static void teardown_zoo(sqlite3 *zoo) {
    close_database(zoo);
}

void test_the_first_round_feeds_everybody(sqlite3 *zoo) {
    assert(feed_animals(zoo) == RABBITS + LIONS);
    assert(feed_animals(zoo) == 0);
}

void test_an_hour_later_only_rabbits_are_hungry(sqlite3 *zoo) {
    mock_return(time, noon);
    assert(feed_animals(zoo) == RABBITS + LIONS);
    mock_return(time, noon + 60 * MINUTE);
    assert(feed_animals(zoo) == RABBITS);
}

TAG("slow")
void test_in_a_day_lions_eat_once(sqlite3 *zoo) {
    int fed = 0;
    for (int minutes = 0; minutes < 24 * 60; minutes += 30) {
        mock_return(time, noon + minutes * MINUTE);
        fed += feed_animals(zoo);
    }
    assert(fed == 48 * RABBITS + LIONS);
}
