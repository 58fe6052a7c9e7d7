#include "common.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_numbers(void **state) {
    assert_int_equal(count_legs(), 18);
}

static void test_line(void **state) {
    assert_string_equal(notice(), wanted_notice);
}

static void test_condition(void **state) {
    const char *last;
    int fed = feed_animals(&last);
    assert_true(fed == 2 && strcmp(last, "Spot") == 0);
}

static void test_lines(void **state) {
    assert_string_equal(report(), wanted_report);
}

static void test_struct(void **state) {
    struct animal found = find_animal("Spot"), wanted = {"Spot", 4, 12.5, DOG};
    assert_string_equal(found.name, wanted.name);
    assert_int_equal(found.legs, wanted.legs);
    assert_float_equal(found.weight, wanted.weight, 0.0);
    assert_int_equal(found.kind, wanted.kind);
}

static void test_array(void **state) {
    int hours[8], wanted[8] = {6, 8, 10, 12, 14, 16, 18, 20};
    feeding_hours(hours);
    assert_memory_equal(hours, wanted, sizeof wanted);
}

static void test_tolerance(void **state) {
    assert_float_equal(total_weight(), 61.3, 0.01);
}

static void test_null(void **state) {
    assert_non_null(keeper_of("Nessie"));
}

static void test_flags(void **state) {
    assert_int_equal(diet_of("Jojo"), MEAT | FISH);
}

static void check_meals(const char *name) {
    assert_int_equal(meals_of(name), 2);
}

static void test_helper(void **state) {
    check_meals("Spot");
    check_meals("Jojo");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),   cmocka_unit_test(test_line),
        cmocka_unit_test(test_condition), cmocka_unit_test(test_lines),
        cmocka_unit_test(test_struct),    cmocka_unit_test(test_array),
        cmocka_unit_test(test_tolerance), cmocka_unit_test(test_null),
        cmocka_unit_test(test_flags),     cmocka_unit_test(test_helper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
