#include "animal.h"
#include <stdbool.h>
#include <strings.h>

/* A type's own idea of what is equal: found by name and type, whether anything calls it or
 * not, static or not. */

static bool equal_animal(const struct animal *a, const struct animal *b) {
    return strcasecmp(a->name, b->name) == 0;
}

bool equal_range(const range *a, const range *b) {
    double width = a->to - a->from;
    return width == b->to - b->from;
}
