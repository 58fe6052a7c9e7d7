// run: -v
// run: zoo/test_doors.c
// run: test_doors.c
// run: test_till.c -v
// run: shop/test_doors.c::test_closes -v
// run: doors.c
// run: test_doors.c::test_closes
// run: -l
// run: -k opens -l
// run: -k "not (opens or adds)" -l
// run: -k "opens and zoo" -l
// run: -k nothing
// run: nowhere.c
// run: test_till.c::test_ads
// run: -k "opens and"
// run: -l --format json
#include <assert.h>

void test_shop_opens(void) {
}

static void test_closes(void) {
    assert(2 * 2 == 4);
}
