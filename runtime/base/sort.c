#include "sort.h"

#include <string.h>

/* Shell's: in place, and short. */
void _thimble_sort(void *items, size_t count, size_t size,
                   int (*compare)(const void *, const void *)) {
    _Alignas(max_align_t) char moved[MOST_SORTED];
    char *first = items;
    for (size_t gap = count / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11) {
        for (size_t i = gap; i < count; i++) {
            size_t j = i;
            memcpy(moved, first + i * size, size);
            for (; j >= gap && compare(first + (j - gap) * size, moved) > 0; j -= gap)
                memcpy(first + j * size, first + (j - gap) * size, size);
            memcpy(first + j * size, moved, size);
        }
    }
}
