/* What tests/debug/commands asks a debugger about. */
#ifndef ZOO_H
#define ZOO_H

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

enum color { RED = 1, GREEN, BLUE };
enum diet { HAY = 1, FISH = 2, MEAT = 4 };

struct place {
    int row, column;
};

typedef struct animal {
    char name[8];
    unsigned legs : 4, wild : 1;
    signed mood : 3;
    enum color color;
    struct animal *next;
    union {
        int grams;
        float exact;
    };
    struct place where;
    int (*feed)(const char *, int);
} animal_t;

struct keeper; /* only zoo.c knows it */

/* A type that speaks for itself. */
struct ticket {
    int number;
};

struct flock {
    int count;
    short weights[];
};

int zoo_feed(const char *name, int grams);
int zoo_count(void);
struct keeper *zoo_keeper(void);
animal_t *zoo_new(const char *name);

/* The debugger stops in these. */
void here(void);
void deep_down(int depth);
void give_up(void);

#endif
