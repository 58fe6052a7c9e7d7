/* Unit tests of the feeding rounds: no database and no clock, mocks instead. */
#include <stdio.h>
#include <string.h>
#include <thimble.h>

#include "zoo.h"

#define MINUTE 60

static const time_t noon = 1750334400;

/* The code under test only passes it on. */
static sqlite3 *const database = (sqlite3 *)"a database";

static struct animal jojo = {"Jojo", "gorilla", 60, 0};
static struct animal spot = {"Spot", "dog", 30, 0};

static time_t at_noon(time_t *result) {
    (void)result;
    return noon;
}

static time_t at_one(time_t *result) {
    (void)result;
    return noon + 60 * MINUTE;
}

/* Has the database hold these animals and accept every feeding. */
static void mock_database(struct animal *animals, int count) {
    mock_return(get_animals, (struct animals){animals, count});
    mock(free_animals);
    mock_return(set_last_fed, true);
}

void test_an_animal_is_due_when_its_feeding_period_is_over(void) {
    patch_value(spot.last_fed, noon - 30 * MINUTE + 1);
    assert(!is_due(&spot, noon));
    assert(is_due(&spot, noon + 1));
}

void test_a_new_animal_is_due(void) {
    assert(is_due(&spot, noon));
}

void test_feeds_who_is_hungry(void) {
    struct animal animals[] = {jojo, spot};
    animals[0].last_fed = noon - 59 * MINUTE;
    animals[1].last_fed = noon - 31 * MINUTE;
    mock_database(animals, 2);
    patch(time, at_noon);

    assert(feed_animals(database) == 1);
    assert_called_once_with(set_last_fed, database, "Spot", noon);
}

void test_feeds_in_the_order_of_names(void) {
    struct animal animals[] = {jojo, spot};
    mock_database(animals, 2);
    mock_return(time, noon);

    assert(feed_animals(database) == 2);
    assert_has_calls(set_last_fed, call(database, "Jojo", noon), call(database, "Spot", noon));
}

void test_feeds_nobody_in_an_empty_zoo(void) {
    mock_database(NULL, 0);
    assert(feed_animals(database) == 0);
    assert_not_called(set_last_fed);
}

void test_feeds_again_when_time_goes_by(void) {
    patch_value(jojo.last_fed, noon);
    mock_database(&jojo, 1);

    with_patch(time, at_noon) {
        assert(feed_animals(database) == 0);
    }
    with_patch(time, at_one) {
        assert(feed_animals(database) == 1);
    }
    assert_called_once_with(set_last_fed, ANY, "Jojo", noon + 60 * MINUTE);
}

void test_gives_the_animals_back(void) {
    mock_database(&jojo, 1);
    feed_animals(database);
    assert_called_once_with(free_animals, ((struct animals){&jojo, 1}));
}

void test_stops_where_the_feeding_cannot_be_written(void) {
    struct animal animals[] = {jojo, spot};
    mock_database(animals, 2);
    mock_return(set_last_fed, false);

    assert(feed_animals(database) == -1);
    assert_called_once_with(set_last_fed, database, "Jojo", ANY);
}

void test_fails_where_the_animals_cannot_be_read(void) {
    mock_database(NULL, -1);
    assert(feed_animals(database) == -1);
    assert(list_animals(database) == -1);
}

void test_lists_when_each_animal_eats(struct capture *capture) {
    struct animal animals[] = {jojo, jojo, spot};
    animals[0].last_fed = noon - 58 * MINUTE;
    animals[1].last_fed = noon - 59 * MINUTE - 30;
    mock_database(animals, 3);
    patch(time, at_noon);

    assert(list_animals(database) == 3);
    assert(strcmp(captured_stdout(capture), "Jojo         gorilla      eats in 2 min\n"
                                            "Jojo         gorilla      eats in 1 min\n"
                                            "Spot         dog          hungry\n") == 0);
}
