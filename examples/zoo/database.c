#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char schema[] = "CREATE TABLE IF NOT EXISTS animals ("
                             " name TEXT NOT NULL PRIMARY KEY,"
                             " species TEXT NOT NULL,"
                             " feeding_period INTEGER NOT NULL,"
                             " last_fed INTEGER NOT NULL DEFAULT 0)";

static void complain(sqlite3 *database, const char *what) {
    fprintf(stderr, "zoo: cannot %s: %s\n", what, sqlite3_errmsg(database));
}

sqlite3 *open_database(const char *path) {
    sqlite3 *database = NULL;
    if (sqlite3_open(path, &database) == SQLITE_OK &&
        sqlite3_exec(database, schema, NULL, NULL, NULL) == SQLITE_OK)
        return database;
    fprintf(stderr, "zoo: cannot open %s: %s\n", path, sqlite3_errmsg(database));
    sqlite3_close(database);
    return NULL;
}

void close_database(sqlite3 *database) {
    sqlite3_close(database);
}

/* The statement, or NULL with a message. */
static sqlite3_stmt *prepare(sqlite3 *database, const char *sql, const char *what) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK)
        complain(database, what);
    return statement;
}

/* Runs a statement that returns no rows, and finalizes it. */
static bool run(sqlite3 *database, sqlite3_stmt *statement, const char *what) {
    bool done = sqlite3_step(statement) == SQLITE_DONE;
    if (!done)
        complain(database, what);
    sqlite3_finalize(statement);
    return done;
}

bool add_animal(sqlite3 *database, const char *name, const char *species, int feeding_period) {
    static const char sql[] =
        "INSERT INTO animals (name, species, feeding_period) VALUES (?, ?, ?)";
    sqlite3_stmt *statement = prepare(database, sql, "add the animal");
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 2, species, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int(statement, 3, feeding_period);
    return run(database, statement, "add the animal");
}

static char *copy_column(sqlite3_stmt *row, int column) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text == NULL ? NULL : strdup(text);
}

/* Appends the row that the statement stands on. False where memory ran out. */
static bool append_animal(struct animals *animals, sqlite3_stmt *row) {
    size_t size = (animals->count + 1) * sizeof(struct animal);
    struct animal *items = realloc(animals->items, size);
    if (items == NULL)
        return false;
    animals->items = items;

    struct animal *animal = &items[animals->count++];
    animal->name = copy_column(row, 0);
    animal->species = copy_column(row, 1);
    animal->feeding_period = sqlite3_column_int(row, 2);
    animal->last_fed = sqlite3_column_int64(row, 3);
    return animal->name != NULL && animal->species != NULL;
}

struct animals get_animals(sqlite3 *database) {
    static const char sql[] =
        "SELECT name, species, feeding_period, last_fed FROM animals ORDER BY name";
    struct animals animals = {NULL, 0};
    sqlite3_stmt *statement = prepare(database, sql, "read the animals");
    if (statement == NULL)
        return (struct animals){NULL, -1};

    int status = sqlite3_step(statement);
    while (status == SQLITE_ROW && append_animal(&animals, statement))
        status = sqlite3_step(statement);
    if (status != SQLITE_DONE) {
        complain(database, "read the animals");
        free_animals(animals);
        animals = (struct animals){NULL, -1};
    }
    sqlite3_finalize(statement);
    return animals;
}

void free_animals(struct animals animals) {
    for (int i = 0; i < animals.count; i++) {
        free(animals.items[i].name);
        free(animals.items[i].species);
    }
    free(animals.items);
}

bool set_last_fed(sqlite3 *database, const char *name, time_t when) {
    sqlite3_stmt *statement =
        prepare(database, "UPDATE animals SET last_fed = ? WHERE name = ?", "write the feeding");
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, when);
    sqlite3_bind_text(statement, 2, name, -1, SQLITE_TRANSIENT);
    return run(database, statement, "write the feeding");
}
