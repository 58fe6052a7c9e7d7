// modes: pedantic
// error: 16: ...the_replacement_is_of_another_type_than_the_function...
// error: 17: ...the_replacement_is_of_another_type_than_the_function...
#include <thimble.h>
#include <time.h>

static int noon(time_t *result) {
    return result != 0;
}

static time_t good(time_t *result) {
    return result ? *result : 12;
}

void test_patch(void) {
    patch(time, noon);
    with_patch(time, noon) {
    }
    patch(time, good);
    assert(noon(0) == 0);
}
