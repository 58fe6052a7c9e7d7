#include "zoo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct animal *animal_new(const char *name, int legs) {
    struct animal *animal = malloc(sizeof(*animal));
    if (!animal)
        return NULL;
    *animal = (struct animal){.name = strdup(name), .legs = legs, .weight = legs * 1.5};
    return animal;
}

void animal_free(struct animal *animal) {
    if (animal)
        free((char *)animal->name);
    free(animal);
}

struct animal *zoo_add(struct animal *zoo, const char *name, int legs) {
    struct animal *animal = animal_new(name, legs);
    if (animal)
        animal->next = zoo;
    return animal ? animal : zoo;
}

void zoo_free(struct animal *zoo) {
    while (zoo) {
        struct animal *next = zoo->next;
        animal_free(zoo);
        zoo = next;
    }
}

size_t zoo_legs(const struct animal *zoo) {
    size_t legs = 0;
    for (; zoo; zoo = zoo->next)
        legs += (size_t)zoo->legs;
    return legs;
}

int zoo_save(const struct animal *zoo, const char *path) {
    FILE *file = fopen(path, "w");
    if (!file)
        return -1;
    for (; zoo; zoo = zoo->next)
        fprintf(file, "%s %d\n", zoo->name, zoo->legs);
    return fclose(file);
}

int feed(const char *name, int portions) {
    printf("%s eats %d\n", name, portions);
    return portions;
}

int feed_all(const struct animal *zoo) {
    int eaten = 0;
    for (; zoo; zoo = zoo->next)
        eaten += feed(zoo->name, zoo->legs);
    return eaten;
}
