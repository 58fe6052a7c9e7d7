#include "names.h"

#include <string.h>

const void *names_find(const void *table, size_t count, size_t size, const char *text,
                       size_t length) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const void *entry = (const char *)table + middle * size;
        const char *name = *(const char *const *)entry;
        int order = strncmp(text, name, length);
        /* All of the text is equal: then it is the name, or the name goes on. */
        if (order == 0 && !name[length])
            return entry;
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
