/* Uses what the header offers, for compilers that are asked to be strict. */
#include <assert.h>
#include <stdlib.h>
#include <thimble.h>

static int twice(int number) {
    return 2 * number;
}

static int thrice(int number) {
    return 3 * number;
}

static int *boxed(int number) {
    int *box = malloc(sizeof *box);
    if (box)
        *box = number;
    return box;
}

static void test_replacements(void) {
    patch(twice, thrice);
    assert(twice(1) == 3);
    with_patch(thrice, twice) assert(thrice(1) == 2);
}

static void test_mocks(void) {
    mock_return(boxed, NULL);
    assert(!boxed(7));
    assert(mock_call_count(boxed) == 1);
    assert_called_with(boxed, 7);
    assert_called_once_with(boxed, ANY);
}

struct box {
    int number;
    const char *label;
};

static void test_checks(void) {
    struct box one = {1, "box"}, other = {1, "box"};
    const int numbers[] = {1, 2, 3};
    expect(one.number == 1);
    assert_equal(one, other);
    assert_equal(&one, &other);
    assert_equal(one.label, "box");
    assert_equal(numbers, ((int[]){1, 2, 3}));
    expect_equal(one.label, NULL);
    assert_close(0.1f, 0.1, 1e-8);
}

void (*const tests[])(void) = {test_replacements, test_mocks, test_checks};
