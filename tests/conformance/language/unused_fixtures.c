// flags: -Wpedantic -Werror -Wunused -Wshadow -Wconversion -Wcast-qual -Wundef
/* In a unit that has a test these names mean something. */
#include <assert.h>

struct row {
    int x;
};

static void test_static(void) {
    assert(1);
}

static void setup(void) {
}

static void teardown(void) {
}

static void setUp(void) {
}

static void setup_module(void) {
}

static void teardown_thing(int *thing) {
    *thing = 0;
}

static int *fixture_thing(void) {
    static int thing;
    return &thing;
}

static const struct row cases_test_static[] = {{1}, {2}};
