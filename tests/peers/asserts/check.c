#include "common.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(test_numbers) {
    ck_assert_int_eq(count_legs(), 18);
}
END_TEST

START_TEST(test_line) {
    ck_assert_str_eq(notice(), wanted_notice);
}
END_TEST

START_TEST(test_condition) {
    const char *last;
    int fed = feed_animals(&last);
    ck_assert(fed == 2 && strcmp(last, "Spot") == 0);
}
END_TEST

START_TEST(test_lines) {
    ck_assert_str_eq(report(), wanted_report);
}
END_TEST

START_TEST(test_struct) {
    struct animal found = find_animal("Spot"), wanted = {"Spot", 4, 12.5, DOG};
    ck_assert_str_eq(found.name, wanted.name);
    ck_assert_int_eq(found.legs, wanted.legs);
    ck_assert_double_eq(found.weight, wanted.weight);
    ck_assert_int_eq(found.kind, wanted.kind);
}
END_TEST

START_TEST(test_array) {
    int hours[8], wanted[8] = {6, 8, 10, 12, 14, 16, 18, 20};
    feeding_hours(hours);
    ck_assert_mem_eq(hours, wanted, sizeof wanted);
}
END_TEST

START_TEST(test_tolerance) {
    ck_assert_double_eq_tol(total_weight(), 61.3, 0.01);
}
END_TEST

START_TEST(test_null) {
    ck_assert_ptr_nonnull(keeper_of("Nessie"));
}
END_TEST

START_TEST(test_flags) {
    ck_assert_uint_eq(diet_of("Jojo"), MEAT | FISH);
}
END_TEST

static void check_meals(const char *name) {
    ck_assert_int_eq(meals_of(name), 2);
}

START_TEST(test_helper) {
    check_meals("Spot");
    check_meals("Jojo");
}
END_TEST

int main(void) {
    TCase *zoo = tcase_create("zoo");
    tcase_add_test(zoo, test_numbers);
    tcase_add_test(zoo, test_line);
    tcase_add_test(zoo, test_condition);
    tcase_add_test(zoo, test_lines);
    tcase_add_test(zoo, test_struct);
    tcase_add_test(zoo, test_array);
    tcase_add_test(zoo, test_tolerance);
    tcase_add_test(zoo, test_null);
    tcase_add_test(zoo, test_flags);
    tcase_add_test(zoo, test_helper);

    Suite *suite = suite_create("zoo");
    suite_add_tcase(suite, zoo);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
