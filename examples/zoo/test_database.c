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

/* What a test gets that has a parameter `database`. */
static sqlite3 *fixture_database(const char *tmp_path) {
    sqlite3 *database = open_in(tmp_path);
    assert(database);
    return database;
}

static void teardown_database(sqlite3 *database) {
    close_database(database);
}

void test_a_new_database_is_empty(sqlite3 *database) {
    struct animals animals = get_animals(database);
    assert(animals.count == 0);
    free_animals(animals);
}

void test_animals_come_sorted_by_name(sqlite3 *database) {
    assert(add_animal(database, "Spot", "dog", 30));
    assert(add_animal(database, "Jojo", "gorilla", 60));

    struct animals animals = get_animals(database);
    assert(animals.count == 2);
    assert_equal(animals.items[0], (struct animal){"Jojo", "gorilla", 60, 0});
    assert_equal(animals.items[1], (struct animal){"Spot", "dog", 30, 0});
    free_animals(animals);
}

void test_feeding_times_are_kept(sqlite3 *database, const char *tmp_path) {
    add_animal(database, "Jojo", "gorilla", 60);
    assert(set_last_fed(database, "Jojo", 1750334400));

    sqlite3 *again = open_in(tmp_path);
    struct animals animals = get_animals(again);
    assert(animals.count == 1);
    assert(animals.items[0].last_fed == 1750334400);
    free_animals(animals);
    close_database(again);
}

void test_a_name_can_be_taken_only_once(sqlite3 *database, struct capture *capture) {
    assert(add_animal(database, "Jojo", "gorilla", 60));
    assert(!add_animal(database, "Jojo", "parrot", 20));
    assert(strstr(captured_stderr(capture), "cannot add the animal: UNIQUE") != NULL);
}

void test_what_is_no_database_does_not_open(const char *tmp_path, struct capture *capture) {
    assert(open_database(tmp_path) == NULL);
    assert(strstr(captured_stderr(capture), "unable to open database file") != NULL);
}

void test_nothing_is_left_where_memory_runs_out(sqlite3 *database) {
    add_animal(database, "Jojo", "gorilla", 60);
    mock_return(strdup, NULL);
    assert(get_animals(database).count == -1);
}

/* Spies: SQLite goes on as ever, and its calls are on record. */
void test_statements_are_finalized(sqlite3 *database) {
    mock_spy(sqlite3_prepare_v2);
    mock_spy(sqlite3_finalize);
    add_animal(database, "Jojo", "gorilla", 60);
    add_animal(database, "Jojo", "parrot", 20);
    free_animals(get_animals(database));
    assert(mock_call_count(sqlite3_prepare_v2) == 3);
    assert(mock_call_count(sqlite3_finalize) == 3);
    assert_any_call(sqlite3_prepare_v2, arg("zSql", STARTS_WITH("SELECT")));
}

void test_a_full_disk(sqlite3 *database) {
    mock_return(sqlite3_step, SQLITE_FULL);
    assert(!add_animal(database, "Jojo", "gorilla", 60));
    mock_spy(sqlite3_step);
    assert(add_animal(database, "Jojo", "gorilla", 60));
}
