/* The functions whose calls can be replaced. */
#include <fnmatch.h>
#include <string.h>

#include "../base/sort.h"
#include "../memory/piece.h"
#include "../registry/registry.h"
#include "answer.h"

#pragma weak _thimble_seam_state

struct entry {
    const struct unit *unit;
    const struct thimble_function *function;
    const char *name, *identity;
};

static void add(struct pile *pile, const char *glob) {
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count; i++) {
            const struct thimble_function *function = &unit->functions[i];
            const char *name = _thimble_string(unit, function->name);
            if (*glob && fnmatch(glob, name, 0) != 0)
                continue;
            struct entry *entry = _thimble_pile_add(pile, sizeof(*entry));
            if (!entry)
                _thimble_refuse_with("the system has no memory left for it");
            *entry =
                (struct entry){unit, function, name, _thimble_string(unit, function->identity)};
        }
}

_Static_assert(sizeof(struct entry) <= MOST_SORTED, "can be sorted");

static int compare(const void *one, const void *other) {
    const struct entry *a = one, *b = other;
    int by_name = strcmp(a->name, b->name);
    int by_identity = by_name ? by_name : strcmp(a->identity, b->identity);
    return by_identity ? by_identity : strcmp(a->unit->file, b->unit->file);
}

/* How many, from the first on, are of one function. */
static size_t group(const struct entry *entries, size_t count) {
    size_t i = 1;
    while (i < count && strcmp(entries[i].identity, entries[0].identity) == 0)
        i++;
    return i;
}

static void put_place(struct text *text, const struct entry *entries, size_t count) {
    const struct entry *best = &entries[0];
    for (size_t i = 0; i < count; i++)
        if (entries[i].function->flags & THIMBLE_DEFINED &&
            !(best->function->flags & THIMBLE_DEFINED))
            best = &entries[i];
    if (best->function->flags & THIMBLE_SYSTEM)
        _thimble_puts(text, " (system)");
    else
        _thimble_printf(text, " (%s:%u)",
                        _thimble_plain_path(_thimble_string(best->unit, best->function->file)),
                        best->function->line);
}

/* Nothing for one that no seam calls. */
static void put_group(struct text *text, const struct entry *entries, size_t count) {
    const char *last = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *file = entries[i].unit->file;
        if (entries[i].function->slot == THIMBLE_NONE || (last && strcmp(last, file) == 0))
            continue;
        if (!last) {
            _thimble_printf(text, "%s%s", text->length ? "\n" : "", entries[0].name);
            put_place(text, entries, count);
        }
        _thimble_printf(text, "%s%s", last ? ", " : " called from ", _thimble_plain_path(file));
        last = file;
    }
    const char *state =
        last && &_thimble_seam_state ? _thimble_seam_state(entries[0].identity) : NULL;
    if (state)
        _thimble_printf(text, ": %s", state);
}

void _thimble_answer_seams(struct text *text, const char *const *arguments) {
    struct pile pile = {0};
    add(&pile, arguments[0]);
    struct entry *entries = (struct entry *)pile.data;
    size_t count = pile.used / sizeof(*entries);
    _thimble_sort(entries, count, sizeof(*entries), compare);
    for (size_t i = 0, same; i < count; i += same) {
        same = group(entries + i, count - i);
        put_group(text, entries + i, same);
    }
    _thimble_drop_pile(&pile);
    if (text->length == 0)
        _thimble_printf(text, "no function%s%s is called through a seam",
                        *arguments[0] ? " that is called " : "", arguments[0]);
}
