// flags: -fplugin-arg-thimble-allocs=off
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

static uintptr_t hidden;

void test_no_leak_is_reported(void) {
    hidden = ~(uintptr_t)malloc(10);
    assert(hidden != 0);
}
