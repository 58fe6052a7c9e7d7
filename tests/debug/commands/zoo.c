#include "zoo.h"

#include <stdlib.h>
#include <string.h>

struct keeper {
    const char *name;
    int keys;
};

int zoo_count(void) {
    return 3;
}

int zoo_feed(const char *name, int grams) {
    return name[0] == 'S' ? grams : 0;
}

struct keeper *zoo_keeper(void) {
    static struct keeper keeper = {"Ada", 5};
    return &keeper;
}

animal_t *zoo_new(const char *name) {
    animal_t *animal = calloc(1, sizeof(*animal)); /* the allocation */
    strncpy(animal->name, name, sizeof(animal->name) - 1);
    animal->legs = 4;
    return animal;
}
