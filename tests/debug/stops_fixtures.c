/* Set-ups that fail, by what STOPS says. */
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

static int is(const char *what) {
    const char *chosen = getenv("STOPS");
    return chosen && strcmp(chosen, what) == 0;
}

void setup_module(void) {
    assert(!is("set-up"));
}

int module_fixture_pet(void) {
    breakpoint();
    assert(!is("module"));
    return 4;
}

int session_fixture_zoo(void) {
    volatile int *p = NULL;
    if (is("session"))
        *p = 2;
    return 5;
}

int fixture_food(void) {
    if (is("fixture"))
        exit(4);
    return 6;
}

TAG("shared") void test_of_shared(int pet, int zoo, int food) {
    breakpoint();
    assert(pet + zoo + food == 15);
}
