/* Integration tests: SQLite itself, on a file in each test's own directory. */
#include <stdio.h>
#include <string.h>
#include <thimble.h>

#include "database.h"

static sqlite3 *open_in(const char *directory) {
    char path[4096];
    snprintf(path, sizeof(path), "%s/zoo.db", directory);
    return open_database(path);
}

void test_a_new_database_is_empty(const char *tmp_path) {
    sqlite3 *database = open_in(tmp_path);
    struct animals animals = get_animals(database);
    assert(animals.count == 0);
    free_animals(animals);
    close_database(database);
}

void test_animals_come_sorted_by_name(const char *tmp_path) {
    sqlite3 *database = open_in(tmp_path);
    assert(add_animal(database, "Spot", "dog", 30));
    assert(add_animal(database, "Jojo", "gorilla", 60));

    struct animals animals = get_animals(database);
    assert(animals.count == 2);
    assert(strcmp(animals.items[0].name, "Jojo") == 0);
    assert(strcmp(animals.items[0].species, "gorilla") == 0);
    assert(animals.items[0].feeding_period == 60);
    assert(animals.items[0].last_fed == 0);
    assert(strcmp(animals.items[1].name, "Spot") == 0);
    free_animals(animals);
    close_database(database);
}

void test_feeding_times_are_kept(const char *tmp_path) {
    sqlite3 *database = open_in(tmp_path);
    add_animal(database, "Jojo", "gorilla", 60);
    assert(set_last_fed(database, "Jojo", 1750334400));
    close_database(database);

    database = open_in(tmp_path);
    struct animals animals = get_animals(database);
    assert(animals.count == 1);
    assert(animals.items[0].last_fed == 1750334400);
    free_animals(animals);
    close_database(database);
}

void test_a_name_can_be_taken_only_once(const char *tmp_path, struct capture *capture) {
    sqlite3 *database = open_in(tmp_path);
    assert(add_animal(database, "Jojo", "gorilla", 60));
    assert(!add_animal(database, "Jojo", "parrot", 20));
    assert(strstr(captured_stderr(capture), "cannot add the animal: UNIQUE") != NULL);
    close_database(database);
}

void test_what_is_no_database_does_not_open(const char *tmp_path, struct capture *capture) {
    assert(open_database(tmp_path) == NULL);
    assert(strstr(captured_stderr(capture), "unable to open database file") != NULL);
}

void test_nothing_is_left_where_memory_runs_out(const char *tmp_path) {
    sqlite3 *database = open_in(tmp_path);
    add_animal(database, "Jojo", "gorilla", 60);
    mock_return(strdup, NULL);
    assert(get_animals(database).count == -1);
    close_database(database);
}
