#include "nearest.h"

#include <string.h>

/* Longer words are compared by their ends, where paths differ. */
#define LONGEST 255

static const char *end_of(const char *word, size_t *length) {
    *length = strlen(word);
    if (*length <= LONGEST)
        return word;
    word += *length - LONGEST;
    *length = LONGEST;
    return word;
}

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t smaller = a < b ? a : b;
    return smaller < c ? smaller : c;
}

/* Levenshtein's, a row of his table at a time. */
static size_t edit_distance(const char *a, const char *b) {
    size_t a_length, b_length, row[LONGEST + 1];
    a = end_of(a, &a_length);
    b = end_of(b, &b_length);
    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t above = row[j];
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            row[j] = smallest(above + 1, row[j - 1] + 1, replaced);
            diagonal = above;
        }
    }
    return row[b_length];
}

void _thimble_consider(struct nearest *nearest, const char *candidate) {
    size_t distance = edit_distance(nearest->word, candidate);
    if (nearest->best && distance >= nearest->distance)
        return;
    nearest->best = candidate;
    nearest->distance = distance;
}
