#include "zoo.h"
#include <stdlib.h>

struct zoo {
    const char *name;
    int animals;
};
union cage {
    int number;
};

struct zoo *zoo_open(const char *name) {
    struct zoo *zoo = malloc(sizeof *zoo);
    *zoo = (struct zoo){name, 3};
    return zoo;
}

void zoo_close(struct zoo *zoo) {
    free(zoo);
}

union cage *zoo_cage(void) {
    static union cage cage = {5};
    return &cage;
}
