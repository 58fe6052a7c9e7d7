/* page.c: the examples of docs/asserts.md. Every test fails, and the page shows how. */
#include "common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

static int is_open(const char *day, int hour) {
    return strcmp(day, "Monday") != 0 && hour >= 9 && hour < 18;
}

static int visitors(void) {
    return 0;
}

void test_open_on_mondays(void) {
    int hour = 10;
    assert(is_open("Monday", hour) && visitors() > 0);
}

void test_the_round(void) {
    const char *last;
    int fed = feed_animals(&last);
    expect(fed == 3);
    expect(strcmp(last, "Polly") == 0);
}

struct cage {
    int number;
    struct animal animals[2];
};

void test_cage(void) {
    struct cage cage = {7, {{"Spot", 4, 12.5, DOG}, {"Polly", 2, 1, PARROT}}};
    struct cage wanted = cage;
    wanted.animals[0].weight = 13;
    wanted.animals[1].name = "Molly";
    assert_equal(cage, wanted);
}

void test_numbers_by_value(void) {
    int difference = -1;
    assert_equal(difference, 4294967295u);
}

static int average_weight(int total, int animals) {
    assert(animals > 0);
    return total / animals;
}

static void check_average(int animals, int wanted) {
    assert(average_weight(30, animals) == wanted);
}

void test_averages(void) {
    check_average(3, 10);
    check_average(0, 0);
}

struct hour {
    int minutes;
};

const char *repr_hour(const struct hour *hour) {
    static char text[16];
    snprintf(text, sizeof text, "HOUR(%d, %02d)", hour->minutes / 60, hour->minutes % 60);
    return text;
}

_Bool equal_hour(const struct hour *a, const struct hour *b) {
    return a->minutes % (24 * 60) == b->minutes % (24 * 60);
}

void test_feeding_hour(void) {
    struct hour noon = {12 * 60}, noon_tomorrow = {36 * 60}, one = {13 * 60};
    assert_equal(noon, noon_tomorrow);
    assert_equal(noon, one);
}
