/* common.h: a zoo that does ten things wrong, and what it should have done.
 *
 * Each framework's file holds the ten tests that find them, so that the ten failures are
 * the same and only the frameworks differ. The tests' names are the keys of FAILURES in
 * `run`, which puts what they print into docs/asserts.md.
 */
#ifndef PEERS_COMMON_H
#define PEERS_COMMON_H

#ifdef __cplusplus
extern "C" {
#endif

enum kind { CAT, DOG, PARROT };
enum food { MEAT = 1, FISH = 2, HAY = 4 };

struct animal {
    const char *name;
    int legs;
    double weight;
    enum kind kind;
};

/* 18 are expected. */
int count_legs(void);

/* One long line. */
const char *notice(void);
extern const char *const wanted_notice;

/* How many animals were fed, and which was the last: 2 and "Spot" are expected. */
int feed_animals(const char **last);

/* Twelve lines. */
const char *report(void);
extern const char *const wanted_report;

/* {"Spot", 4, 12.5, DOG} is expected. */
struct animal find_animal(const char *name);

/* Eight hours; each two after the one before is expected, beginning with 6. */
void feeding_hours(int hours[8]);

/* 61.3 is expected, give or take 0.01. */
double total_weight(void);

/* NULL for an animal that is not here. */
const char *keeper_of(const char *name);

/* MEAT | FISH is expected for Jojo. */
enum food diet_of(const char *name);

/* 2 are expected for every animal. */
int meals_of(const char *name);

#ifdef __cplusplus
}
#endif

#endif
