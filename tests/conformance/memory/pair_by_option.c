// flags: -fplugin-arg-thimble-report=$BUILD/report.json
// flags: -fplugin-arg-thimble-allocator=zone_get:2:free=zone_put:realloc=1
// link: none
// modes: O2
// shell: sed -n '/"pairs"/,$p' report.json
#include <stdio.h>
#include <stdlib.h>

/* Which functions' blocks are given back by one function alone: by option and, where the
 * compiler knows the attribute, by that. */
void zone_put(void *block);
void *zone_get(void *block, size_t size);
void *zone_get_not(size_t size);

void f(void);
void f(void) {
    zone_put(zone_get(zone_get(NULL, 10), 20));
    free(zone_get_not(3));
    free(malloc(3));
}
