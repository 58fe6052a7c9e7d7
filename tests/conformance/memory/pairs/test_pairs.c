// flags: -fplugin-arg-thimble-allocator=zone_get:1:free=zone_put
// not-modes: sanitize
// run: -j 1
#include <stdlib.h>
#include <string.h>
#include <thimble.h>

#include "zone.h"

static void *volatile place;

static void *launder(void *block) {
    place = block;
    return place;
}

void test_free_of_a_zones_block(void) {
    long *number = zone_get(sizeof(long));
    free(launder(number));
}

void test_realloc_of_a_zones_block(void) {
    char *text = zone_get(8);
    place = realloc(launder(text), 16);
}

void test_given_back_rightly(void) {
    zone_put(zone_get(10));
    zone_put(NULL);
}

void test_handed_to_a_function_that_gives_it_back(void) {
    give_back_both(zone_get(3), zone_get(4));
}

void test_a_zones_block_that_is_given_back_twice(void) {
    char *text = strcpy(zone_get(8), "Spot");
    zone_put(text);
    zone_put(launder(text));
}
