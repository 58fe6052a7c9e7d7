#include "common.h"

#include <string.h>
#include <thimble.h>

void test_numbers(void) {
    assert(count_legs() == 18);
}

void test_line(void) {
    assert_equal(notice(), wanted_notice);
}

void test_condition(void) {
    const char *last;
    int fed = feed_animals(&last);
    assert(fed == 2 && strcmp(last, "Spot") == 0);
}

void test_lines(void) {
    assert_equal(report(), wanted_report);
}

void test_struct(void) {
    struct animal wanted = {"Spot", 4, 12.5, DOG};
    assert_equal(find_animal("Spot"), wanted);
}

void test_array(void) {
    int hours[8], wanted[8] = {6, 8, 10, 12, 14, 16, 18, 20};
    feeding_hours(hours);
    assert_equal(hours, wanted);
}

void test_tolerance(void) {
    assert_close(total_weight(), 61.3, 0.01);
}

void test_null(void) {
    assert(keeper_of("Nessie") != NULL);
}

void test_flags(void) {
    assert(diet_of("Jojo") == (MEAT | FISH));
}

static void check_meals(const char *name) {
    assert(meals_of(name) == 2);
}

void test_helper(void) {
    check_meals("Spot");
    check_meals("Jojo");
}
