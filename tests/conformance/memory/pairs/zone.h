#include <stddef.h>

void *zone_get(size_t size);
void zone_put(void *block);

void give_back_both(void *one, void *other);
