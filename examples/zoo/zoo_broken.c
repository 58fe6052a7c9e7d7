/* Tests that fail on purpose: what each kind of failure looks like. */
#include <stdio.h>
#include <string.h>
#include <thimble.h>

#include "zoo.h"

static const time_t noon = 1750334400;

static sqlite3 *fixture_database(const char *tmp_path) {
    char path[4096];
    snprintf(path, sizeof(path), "%s/zoo.db", tmp_path);
    sqlite3 *database = open_database(path);
    add_animal(database, "Jojo", "gorilla", 60);
    add_animal(database, "Spot", "dog", 30);
    return database;
}

static void teardown_database(sqlite3 *database) {
    close_database(database);
}

static struct animal *find(struct animals animals, const char *name) {
    for (int i = 0; i < animals.count; i++)
        if (strcmp(animals.items[i].name, name) == 0)
            return &animals.items[i];
    return NULL;
}

/* An assert that does not hold: Jojo is hungry as well. */
void test_only_spot_is_hungry(sqlite3 *database) {
    int fed = feed_animals(database);
    assert(fed == 1);
}

/* A mock that was called in another way than expected. */
void test_writes_down_who_was_fed(sqlite3 *database) {
    mock_return(time, noon);
    mock_return(set_last_fed, true);
    feed_animals(database);
    assert_called_once_with(set_last_fed, ANY, "Spot", noon);
}

/* A crash: there is no Nessie. */
void test_nessie_eats_every_hour(sqlite3 *database) {
    struct animals animals = get_animals(database);
    assert(find(animals, "Nessie")->feeding_period == 60);
    free_animals(animals);
}

/* A leak: nobody frees the animals. */
void test_two_animals_live_here(sqlite3 *database) {
    assert(get_animals(database).count == 2);
}
