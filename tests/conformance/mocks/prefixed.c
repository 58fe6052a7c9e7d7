// flags: -DTHIMBLE_PREFIXED_ONLY
#include <thimble.h>

/* The short names are the program's own. */
static int mock(int x) {
    return x;
}

static int expect, repr, print_repr, reprf, assert_equal, assert_close;

static int patch(int ANY) {
    return ANY + 1;
}

struct capture {
    int x;
};

void test_long_names(const char *tmp_path, struct thimble_capture *capture) {
    struct capture mine = {5};
    expect = repr = print_repr = reprf = assert_equal = assert_close = 0;
    thimble_mock_return(mock, 7);
    assert(mock(1) == 7);
    thimble_assert_called_once_with(mock, thimble_ANY);
    thimble_patch(patch, mock);
    assert(patch(1) == 1);
    thimble_with_patch(patch, mock) assert(patch(2) == 2);
    thimble_patch_value(mine.x, 6);
    assert(mine.x == 6 && tmp_path && thimble_captured_stdout(capture));
    assert(thimble_mock_call_count(mock) == 1);
    thimble_assert_equal(mine, ((struct capture){6}));
    thimble_expect_equal(mine.x, 6);
    thimble_expect(mine.x == 6);
    thimble_assert_close(mine.x, 6.5, 1);
    thimble_repr_set_depth(1);
    thimble_repr_set_limit(100);
    assert(*thimble_repr(mine) == '(');
    thimble_print_repr(mine.x);
    assert(thimble_reprf("%r\n", mine.x) == 2);
}
