#include "zoo.h"

#include <stdlib.h>
#include <unistd.h>

int zoo_opened[4];

static __attribute__((noinline)) int weigh(int legs) {
    return legs * 10;
}

int zoo_feed(const char *name, int grams) {
    return name[0] + weigh(grams);
}

int zoo_count(void) {
    return 2;
}

void zoo_open(void) {
    zoo_opened[0]++;
}

double zoo_mean(double a, double b) {
    return (a + b) / 2;
}

void zoo_give_up(void) {
    exit(1);
}

struct animal *zoo_new(const char *name, int legs) {
    struct animal *animal = malloc(sizeof(*animal));
    if (animal)
        *animal = (struct animal){name, legs};
    return animal;
}

void zoo_free(struct animal *animal) {
    free(animal);
}

int zoo_round(int animals) {
    int fed = 0;
    zoo_open();
    for (int i = 0; i < animals; i++)
        fed += zoo_feed(i % 2 ? "Jojo" : "Spot", i);
    return fed + zoo_count();
}

long zoo_read(char *to) {
    return read(0, to, 3);
}
