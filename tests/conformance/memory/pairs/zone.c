// flags: -fplugin-arg-thimble-allocator=zone_get:1:free=zone_put
#include "zone.h"

#include <stdlib.h>

void *zone_get(size_t size) {
    return malloc(size);
}

void zone_put(void *block) {
    free(block);
}

void give_back_both(void *one, void *other) {
    zone_put(one);
    zone_put(other);
}
