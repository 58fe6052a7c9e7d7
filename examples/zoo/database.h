/* database.h: the zoo's animals in SQLite. */
#ifndef DATABASE_H
#define DATABASE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <time.h>

struct animal {
    char *name;
    char *species;
    int feeding_period; /* minutes */
    time_t last_fed;    /* 0: never */
};

struct animals {
    struct animal *items;
    int count; /* -1: the database could not be read */
};

/* Opens the database, made where there is none. Returns NULL with a message on
 * standard error. */
sqlite3 *open_database(const char *path);
void close_database(sqlite3 *database);

/* False with a message on standard error, for a name that is taken too. */
bool add_animal(sqlite3 *database, const char *name, const char *species, int feeding_period);

/* All animals, by name. The caller frees them with free_animals. */
struct animals get_animals(sqlite3 *database);
void free_animals(struct animals animals);

/* False with a message on standard error. */
bool set_last_fed(sqlite3 *database, const char *name, time_t when);

#endif
