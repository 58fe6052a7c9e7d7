#include "distance.h"

#include <string.h>

enum { LONGEST = 255 };

static const char *end_of(const char *word, size_t *length) {
    *length = strlen(word);
    if (*length <= LONGEST)
        return word;
    word += *length - LONGEST;
    *length = LONGEST;
    return word;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t _thimble_distance(const char *a, const char *b) {
    size_t rows[3][LONGEST + 1], height, width;
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    a = end_of(a, &height);
    b = end_of(b, &width);
    for (size_t j = 0; j <= width; j++)
        last[j] = j;
    for (size_t i = 1; i <= height; i++) {
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t exchanged = last[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(exchanged, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[width];
}
