// flags: -DNDEBUG
// error: 5: ...NDEBUG has emptied assert in this unit...-UNDEBUG...
#include <assert.h>

void test_nothing_is_checked(void) {
    assert(1 + 1 == 3);
}
