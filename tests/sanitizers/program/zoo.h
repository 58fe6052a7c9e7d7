/* zoo.h: what the tests are about. */
#ifndef ZOO_H
#define ZOO_H

#include <stddef.h>

struct animal {
    const char *name;
    int legs;
    double weight;
    struct animal *next;
};

struct animal *animal_new(const char *name, int legs);
void animal_free(struct animal *);
struct animal *zoo_add(struct animal *zoo, const char *name, int legs);
void zoo_free(struct animal *zoo);
size_t zoo_legs(const struct animal *zoo);
/* Writes the names into a file; -1 with errno where it can't. */
int zoo_save(const struct animal *zoo, const char *path);
int feed(const char *name, int portions);
int feed_all(const struct animal *zoo);

#endif
