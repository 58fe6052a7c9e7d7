#include "zoo.h"

#include <stdio.h>

bool is_due(const struct animal *animal, time_t now) {
    return now - animal->last_fed >= (time_t)animal->feeding_period * 60;
}

static bool feed(sqlite3 *database, const struct animal *animal, time_t now) {
    printf("%s the %s is fed\n", animal->name, animal->species);
    return set_last_fed(database, animal->name, now);
}

int feed_animals(sqlite3 *database) {
    time_t now = time(NULL);
    struct animals animals = get_animals(database);
    if (animals.count < 0)
        return -1;

    int fed = 0;
    for (int i = 0; i < animals.count && fed >= 0; i++) {
        if (!is_due(&animals.items[i], now))
            continue;
        fed = feed(database, &animals.items[i], now) ? fed + 1 : -1;
    }
    free_animals(animals);
    return fed;
}

static void print_animal(const struct animal *animal, time_t now) {
    printf("%-12s %-12s ", animal->name, animal->species);
    if (is_due(animal, now)) {
        printf("hungry\n");
        return;
    }
    time_t seconds = animal->last_fed + (time_t)animal->feeding_period * 60 - now;
    printf("eats in %d min\n", (int)((seconds + 59) / 60));
}

int list_animals(sqlite3 *database) {
    time_t now = time(NULL);
    struct animals animals = get_animals(database);
    for (int i = 0; i < animals.count; i++)
        print_animal(&animals.items[i], now);
    int count = animals.count;
    free_animals(animals);
    return count;
}
