#include "common.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(zoo, numbers) {
    cr_assert(eq(int, count_legs(), 18));
}

Test(zoo, line) {
    cr_assert(eq(str, (char *)notice(), (char *)wanted_notice));
}

Test(zoo, condition) {
    const char *last;
    int fed = feed_animals(&last);
    cr_assert(all(eq(int, fed, 2), eq(str, (char *)last, "Spot")));
}

Test(zoo, lines) {
    cr_assert(eq(str, (char *)report(), (char *)wanted_report));
}

static int cr_user_animal_eq(const struct animal *a, const struct animal *b) {
    return strcmp(a->name, b->name) == 0 && a->legs == b->legs && a->weight == b->weight &&
           a->kind == b->kind;
}

static char *cr_user_animal_tostr(const struct animal *animal) {
    static const char *const kinds[] = {"CAT", "DOG", "PARROT"};
    char *text;
    cr_asprintf(&text, "{ .name = \"%s\", .legs = %d, .weight = %g, .kind = %s }", animal->name,
                animal->legs, animal->weight, kinds[animal->kind]);
    return text;
}

Test(zoo, struct) {
    struct animal wanted = {"Spot", 4, 12.5, DOG};
    cr_assert(eq(type(struct animal), find_animal("Spot"), wanted));
}

Test(zoo, array) {
    int hours[8], wanted[8] = {6, 8, 10, 12, 14, 16, 18, 20};
    feeding_hours(hours);
    cr_assert(eq(int[8], hours, wanted));
}

Test(zoo, tolerance) {
    cr_assert(epsilon_eq(dbl, total_weight(), 61.3, 0.01));
}

Test(zoo, null) {
    cr_assert(ne(ptr, (void *)keeper_of("Nessie"), NULL));
}

static int cr_user_food_eq(const enum food *a, const enum food *b) {
    return *a == *b;
}

static char *cr_user_food_tostr(const enum food *food) {
    char *text;
    cr_asprintf(&text, "(%s%s%s )", *food & MEAT ? " MEAT" : "", *food & FISH ? " FISH" : "",
                *food & HAY ? " HAY" : "");
    return text;
}

Test(zoo, flags) {
    cr_assert(eq(type(enum food), diet_of("Jojo"), MEAT | FISH));
}

static void check_meals_at(const char *file, int line, const char *name) {
    cr_assert_user(file, line, criterion_abort_test, eq(int, meals_of(name), 2));
}

#define check_meals(name) check_meals_at(__FILE__, __LINE__, name)

Test(zoo, helper) {
    check_meals("Spot");
    check_meals("Jojo");
}
