#include "target.h"

#include "../base/distance.h"
#include <string.h>

enum { MOST_NAMES = 4 };

struct near {
    const char *names[MOST_NAMES];
    size_t distances[MOST_NAMES];
    size_t count;
};

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
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
    if (!strcmp(name, wanted) || length > other + most || other > length + most)
        return;
    size_t away = _thimble_distance(wanted, name);
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
