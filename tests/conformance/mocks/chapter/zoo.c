#include "zoo.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST = 100 };

struct database {
    int unused;
};

/* Nobody is connected in a unit test. */
static void need_connection(void) {
    fputs("not connected\n", stderr);
    exit(7);
}

size_t get_animals(struct database *database, const char *species, struct animal *animals,
                   size_t most) {
    (void)database, (void)species, (void)animals, (void)most;
    need_connection();
    return 0;
}

double get_food_period(struct database *database, const char *species) {
    (void)database, (void)species;
    need_connection();
    return 0;
}

void feed_animal(struct database *database, const char *name, time_t when) {
    (void)database, (void)name, (void)when;
    need_connection();
}

int do_rounds(struct database *database, const char *species) {
    time_t now = time(NULL);
    struct animal animals[MOST];
    double period = get_food_period(database, species);
    size_t count = get_animals(database, species, animals, MOST);
    int fed = 0;
    for (size_t i = 0; i < count; i++)
        if (difftime(now, animals[i].last_meal) > period) {
            feed_animal(database, animals[i].name, now);
            fed++;
        }
    return fed;
}

int do_rounds_with(struct zoo_database *database, const char *species) {
    time_t now = time(NULL);
    struct animal animals[MOST];
    double period = database->read.get_food_period(database, species);
    size_t count = database->read.get_animals(database, species, animals, MOST);
    int fed = 0;
    for (size_t i = 0; i < count; i++)
        if (difftime(now, animals[i].last_meal) > period) {
            database->feed_animal(database, animals[i].name, now);
            fed++;
        }
    return fed;
}
