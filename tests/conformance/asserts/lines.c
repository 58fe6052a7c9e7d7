// run: -j 1
/* The line of a failure is that of the macro's name, however many lines its call takes and
 * whatever macro it stands in. */
#include <thimble.h>

static int feed(int grams) {
    return grams;
}

#define CHECK(x) assert(x)

void test_assert(void) {
    int fed = 1;
    assert(
        fed
        == 2
    );
}

void test_in_a_macro(void) {
    int fed = 1;
    CHECK(
        fed == 2
    );
}

void test_expect(void) {
    int fed = 1;
    expect(
        fed == 2
    );
    expect_equal(
        fed,
        3
    );
}

void test_equal(void) {
    int fed = 1;
    assert_equal(
        fed,
        2
    );
}

void test_close(void) {
    double fed = 1;
    assert_close(
        fed,
        2,
        0.5
    );
}

void test_check_of_a_mock(void) {
    mock(feed);
    feed(3);
    assert_called_once_with(
        feed,
        4
    );
}
