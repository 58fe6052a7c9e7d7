// run: -j 1
#include <thimble.h>

struct animal {
    const char *name;
    int weight;
};

static void feed(const char *name, int grams) {
    (void)name, (void)grams;
}
static void keep(const struct animal *who, int times) {
    (void)who, (void)times;
}

static void feed_round(void) {
    feed("Spot", 3);
    feed("Jojo", 2);
}

void test_all_is_well(void) {
    mock(feed);
    assert_not_called(feed);
    feed("Spot", 3);
    assert_called(feed);
    assert_called_once(feed);
    feed("Jojo", 2);
    assert_called(feed);
    assert_any_call(feed, "Spot", 3);
    assert_any_call(feed, "Jojo", 2);
}

void test_not_called(void) {
    mock(feed);
    assert_called(feed);
}

void test_not_called_once(void) {
    mock(feed);
    assert_called_once(feed);
}

void test_called_twice(void) {
    mock(feed);
    feed_round();
    assert_called_once(feed);
}

void test_called(void) {
    mock(feed);
    feed_round();
    assert_not_called(feed);
}

void test_the_last_is_another(void) {
    mock(feed);
    feed_round();
    assert_called_with(feed, "Spot", 3);
}

void test_twice_with_these(void) {
    mock(feed);
    feed("Spot", 3);
    feed("Spot", 3);
    assert_called_once_with(feed, "Spot", 3);
}

void test_the_nearest_of_any(void) {
    mock(feed);
    feed("Spot", 3);
    feed("Jojo", 2);
    feed("Tim", 3);
    feed("Otto", 1);
    assert_any_call(feed, "Jojo", 3);
}

void test_the_nearest_of_any_pointees(void) {
    struct animal spot = {"Spot", 10}, jojo = {"Jojo", 20};
    mock(keep);
    keep(&spot, 1);
    keep(&jojo, 2);
    keep(&spot, 3);
    spot.weight = 11;
    assert_any_call(keep, &jojo, 3);
}

void test_none_of_any(void) {
    mock(feed);
    assert_any_call(feed, ANY, GT(2));
}

void test_many_of_any(void) {
    mock(feed);
    for (int i = 0; i < 30; i++)
        feed(i == 13 ? "Jojo" : "Spot", i);
    assert_any_call(feed, "Jojo", 50);
}

void test_long_values(void) {
    static char text[1000];
    for (unsigned i = 0; i < sizeof text - 1; i++)
        text[i] = 'x';
    mock(feed);
    feed(text, 1);
    assert_called_with(feed, text, 2);
}

void test_a_few_lines(void) {
    mock(feed);
    feed("one\ntwo", 1);
    assert_called_with(feed,
                       "one\n"
                       "three",
                       1);
}

void test_not_mocked(void) {
    feed("Spot", 3);
    assert_called(feed);
}
