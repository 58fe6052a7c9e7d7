#include "target.h"
#include <string.h>

enum { LONGEST_NAME = 64, MOST_NAMES = 4 };

struct near {
    const char *names[MOST_NAMES];
    size_t distances[MOST_NAMES];
    size_t count;
};

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* How many characters have to be put in, taken out, exchanged or swapped with
 * their neighbour. */
static size_t distance(const char *a, const char *b) {
    size_t rows[3][LONGEST_NAME + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    size_t width = strlen(b);
    for (size_t j = 0; j <= width; j++)
        last[j] = j;
    for (size_t i = 1; a[i - 1]; i++) {
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            size_t exchanged = last[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(exchanged, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[width];
}

static bool has(const struct near *near, const char *name) {
    for (size_t i = 0; i < near->count; i++)
        if (!strcmp(near->names[i], name))
            return true;
    return false;
}

/* Keeps the list sorted, the nearest first. */
static void add(struct near *near, const char *name, size_t distance) {
    size_t at = near->count < MOST_NAMES ? near->count++ : MOST_NAMES - 1;
    for (; at > 0 && near->distances[at - 1] > distance; at--) {
        near->names[at] = near->names[at - 1];
        near->distances[at] = near->distances[at - 1];
    }
    near->names[at] = name;
    near->distances[at] = distance;
}

static void consider(struct near *near, const char *wanted, const char *name) {
    size_t length = strlen(wanted), other = strlen(name);
    size_t most = 1 + least(length, other) / 3;
    if (!strcmp(name, wanted) || length > LONGEST_NAME || other > LONGEST_NAME ||
        length > other + most || other > length + most)
        return;
    size_t away = distance(wanted, name);
    bool full = near->count == MOST_NAMES && away >= near->distances[MOST_NAMES - 1];
    if (away <= most && !full && !has(near, name))
        add(near, name, away);
}

void _thimble_put_near(struct text *out, const char *name) {
    struct near near = {.count = 0};
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count; i++)
            if (unit->functions[i].slot != THIMBLE_NONE)
                consider(&near, name, _thimble_string(unit, unit->functions[i].name));
    for (size_t i = 0; i < near.count; i++)
        _thimble_printf(out, "%s%s", i ? ", " : "\n  near: ", near.names[i]);
}
