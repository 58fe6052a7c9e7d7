/* A zoo that feeds its animals. */
#ifndef ZOO_H
#define ZOO_H

#include <stddef.h>
#include <time.h>

struct database;

struct animal {
    const char *name;
    time_t last_meal;
};

/* Functions that ask a database. */
size_t get_animals(struct database *, const char *species, struct animal *animals, size_t most);
double get_food_period(struct database *, const char *species);
void feed_animal(struct database *, const char *name, time_t when);

/* Feeds all of a species that are hungry, and returns how many. */
int do_rounds(struct database *, const char *species);

/* The same with a database that is an object. */
struct zoo_database {
    int (*connect)(struct zoo_database *);
    struct {
        size_t (*get_animals)(struct zoo_database *, const char *species, struct animal *animals,
                              size_t most);
        double (*get_food_period)(struct zoo_database *, const char *species);
    } read;
    void (*feed_animal)(struct zoo_database *, const char *name, time_t when);
};

extern struct zoo_database the_database;

int do_rounds_with(struct zoo_database *, const char *species);

#endif
