#include "target.h"

#include "../base/distance.h"
#include <string.h>

enum { MOST_NAMES = sizeof((struct near *)0)->names / sizeof(const char *) };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static bool has(const struct near *near, const char *name) {
    for (size_t i = 0; i < near->count; i++)
        if (!strcmp(near->names[i], name))
            return true;
    return false;
}

static bool is_nearer(const char *name, size_t distance, const struct near *near, size_t than) {
    if (distance != near->distances[than])
        return distance < near->distances[than];
    return strcmp(name, near->names[than]) < 0;
}

/* Keeps the list sorted, the nearest first. */
void _thimble_near_add(struct near *near, const char *name, size_t distance) {
    bool full = near->count == MOST_NAMES;
    if (has(near, name) || (full && !is_nearer(name, distance, near, MOST_NAMES - 1)))
        return;
    size_t at = full ? MOST_NAMES - 1 : near->count++;
    for (; at > 0 && is_nearer(name, distance, near, at - 1); at--) {
        near->names[at] = near->names[at - 1];
        near->distances[at] = near->distances[at - 1];
    }
    near->names[at] = name;
    near->distances[at] = distance;
}

void _thimble_near_consider(struct near *near, const char *wanted, const char *name) {
    size_t length = strlen(wanted), other = strlen(name);
    size_t most = 1 + least(length, other) / 3;
    if (!strcmp(name, wanted) || length > other + most || other > length + most)
        return;
    size_t away = _thimble_distance(wanted, name);
    if (away <= most)
        _thimble_near_add(near, name, away);
}

void _thimble_put_near_names(struct text *out, const struct near *near) {
    for (size_t i = 0; i < near->count; i++)
        _thimble_printf(out, "%s%s", i ? ", " : "\n  near: ", near->names[i]);
}

void _thimble_put_near(struct text *out, const char *name) {
    struct near near = {.count = 0};
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count; i++)
            if (unit->functions[i].slot != THIMBLE_NONE)
                _thimble_near_consider(&near, name, _thimble_string(unit, unit->functions[i].name));
    _thimble_put_near_names(out, &near);
}
