#include "names.h"

#include <string.h>

const char *names_find(const char *const *table, size_t count, const char *text, size_t length) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(text, table[middle], length);
        /* All of the text is equal: then it is the entry, or the entry goes on. */
        if (order == 0 && !table[middle][length])
            return table[middle];
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
