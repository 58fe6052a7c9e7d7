#include "zoo.h"
#include <stdlib.h>

/* The test sees none of this. */

struct place {
    double x, y;
};

struct zoo {
    const char *name;
    struct place place;
    int animals;
    struct zoo *next;
};

struct rival {
    int strength;
};

struct zoo *open_zoo(const char *name, int animals) {
    struct zoo *zoo = calloc(1, sizeof *zoo);
    zoo->name = name;
    zoo->animals = animals;
    zoo->next = zoo;
    return zoo;
}

void close_zoo(struct zoo *zoo) {
    free(zoo);
}

struct never *some_address(int i) {
    static char bytes[2];
    return (struct never *)&bytes[i];
}

static void strengthen(struct rival *rival) {
    rival->strength = 3;
}

struct rival *some_rival(int i) {
    static struct rival rivals[2];
    strengthen(&rivals[i]);
    return &rivals[i];
}
