#include "diff_parts.h"

#include <string.h>

#include "literal.h"

/* ---- The way to it ---- */

enum { NAMED = 6 }; /* pointers on the way, from both ends */

static uint32_t count_hops(const struct pairs *pairs, uint32_t pair) {
    uint32_t count = 0;
    for (; pairs->all[pair].from != NO_PAIR; pair = pairs->all[pair].from)
        count++;
    return count;
}

static void enter_hop(struct path *path, const struct pairs *pairs, uint32_t number) {
    const struct pair *pair = &pairs->all[number], *from = &pairs->all[pair->from];
    _thimble_path_enter(path, from->a.unit, from->a.type, pair->place, THIMBLE_NONE);
    _thimble_path_follow(path);
}

static void enter_hops(struct path *path, const struct pairs *pairs, uint32_t pair) {
    uint32_t hops[NAMED] = {0}; /* the first half of all and the second */
    uint32_t all = count_hops(pairs, pair), named = all < NAMED ? all : NAMED;
    for (uint32_t at = all; at-- > 0; pair = pairs->all[pair].from)
        if (all <= NAMED || at < NAMED / 2)
            hops[at] = pair;
        else if (all - at <= NAMED / 2)
            hops[NAMED - (all - at)] = pair;
    for (uint32_t i = 0; i < named; i++) {
        if (i == NAMED / 2 && all > NAMED)
            _thimble_path_skip(path, all - NAMED);
        enter_hop(path, pairs, hops[i]);
    }
}

/* Beyond the operands both sides have the same members. */
void _thimble_diff_path(struct path *path, const struct comparison *comparison, const char *operand,
                        uint32_t pair, uint64_t place, uint32_t stop) {
    const struct repr_object *object = &comparison->pairs.all[pair].a;
    _thimble_path_begin(path, operand);
    enter_hops(path, &comparison->pairs, pair);
    _thimble_path_enter(path, object->unit, object->type, place, stop);
    _thimble_path_end(path);
}

/* ---- Values ---- */

enum {
    LEAD = 30,         /* characters of a string in front of the difference */
    SHORT_LEAD = 50,   /* that are not worth to be left out */
    FROM_THERE = 40,   /* characters behind the difference */
    SHORT_STRING = 80, /* that is shown whole where it can be */
    LONGEST_VALUE = 300
};

size_t _thimble_columns(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

/* Where the character begins in whose middle the byte stands. */
static uint64_t start_of_character(struct window *window, const struct characters *string,
                                   uint64_t at) {
    uint32_t byte;
    for (int i = 0; i < 3 && at > 0 && string->width == 1; i++, at--)
        if (_thimble_character_at(window, string, at, &byte) != CHARACTER_IS ||
            (byte & 0xc0) != 0x80)
            break;
    return at;
}

static uint64_t put_literal(struct text *out, struct window *window,
                            const struct characters *string, uint64_t from, uint64_t to) {
    char bytes[4 * (SHORT_LEAD + SHORT_STRING)];
    struct text raw = _thimble_text(bytes, sizeof bytes);
    uint64_t end = _thimble_put_characters(&raw, window, string, from, to);
    _thimble_printf(out, "%s%s", from ? "..." : "", string->prefix);
    _thimble_repr_string(out, raw.data, raw.length, SIZE_MAX);
    return end;
}

/* Returns the column of the difference. */
static size_t put_excerpt(struct text *out, struct window *window, const struct characters *string,
                          uint64_t at) {
    char front[8 * (SHORT_LEAD + SHORT_STRING)];
    struct text before = _thimble_text(front, sizeof front);
    uint32_t next;
    at = start_of_character(window, string, at);
    uint64_t from = at <= SHORT_LEAD ? 0 : start_of_character(window, string, at - LEAD);
    uint64_t to = at + FROM_THERE < from + SHORT_STRING ? from + SHORT_STRING : at + FROM_THERE;
    put_literal(&before, window, string, from, at);
    uint64_t end = put_literal(out, window, string, from, start_of_character(window, string, to));
    if (_thimble_character_at(window, string, end, &next) == CHARACTER_IS)
        _thimble_puts(out, "...");
    return _thimble_columns(front, before.length - 1);
}

static void put_field(struct text *out, struct window *window, const struct repr_object *object,
                      const struct thimble_member *field) {
    struct integer value;
    if (_thimble_read_field(window, object, field, &value))
        _thimble_repr_integer(out, object->unit, field->type, value);
    else
        _thimble_puts(out, "/* unreadable */");
}

size_t _thimble_diff_value(struct text *out, struct comparison *comparison,
                           const struct difference *difference, int side, bool inside) {
    const struct repr_object *object = side ? &difference->b : &difference->a;
    const struct thimble_member *field = side ? difference->field_b : difference->field_a;
    const struct repr_style style = {.limit = LONGEST_VALUE, .inside = inside};
    if (difference->kind == DIFFERENT_STRINGS) {
        struct characters strings[2];
        _thimble_strings_of(comparison, difference, strings);
        return put_excerpt(out, &comparison->windows[side], &strings[side], difference->character);
    }
    if (field)
        put_field(out, &comparison->windows[side], object, field);
    else
        _thimble_repr_with(out, object->unit, object->type, object->data, &style);
    return 0;
}

/* ---- Lines ---- */

void _thimble_put_caret(struct text *out, size_t column) {
    _thimble_printf(out, "\n%*s^", (int)column, "");
}

static bool says_nothing(const char *label, const char *value) {
    return strcmp(label, value) == 0;
}

static size_t widest(size_t count, const char *const *labels, const char *const *values) {
    size_t width = 0;
    for (size_t i = 0; i < count; i++) {
        size_t columns = _thimble_columns(labels[i], strlen(labels[i]));
        if (columns > width && !says_nothing(labels[i], values[i]))
            width = columns;
    }
    return width;
}

void _thimble_put_labelled(struct text *out, size_t count, const char *const *labels,
                           const char *const *values) {
    size_t width = widest(count, labels, values);
    for (size_t i = 0; i < count; i++) {
        size_t columns = _thimble_columns(labels[i], strlen(labels[i]));
        if (says_nothing(labels[i], values[i]))
            continue;
        _thimble_printf(out, "\n  %s%*s", labels[i], (int)(width - columns), "");
        _thimble_printf(out, "%s%s", !width ? "" : *labels[i] ? " = " : "   ", values[i]);
    }
}

/* ---- One difference ---- */

enum { LONGEST_NAME = 40 };

/* A compound literal, a cast, or what is long: where the other operand makes a name, this
 * one's value can stand below that without one. */
static bool is_no_name(const char *operand) {
    return strlen(operand) > LONGEST_NAME || *operand == '(';
}

/* A comparison in front of an equals sign reads badly. */
static void put_around(struct path *path) {
    char inside[sizeof path->bytes];
    if (!strchr(path->bytes, '=') || strchr("(\"'", *path->bytes))
        return;
    memcpy(inside, path->bytes, sizeof inside);
    path->text = _thimble_text(path->bytes, sizeof path->bytes);
    _thimble_printf(&path->text, "(%s)", inside);
}

static void name_sides(struct path paths[2], const char *labels[2],
                       const struct comparison *comparison, const struct difference *difference,
                       const char *const operands[2]) {
    uint32_t stop = difference->field_a ? THIMBLE_NONE : difference->a.type;
    for (int side = 0; side < 2; side++) {
        _thimble_diff_path(&paths[side], comparison, operands[side], difference->pair,
                           difference->place, stop);
        put_around(&paths[side]);
        labels[side] = paths[side].text.data;
    }
    if (strcmp(labels[0], labels[1]) == 0) {
        _thimble_puts(&paths[0].text, " (first)");
        _thimble_puts(&paths[1].text, " (second)");
    }
    bool first = is_no_name(operands[0]), second = is_no_name(operands[1]);
    if (first != second)
        labels[second] = "";
}

static void put_one(struct text *out, struct comparison *comparison,
                    const struct difference *difference, const char *const operands[2]) {
    struct path paths[2];
    const char *labels[2], *shown[2], *values[2];
    char bytes[2][2 * LONGEST_VALUE];
    size_t column = 0;
    name_sides(paths, labels, comparison, difference, operands);
    const char *const names[2] = {paths[0].text.data, paths[1].text.data};
    bool strings = difference->kind == DIFFERENT_STRINGS;
    if (strings && _thimble_put_lines(out, comparison, difference, names))
        return;
    for (int side = 0; side < 2; side++) {
        struct text value = _thimble_text(bytes[side], sizeof bytes[side]);
        column = _thimble_diff_value(&value, comparison, difference, side, false);
        values[side] = value.data;
        shown[side] = strings && says_nothing(labels[side], value.data) ? "" : labels[side];
    }
    _thimble_put_labelled(out, 2, shown, values);
    size_t width = widest(2, shown, values);
    if (strings)
        _thimble_put_caret(out, 2 + width + (width ? 3 : 0) + column);
    _thimble_put_note(out, comparison, difference, labels, "  ");
}

void _thimble_put_difference(struct text *out, struct comparison *comparison,
                             const char *const operands[2]) {
    if (!_thimble_put_list(out, comparison, operands))
        put_one(out, comparison, &comparison->first, operands);
}
