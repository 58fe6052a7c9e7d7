#include "zoo.h"
#include <time.h>

int count(const char *species) {
    return species[0];
}

__attribute__((visibility("hidden"), noinline)) int weigh(int animal) {
    return animal * 10;
}

int ask(int (*question)(const char *), const char *species) {
    return question(species) + count(species);
}

double average(int animals, double weight) {
    return weight / animals;
}

int cages(void) {
    return weigh(1) + (average(2, 1.0) > 0) + (time(0) > 5);
}
