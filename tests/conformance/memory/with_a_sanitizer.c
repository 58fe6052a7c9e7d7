// modes: sanitize
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static uintptr_t hidden;

void test_blocks_of_every_kind(void) {
    char *text = strdup("text");
    text = realloc(text, 100);
    free(text);
    free(calloc(3, 3));
}

void test_a_leak_is_the_sanitizer_s_to_find(void) {
    hidden = ~(uintptr_t)malloc(10);
    assert(hidden != 0);
}
