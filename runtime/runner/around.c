#include "around.h"

static const char *name_of(const struct call *call) {
    return call->address ? _thimble_string(call->unit, call->function->name) : NULL;
}

uint32_t _thimble_around_fixture(const struct fixture *fixture, bool ending) {
    return AROUND_FIXTURES + 2 * fixture->number + ending;
}

const char *_thimble_around_name(const struct test *test, uint32_t around) {
    if (around < AROUND_FIXTURES) {
        const struct module *home = around == AROUND_NOTHING ? NULL : test->home;
        return home ? name_of(around == AROUND_SETUP ? &home->setup : &home->teardown) : NULL;
    }
    uint32_t number = (around - AROUND_FIXTURES) / 2;
    if (number >= _thimble_fixture_count())
        return NULL;
    const struct fixture *fixture = _thimble_fixture(number);
    return (around - AROUND_FIXTURES) % 2 ? name_of(&fixture->end) : fixture->function;
}
