// run: -j 1
#include <thimble.h>
#include <unistd.h>

static void feed(const char *name, int grams, const char *__when) {
    (void)name, (void)grams, (void)__when;
}
static void nameless(const char *, int);
static void nameless(const char *name, int grams) {
    (void)name, (void)grams;
}
static void plain(void) {
}

void test_by_name(void) {
    mock(feed);
    feed("Spot", 3, "now");
    assert_called_once_with(feed, arg("name", "Spot"));
    assert_called_once_with(feed, arg("grams", GT(2)));
    assert_called_once_with(feed, arg("grams", 3), arg("name", STARTS_WITH("S")));
    assert_any_call(feed, arg("grams", 3), arg("name", "Spot"), arg("when", "now"));
}

void test_by_place(void) {
    mock(feed);
    feed("Spot", 3, "now");
    assert_called_once_with(feed, arg("1", "Spot"));
    assert_called_once_with(feed, arg("3", CONTAINS("now")), arg("2", 3));
}

void test_underscores_do_not_count(void) {
    mock(feed);
    feed("Spot", 3, "now");
    assert_called_once_with(feed, arg("__when", "now"));
    assert_called_once_with(feed, arg("when", "now"), arg("_name", "Spot"));
    mock_return(close, 0);
    close(3);
    assert_called_once_with(close, arg("fd", 3));
}

void test_behind_values(void) {
    mock(feed);
    feed("Spot", 3, "now");
    assert_called_once_with(feed, "Spot", arg("when", "now"));
}

void test_in_a_list(void) {
    mock(feed);
    feed("Spot", 3, "now");
    feed("Jojo", 2, "later");
    assert_has_calls(feed, call(arg("name", "Spot")), call(arg("grams", 2)));
}

/* What is not right. */

void test_another_value(void) {
    mock(feed);
    feed("Spot", 3, "now");
    assert_called_once_with(feed, arg("when", "later"), arg("grams", LT(3)));
}

/* Where no compiler can tell. */

void test_an_unknown_name(void) {
    mock(feed);
    assert_called_with("arguments_by_name.c:feed", arg("gramms", 3));
}

void test_an_unknown_place(void) {
    mock(feed);
    assert_called_with("arguments_by_name.c:feed", arg("4", 3));
}

void test_no_name_at_all(void) {
    mock(plain);
    plain();
    assert_called_with("arguments_by_name.c:plain", arg("x", 3));
}

void test_a_null_name(void) {
    mock(feed);
    assert_called_with("arguments_by_name.c:feed", arg(NULL, 3));
}

void test_a_name_twice(void) {
    mock(feed);
    assert_called_with("arguments_by_name.c:feed", arg("grams", 3), arg("2", 3));
}

void test_a_name_and_a_place(void) {
    mock(feed);
    assert_called_with("arguments_by_name.c:feed", "Spot", arg("name", "Spot"));
}

void test_a_value_behind_a_name(void) {
    mock(feed);
    assert_called_with("arguments_by_name.c:feed", arg("name", "Spot"), 3);
}

void test_a_value_of_another_type(void) {
    mock(feed);
    assert_called_with("arguments_by_name.c:feed", arg("grams", "3"));
}

void test_too_many(void) {
    mock(feed);
    assert_called_with("arguments_by_name.c:feed", "Spot", 3, "now", 4, arg("name", "Spot"));
}

void test_arg_in_a_matcher(void) {
    mock(feed);
    assert_called_with("arguments_by_name.c:feed", "Spot", 3, arg("when", arg("name", "x")));
}

void test_nameless(void) {
    mock(nameless);
    nameless("Spot", 1);
    assert_called_with(nameless, arg("2", 2));
}
