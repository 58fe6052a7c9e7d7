#include "nearest.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_NAME = 63, MOST_LETTERS = 3 };

static unsigned smaller(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* Levenshtein's. */
unsigned nearest_distance(const char *a, const char *b) {
    unsigned row[LONGEST_NAME + 1];
    size_t length = strlen(b);
    if (strlen(a) > LONGEST_NAME || length > LONGEST_NAME)
        return LONGEST_NAME;
    for (unsigned j = 0; j <= length; j++)
        row[j] = j;
    for (unsigned i = 1; a[i - 1]; i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (unsigned j = 1; j <= length; j++) {
            unsigned change = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = smaller(change, smaller(row[j], row[j - 1]) + 1);
        }
    }
    return row[length];
}

static const char *behind_digits(const char *name) {
    while (isdigit((unsigned char)*name))
        name++;
    return name;
}

static bool same_without_digits(const char *a, const char *b) {
    for (;; a++, b++) {
        a = behind_digits(a);
        b = behind_digits(b);
        if (*a != *b)
            return false;
        if (!*a)
            return true;
    }
}

bool nearest_is_slip(const char *written, const char *meant, unsigned distance) {
    /* More than half of it is no slip. */
    return distance <= MOST_LETTERS && distance <= strlen(written) / 2 &&
           !same_without_digits(written, meant);
}
