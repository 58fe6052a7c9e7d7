// run: -j 1
#include "grams.h"
#include <string.h>
#include <thimble.h>

static int ten(int grams) {
    return 10 + grams;
}

/* A static function of a header is one, however many files hold it. */
void test_a_function_of_a_header(void) {
    mock_return(grams_of, 7);
    assert(weigh(3) == 7 && grams_of(2) == 7);
    assert_has_calls(grams_of, call(3), call(2));
}

/* One that is always inlined, and another file's static, by a name in a string. */
void test_a_function_that_is_always_inlined(void) {
    patch("portion", ten);
    assert(feed(2) == 2010);
    mock_return("zoo.c:portion", 5);
    assert(feed(2) == 5);
    assert_called_once_with("portion", 2000);
}

void test_a_built_in_that_is_no_call(void) {
    char text[] = "abc";
    assert(strlen(text) == 3);
    mock_return(strlen, 5);
}

void test_no_such_name(void) {
    mock("zoo.c:portions");
}

void test_no_name_at_all(void) {
    mock("zoo.c:");
}
