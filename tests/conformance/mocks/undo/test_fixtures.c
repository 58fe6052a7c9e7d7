// flags: -D_GNU_SOURCE
// run: -j 1 --isolate test test_fixtures.c test_other.c
// run: -j 1 --isolate worker test_fixtures.c test_other.c
// run: -j 1 --isolate none test_fixtures.c test_other.c
#include "zoo.h"
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

static int seven(int animal) {
    return 7 + 0 * animal;
}

static int eight(int animal) {
    return 8 + 0 * animal;
}

static int nine(int animal) {
    return 9 + 0 * animal;
}

void setup_module(void) {
    patch(feed, seven);
    mock_return(clean, 6);
    patch_value(limit, 5);
    patch_env("MODULE", "yes");
}

void teardown_module(void) {
    assert(feed(0) == 7 && clean(0) == 6 && limit == 5 && getenv("MODULE"));
}

void setup(void) {
    patch(zoo.count, eight);
}

int module_fixture_keeper(void) {
    patch_in("zoo.c", water, eight);
    return 1;
}

void test_first(void) {
    assert(feed(0) == 7 && clean(0) == 6 && limit == 5 && zoo.count(0) == 8);
    assert(strcmp(getenv("MODULE"), "yes") == 0);
    assert(mock_call_count(clean) == 1);
}

void test_overrides(int keeper) {
    assert(keeper == 1);
    assert(all(0) == 7000 + 800 + 60 + 8 && water(0) == 6);
    patch(feed, nine);
    patch(water, nine);
    mock_return(clean, 9);
    mock_return(zoo.count, 9);
    patch_value(limit, 9);
    patch_env("MODULE", NULL);
    assert(all(0) == 9999 && limit == 9);
}

void test_has_the_modules_again(int keeper) {
    assert(keeper == 1);
    assert(all(0) == 7000 + 800 + 60 + 8 && limit == 5 && water(0) == 6);
    assert(mock_call_count(clean) == 1);
    assert(strcmp(getenv("MODULE"), "yes") == 0);
}
