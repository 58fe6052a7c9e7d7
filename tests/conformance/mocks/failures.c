// run: -j 1
// run: -k never -j 1 --format json
#include <thimble.h>

struct point {
    int x, y;
};

struct animal {
    const char *name;
    double weight;
};

enum color { RED, GREEN };

static int feed(const char *name, int times, double weight) {
    return name[0] + times + (int)weight;
}

static void paint(enum color color, struct point at, const struct animal *who, char letter) {
    (void)color, (void)at, (void)who, (void)letter;
}

static void unmocked(void) {
}

static int never_called_by_anyone(int x);

static int never_called_by_anyone(int x) {
    return x;
}

void test_never_called(void) {
    mock(feed);
    assert_called_once_with(feed, "Jojo", 1, 2.5);
}

void test_never_called_at_all(void) {
    mock(feed);
    assert_called_with(feed, "Jojo", 1, ANY);
}

void test_other_arguments(void) {
    mock(feed);
    feed("Spot", 2, 0.1);
    assert_called_once_with(feed, "Jojo", 2, ANY);
}

void test_called_twice(void) {
    mock(feed);
    feed("Jojo", 1, 2.5);
    feed("a \"quoted\"\n\tname", -7, 1e100);
    assert_called_once_with(feed, "Jojo", 1, 2.5);
}

void test_the_last_call_was_another(void) {
    mock(feed);
    feed("Jojo", 1, 2.5);
    feed(NULL, 3, -0.0);
    assert_called_with(feed, "Jojo", 1, 2.5);
}

void test_every_kind_of_argument(void) {
    struct point at = {1, -2};
    struct animal who = {"Jojo", 80.5};
    mock(paint);
    paint(GREEN, at, &who, 'x');
    assert_called_once_with(paint, RED, at, &who, 'x');
}

void test_many_calls(void) {
    mock(feed);
    for (int i = 0; i < 50; i++)
        feed("Jojo", i, i / 2.0);
    assert_called_with(feed, "Jojo", 50, ANY);
}

void test_not_mocked(void) {
    unmocked();
    assert_called_once_with(unmocked);
}

void test_count_of_what_is_not_mocked(void) {
    assert(mock_call_count(unmocked) == 0);
}

void test_nobody_calls_it(void) {
    mock(never_called_by_anyone);
}

void test_no_function_of_that_name(void) {
    mock_return("failures.c:feeed", 1);
}

void test_no_file_of_that_name(void) {
    mock_return("nowhere.c:feed", 1);
}

void test_a_wrong_name_in_a_patch(void) {
    patch("paintt", unmocked);
}

void test_a_check_in_a_block(void) {
    with_patch(unmocked, unmocked) {
        mock(feed);
        assert_called_with(feed, ANY, ANY, ANY);
    }
}
