#include "cases.h"

#include <string.h>

#include "../base/peek.h"
#include "../repr/number.h"

#define LONGEST_NAME 200

const struct thimble_cases *_thimble_cases_of(const struct unit *unit, uint32_t test) {
    for (uint32_t i = 0; i < unit->cases_count; i++) {
        if (unit->cases[i].test == test)
            return &unit->cases[i];
    }
    return NULL;
}

size_t _thimble_case_count(const struct unit *unit) {
    size_t count = 0;
    for (uint32_t i = 0; i < unit->cases_count; i++)
        count += unit->cases[i].count;
    return count;
}

/* The element's field `name`, or null. */
static const struct thimble_member *find_name(const struct unit *unit,
                                              const struct thimble_type *type) {
    if (!type || type->kind != THIMBLE_STRUCT)
        return NULL;
    for (uint64_t i = 0; i < type->count; i++) {
        const struct thimble_member *member = _thimble_member(unit, type, i);
        if (strcmp(_thimble_string(unit, member->name), "name") == 0)
            return member;
    }
    return NULL;
}

/* Reads a string of anybody's, up to LONGEST_NAME bytes. Empty where it can't be read. */
static void read_string(char *out, const char *from, size_t most) {
    size_t length = 0;
    if (most > LONGEST_NAME)
        most = LONGEST_NAME;
    while (length < most && _thimble_peek(&out[length], from + length, 1) && out[length])
        length++;
    out[length] = '\0';
}

static bool is_character(const struct unit *unit, uint32_t type) {
    const struct thimble_type *bare = _thimble_bare_type(unit, type);
    return bare && bare->kind == THIMBLE_CHAR;
}

static void read_name(char *out, const struct unit *unit, const struct thimble_type *type,
                      const char *element) {
    const struct thimble_member *member = find_name(unit, type);
    const struct thimble_type *is = member ? _thimble_bare_type(unit, member->type) : NULL;
    out[0] = '\0';
    if (!is || !is_character(unit, is->target))
        return;
    const char *at = element + member->offset / 8;
    if (is->kind == THIMBLE_ARRAY)
        read_string(out, at, (size_t)is->count);
    else if (is->kind == THIMBLE_POINTER && *(const char *const *)at)
        read_string(out, *(const char *const *)at, LONGEST_NAME);
}

/* What stands in ids has to be typed, and shown on terminals. */
static void tidy(char *name) {
    for (; *name; name++) {
        if ((unsigned char)*name < 0x20 || *name == 0x7f)
            *name = '?';
    }
}

void _thimble_be_case(struct test *test, const struct thimble_cases *cases, uint32_t i) {
    const struct thimble_type *type = _thimble_bare_type(test->unit, cases->type);
    const char *first = _thimble_symbol(test->unit, cases->symbol);
    const char *element = first + i * (size_t)_thimble_type(test->unit, cases->type)->size;
    char name[LONGEST_NAME + 1];
    read_name(name, test->unit, type, element);
    tidy(name);
    struct text label = _thimble_growing_text();
    if (name[0])
        _thimble_printf(&label, "%s[%s]", test->name, name);
    else
        _thimble_printf(&label, "%s[%u]", test->name, i);
    test->label = label.data;
    test->element = element;
}
