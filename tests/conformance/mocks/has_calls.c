// run: -j 1
#include <thimble.h>

static void feed(const char *name, int grams) {
    (void)name, (void)grams;
}
static void tick(void) {
}

static void feed_round(void) {
    feed("Spot", 3);
    feed("Jojo", 2);
    feed("Tim", 1);
    feed("Spot", 3);
    feed("Tim", 1);
}

void test_calls_one_behind_the_other(void) {
    mock(feed);
    feed_round();
    assert_has_calls(feed, call("Spot", 3), call("Jojo", 2));
    assert_has_calls(feed, call("Spot", 3), call("Tim", 1));
    assert_has_calls(feed, call("Tim", 1), call("Spot", ANY), call("Tim", 1));
    assert_has_calls(feed, call("Tim", 1));
    assert_has_calls(feed);
}

void test_calls_in_any_order(void) {
    mock(feed);
    feed_round();
    assert_has_calls_any_order(feed, call("Tim", 1), call("Jojo", 2), call("Spot", 3));
    assert_has_calls_any_order(feed, call("Spot", 3), call("Spot", 3));
    assert_has_calls_any_order(feed);
}

/* The first matcher takes whatever the second needs, and the second the third's. */
void test_each_stands_for_a_call_of_its_own(void) {
    mock(feed);
    feed("Spot", 1);
    feed("Jojo", 2);
    feed("Tim", 3);
    assert_has_calls_any_order(feed, call(ANY, ANY), call(ANY, LT(3)), call("Spot", 1));
    assert_has_calls_any_order(feed, call(ANY, LT(3)), call(ANY, LT(2)), call(ANY, ANY));
}

void test_calls_without_arguments(void) {
    mock(tick);
    tick();
    tick();
    assert_has_calls(tick, call(), call());
    assert_has_calls_any_order(tick, call(), call());
    assert_fails("there is none") {
        assert_has_calls_any_order(tick, call(), call(), call());
    }
}

void test_a_program_may_have_a_call(void) {
    int call = 5;
    mock(tick);
    tick();
    assert_has_calls(tick, call());
    assert(call == 5);
}

/* Where it first goes wrong. */

void test_the_second_is_another(void) {
    mock(feed);
    feed_round();
    assert_has_calls(feed, call("Spot", 3), call("Jojo", 1), call("Tim", 1));
}

void test_the_longest_run_counts(void) {
    mock(feed);
    feed_round();
    assert_has_calls(feed, call("Spot", 3), call("Jojo", 2), call("Tim", 1), call("Spot", 4));
}

void test_none_behind_it(void) {
    mock(feed);
    feed_round();
    assert_has_calls(feed, call("Spot", 3), call("Tim", 1), call("Jojo", 2));
}

void test_the_first_is_not_there(void) {
    mock(feed);
    feed_round();
    assert_has_calls(feed, call("Jojo", 3), call("Tim", 1));
}

void test_nothing_was_called(void) {
    mock(feed);
    assert_has_calls(feed, call("Jojo", 3), call("Tim", 1));
}

void test_in_many_calls(void) {
    mock(feed);
    for (int i = 0; i < 50; i++)
        feed("Spot", i);
    assert_has_calls(feed, call("Spot", 20), call("Spot", 21), call("Jojo", 22));
}

void test_some_are_not_there(void) {
    mock(feed);
    feed_round();
    assert_has_calls_any_order(feed, call("Tim", 1), call("Jojo", 3), call("Spot", 3),
                               call("Otto", 9));
}

void test_fewer_calls(void) {
    mock(feed);
    feed("Spot", 3);
    assert_has_calls_any_order(feed, call("Spot", 3), call(ANY, 3));
}

void test_an_argument_is_missing(void) {
    mock(feed);
    assert_has_calls("has_calls.c:feed", call("Spot", 3), call("Jojo"));
}

void test_an_argument_is_of_another_type(void) {
    mock(feed);
    assert_has_calls_any_order("has_calls.c:feed", call("Spot", 3), call("Jojo", "2"));
}
