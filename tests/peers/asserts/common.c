/* common.c: the zoo, and what is wrong with it. */
#include "common.h"

#include <stddef.h>
#include <string.h>

int count_legs(void) {
    return 16;
}

const char *const wanted_notice =
    "The zoo opens at nine and closes at six; the parrots are fed at noon, the cats at four, "
    "and visitors are asked to keep their hands, hats and children out of the cages.";

const char *notice(void) {
    return "The zoo opens at nine and closes at six; the parrots are fed at noon, the cats at "
           "five, and visitors are asked to keep their hands, hats and children out of the cages.";
}

int feed_animals(const char **last) {
    *last = "Jojo";
    return 2;
}

const char *const wanted_report = "Feeding round\n"
                                  "  06:00 Jojo: meat\n"
                                  "  06:10 Spot: meat\n"
                                  "  08:00 Polly: seeds\n"
                                  "  10:00 Jojo: fish\n"
                                  "  10:10 Spot: fish\n"
                                  "  12:00 Polly: seeds\n"
                                  "  14:00 Jojo: meat\n"
                                  "  14:10 Spot: meat\n"
                                  "  16:00 Polly: fruit\n"
                                  "8 meals\n"
                                  "nobody left out\n";

const char *report(void) {
    return "Feeding round\n"
           "  06:00 Jojo: meat\n"
           "  06:10 Spot: meat\n"
           "  08:00 Polly: seeds\n"
           "  10:00 Jojo: fish\n"
           "  10:10 Spot: fish\n"
           "  12:00 Polly: bread\n"
           "  14:00 Jojo: meat\n"
           "  14:10 Spot: meat\n"
           "  16:00 Polly: fruit\n"
           "8 meals\n"
           "nobody left out\n";
}

struct animal find_animal(const char *name) {
    static char copy[32]; /* the same name at another address */

    strncpy(copy, name, sizeof copy - 1);
    return (struct animal){.name = copy, .legs = 3, .weight = 12.5, .kind = DOG};
}

void feeding_hours(int hours[8]) {
    for (int i = 0; i < 8; i++)
        hours[i] = i == 5 ? 18 : 6 + 2 * i;
}

double total_weight(void) {
    return 61.35;
}

const char *keeper_of(const char *name) {
    (void)name;
    return NULL;
}

enum food diet_of(const char *name) {
    (void)name;
    return (enum food)(MEAT | HAY);
}

int meals_of(const char *name) {
    return strcmp(name, "Jojo") == 0 ? 1 : 2;
}
