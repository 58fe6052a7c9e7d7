// not-modes: lto
// run: -j 1
#include "zoo.h"
#include <stdlib.h>
#include <thimble.h>
#include <time.h>

static int twice(const char *species) {
    return 2 * real(count)(species);
}

void test_a_fake_calls_the_real_one(void) {
    patch(count, twice);
    assert(count("a") == 2 * 'a');
    assert(real(count)("a") == 'a');
}

static time_t later(time_t *now) {
    return real(time)(now) + 1000;
}

void test_a_function_of_the_library(void) {
    time_t now = time(NULL);
    patch(time, later);
    assert(time(NULL) >= now + 1000);
    assert(real_as(later, "time")(NULL) < now + 500);
}

static int heavy(int animal) {
    return 1 + real_as(heavy, "weigh")(animal);
}

void test_by_a_name_in_a_string(void) {
    patch("weigh", heavy);
    assert(weigh(3) == 31);
    assert(real_as(heavy, "zoo.c:weigh")(3) == 30);
}

void test_real_never_goes_through_a_seam(void) {
    mock_return(count, 7);
    mock_return(weigh, 7);
    assert(real(count)("b") == 'b');
    assert(real_as(heavy, "weigh")(2) == 20);
    assert(mock_call_count(count) == 0);
}

static int other(const char *species) {
    return species[0] + 1;
}

static int another(const char *species) {
    return species[0] + 2;
}

void test_a_pointer_has_what_it_had_before_the_first(void) {
    int (*question)(const char *) = count;
    assert(real(question)("a") == 'a');
    patch(question, other);
    patch(question, another);
    assert(question("a") == 'a' + 2);
    assert(real(question)("a") == 'a');
    with_patch(question, other) {
        assert(real(question)("a") == 'a');
    }
}

void test_a_pointer_that_was_null(void) {
    int (*question)(const char *) = NULL;
    patch(question, other);
    real(question)("a");
}

void test_another_type(void) {
    real_as(heavy, "average")(3);
}

void test_nobody_of_that_name(void) {
    real_as(heavy, "weight")(3);
}
