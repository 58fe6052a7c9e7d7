#include "zoo.h"

int limit = 1;

int feed(int animal) {
    return animal;
}

int water(int animal) {
    return animal + 1;
}

int clean(int animal) {
    return animal + 2;
}

static int count(int animal) {
    return animal + 3;
}

struct zoo zoo = {count};

int all(int animal) {
    return feed(animal) * 1000 + water(animal) * 100 + clean(animal) * 10 + zoo.count(animal);
}
