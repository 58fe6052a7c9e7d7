// flags: -fplugin-arg-thimble-allocator=zone_get:2,3:free=zone_put
// not-modes: sanitize
// run: -j 1
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

struct zone {
    size_t used;
};

static struct zone zone;
static uintptr_t hidden;

/* Its callers are the sites, not the malloc in it. */
static void *zone_get(struct zone *from, size_t size, size_t count) {
    from->used += size * count;
    return malloc(size * count + 100);
}

static void zone_put(struct zone *to, void *block) {
    to->used = 0;
    free(block);
}

void test_leaks_from_a_zone(void) {
    double *numbers = zone_get(&zone, sizeof(double), 5);
    hidden = ~(uintptr_t)__builtin_memset(numbers, 0, 40);
}

void test_gives_it_back(void) {
    zone_put(&zone, zone_get(&zone, 1, 100));
    assert(zone.used == 0);
}
