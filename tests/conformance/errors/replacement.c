// not-modes: pedantic
// error: 16: ...the replacement is of another type than time...
// error: 17: ...the replacement is of another type than time...
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
