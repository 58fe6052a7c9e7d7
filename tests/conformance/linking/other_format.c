// run: -j 1
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <thimble.h>

/* As a plugin of a later version would lay it out. */
static const struct thimble_blob blob = {THIMBLE_MAGIC, sizeof(blob), 0, 0};
static struct thimble_unit later = {
    .format = THIMBLE_FORMAT + 1, .blob_size = sizeof(blob), .blob = &blob};

/* What a damaged object file might hold. */
static const uint32_t garbage[] = {THIMBLE_MAGIC, 4096, 3, 0, THIMBLE_TESTS, 4000};
static struct thimble_unit damaged = {
    .format = THIMBLE_FORMAT, .blob_size = sizeof(garbage), .blob = (const void *)garbage};

__attribute__((constructor)) static void come(void) {
    thimble_register(&later);
    thimble_register(&damaged);
}

void test_the_rest_runs(void) {
    assert(later.allocated == NULL);
}
