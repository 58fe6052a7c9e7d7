#include "zoo.h"

#include <errno.h>
#include <string.h>
#include <thimble.h>

enum { NOON = 43200 };

static struct database *database = (struct database *)&database;

static struct animal meerkats[] = {
    {"Spot", NOON - 45 * 60},
    {"Fluffy", NOON - 200 * 60},
    {"Jojo", NOON - 55 * 60},
    {"Kiki", NOON - 10 * 60},
};

/* ---- One function ---- */

void test_a_mock_has_its_functions_signature(void) {
    struct animal got[4];
    mock_return(get_animals, 4);
    mock_set(get_animals, "animals", meerkats);
    assert(get_animals(database, "Meerkat", got, 4) == 4);
    assert(strcmp(got[3].name, "Kiki") == 0);
    assert_called_once_with(get_animals, database, "Meerkat", got, 4);
}

void test_a_check_that_does_not_hold(void) {
    mock(get_food_period);
    get_food_period(database, "Meerkat");
    assert_fails("species = \"Meerkat\"") {
        assert_called_once_with(get_food_period, database, "Giraffe");
    }
}

void test_only_some_arguments_count(void) {
    mock(feed_animal);
    feed_animal(database, "Spot", 1);
    feed_animal(database, "Spot", 2);
    assert_called_with(feed_animal, ANY, "Spot", ANY);
    assert_called_with(feed_animal, arg("name", "Spot"));
    assert_any_call(feed_animal, database, "Spot", 1);
}

void test_an_error(void) {
    mock_error(get_food_period, ECONNREFUSED, -1);
    assert_errno(ECONNREFUSED, (int)get_food_period(database, "Meerkat"));
}

/* ---- Rounds ---- */

/* The clock is a function like any other. */
static void prepare_rounds(void) {
    mock_return(time, NOON);
    mock_return(get_food_period, 30 * 60);
    mock_return(get_animals, 4);
    mock_set(get_animals, "animals", meerkats);
    mock(feed_animal);
}

void test_rounds(void) {
    prepare_rounds();
    assert(do_rounds(database, "Meerkat") == 3);
    assert_called_once_with(get_food_period, database, "Meerkat");
    assert_called_once_with(get_animals, database, "Meerkat", ANY, ANY);
    assert_has_calls_any_order(feed_animal, call(database, "Jojo", NOON),
                               call(database, "Spot", NOON), call(database, "Fluffy", NOON));
    assert_has_calls(feed_animal, call(database, "Spot", NOON), call(database, "Fluffy", NOON));
    assert_called_once(time);
}

void test_rounds_in_the_wrong_order(void) {
    prepare_rounds();
    do_rounds(database, "Meerkat");
    assert_fails("assert_has_calls(feed_animal") {
        assert_has_calls(feed_animal, call(database, "Jojo", NOON),
                         call(database, "Spot", NOON));
    }
}

void test_nobody_is_hungry(void) {
    prepare_rounds();
    mock_return(get_food_period, 24 * 3600.0);
    assert(do_rounds(database, "Meerkat") == 0);
    assert_not_called(feed_animal);
}

void test_several_functions_at_once(void) {
    mock_all(get_food_period, get_animals, feed_animal);
    assert(do_rounds(database, "Meerkat") == 0);
    assert_called(get_food_period);
    assert_called(get_animals);
    assert_not_called(feed_animal);
    assert(mock_calls_all()[0].function == mock_calls(get_food_period)[0].function);
}

/* ---- Outside, inside, outside again ---- */

static double half_an_hour(struct database *unused, const char *species) {
    (void)unused, (void)species;
    return 30 * 60;
}

void test_outside_inside_outside(void) {
    assert_exits(7) {
        get_food_period(database, "Meerkat");
    }
    with_patch(get_food_period, half_an_hour) {
        assert(get_food_period(database, "Meerkat") == 30 * 60);
    }
    assert_exits(7) {
        get_food_period(database, "Meerkat");
    }
}

/* ---- A database that is an object ---- */

void test_a_struct_of_function_pointers(void) {
    struct zoo_database mocked;
    mock_return(time, NOON);
    mock_struct(&mocked);
    mock_return(mocked.read.get_food_period, 30 * 60);
    mock_return(mocked.read.get_animals, 4);
    mock_set(mocked.read.get_animals, "3", meerkats);
    assert(do_rounds_with(&mocked, "Meerkat") == 3);
    assert_called_once_with(mocked.read.get_animals, &mocked, "Meerkat", ANY, ANY);
    assert_any_call(mocked.feed_animal, &mocked, "Spot", NOON);
    assert_not_called(mocked.connect);
}

/* ---- The whole program ---- */

void test_main(struct capture *capture) {
    struct zoo_database mocked;
    char *arguments[] = {"zoo", "Meerkat", NULL};
    mock_return(time, NOON);
    mock_struct(&mocked);
    mock_return(mocked.read.get_food_period, 30 * 60);
    mock_return(mocked.read.get_animals, 4);
    mock_set(mocked.read.get_animals, "3", meerkats);
    assert(program_main(2, arguments) == 2);
    patch_value(the_database, mocked);
    assert(program_main(2, arguments) == 0);
    assert(strcmp(captured_stdout(capture), "Fed 3 Meerkat(s)\n") == 0);
    assert_called_once_with(the_database.connect, &the_database);
    assert_has_calls_any_order(the_database.feed_animal, call(&the_database, "Jojo", NOON),
                               call(&the_database, "Spot", NOON),
                               call(&the_database, "Fluffy", NOON));
}
