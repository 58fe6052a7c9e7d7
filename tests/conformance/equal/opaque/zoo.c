#define _DEFAULT_SOURCE
#include "zoo.h"
#include <stdlib.h>
#include <sys/mman.h>

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
    static struct rival *rivals; /* what has no name is shown by its address */
    if (!rivals)
        rivals = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    strengthen(&rivals[i]);
    return &rivals[i];
}
