// error: 9: setup and setUp are two names for one thing: a unit has one of them
// error: 15: tearDownModule and teardown_module are two names for one thing: a unit has one of them
// error: 22: fixture_keeper and module_fixture_keeper both make the value for 'keeper': a unit has one for a name
#include <thimble.h>

static void setup(void) {
}

static void setUp(void) {
}

void tearDownModule(void) {
}

static void teardown_module(void) {
}

static int fixture_keeper(void) {
    return 1;
}

static int module_fixture_keeper(void) {
    return 1;
}
