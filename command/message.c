/* message.c: what goes wrong, said to the user. */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void complain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("thimble: error: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

static size_t least(size_t a, size_t b, size_t c) {
    size_t less = a < b ? a : b;
    return less < c ? less : c;
}

/* How many characters have to be put in, left out or changed to make one word of the
 * other; names are short, and what is longer than 63 characters is near to none. */
static size_t distance(const char *from, const char *to) {
    size_t length = strlen(to), row[64];
    if (length >= sizeof row / sizeof *row)
        return length;
    for (size_t i = 0; i <= length; i++)
        row[i] = i;
    for (; *from; from++) {
        size_t diagonal = row[0]++;
        for (size_t i = 1; i <= length; i++) {
            size_t changed = diagonal + (*from != to[i - 1]);
            diagonal = row[i];
            row[i] = least(row[i] + 1, row[i - 1] + 1, changed);
        }
    }
    return row[length];
}

int complain_unknown(const char *kind, const char *given, const char *const *names) {
    const char *nearest = NULL;
    size_t least_distance = strlen(given) / 2 + 1;
    for (const char *const *name = names; *name; name++) {
        size_t how_far = distance(given, *name);
        if (how_far < least_distance) {
            least_distance = how_far;
            nearest = *name;
        }
    }
    if (nearest) {
        complain("unknown %s '%s'; the nearest is '%s'", kind, given, nearest);
        return STATUS_USAGE;
    }
    fprintf(stderr, "thimble: error: unknown %s '%s'; there are", kind, given);
    for (const char *const *name = names; *name; name++)
        fprintf(stderr, "%s %s", name == names ? "" : ",", *name);
    fputc('\n', stderr);
    return STATUS_USAGE;
}
