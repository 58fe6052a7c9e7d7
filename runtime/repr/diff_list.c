#include "diff_parts.h"

#include <string.h>

enum {
    MOST_LISTED = 8, /* differences */
    CONTEXT = 2,     /* members or elements around each */
    MOST_ADDED = 4,  /* elements that one array has and the other has not */
    LONGEST_CONTEXT = 60
};

/* The struct or array in which all the differences are, by its place. */
struct focus {
    const struct unit *unit;
    uint32_t type; /* as the first side has it */
    const struct thimble_type *bare;
    uint64_t place;
    uint64_t count; /* of members, or of elements that both have */
};

struct list {
    struct text *out;
    struct comparison *comparison;
    const char *const *operands;
    struct difference listed[MOST_LISTED];
    struct difference last;
    uint64_t count; /* of all */
    bool lengths;   /* are different */
    struct focus focus;
    uint64_t differing;    /* members or elements of the focus */
    uint64_t last_counted; /* number of the last of those */
};

/* ---- Collecting ---- */

static bool collect(void *context, const struct difference *difference) {
    struct list *list = context;
    if (difference->kind == DIFFERENT_LENGTHS) {
        list->lengths = true;
        return true;
    }
    if (list->count < MOST_LISTED)
        list->listed[list->count] = *difference;
    list->last = *difference;
    list->count++;
    return true;
}

/* The member or element in which the place is. */
struct child {
    uint64_t number;
    uint64_t place; /* in the focus */
    uint32_t type;
    const struct thimble_member *member; /* null for an element */
};

static uint64_t element_bits(const struct focus *focus) {
    return _thimble_bare_type(focus->unit, focus->bare->target)->size * 8;
}

static bool child_number(const struct focus *focus, uint64_t number, struct child *child) {
    *child = (struct child){.number = number, .type = focus->bare->target};
    if (focus->bare->kind == THIMBLE_ARRAY) {
        child->place = number * element_bits(focus);
        return true;
    }
    child->member = _thimble_member(focus->unit, focus->bare, number);
    if (!child->member)
        return false;
    child->place = child->member->offset;
    child->type = child->member->type;
    return true;
}

static bool child_at(const struct focus *focus, uint64_t place, struct child *child) {
    uint64_t number;
    place -= focus->place;
    if (focus->bare->kind == THIMBLE_ARRAY)
        return child_number(focus, place / element_bits(focus), child);
    return _thimble_member_at(focus->unit, focus->bare, place, &number) &&
           child_number(focus, number, child);
}

static bool has_children(const struct thimble_type *type) {
    return type && (type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_ARRAY);
}

/* Whether the difference is the child as a whole. */
static bool is_itself(const struct focus *focus, const struct child *child,
                      const struct difference *difference) {
    return difference->place == focus->place + child->place &&
           (difference->field_a || _thimble_bare_type(focus->unit, child->type) ==
                                       _thimble_bare_type(difference->a.unit, difference->a.type));
}

/* As deep as all differences are in one member or element. */
static void find_focus(struct list *list, const struct pair *pair) {
    struct focus *focus = &list->focus;
    struct child first, last;
    *focus = (struct focus){.unit = pair->a.unit, .type = pair->a.type};
    focus->bare = _thimble_bare_type(focus->unit, focus->type);
    while (!list->lengths && child_at(focus, list->listed[0].place, &first) &&
           child_at(focus, list->last.place, &last) && first.number == last.number &&
           has_children(_thimble_bare_type(focus->unit, first.type)) &&
           !is_itself(focus, &first, &list->listed[0])) {
        focus->place += first.place;
        focus->type = first.type;
        focus->bare = _thimble_bare_type(focus->unit, first.type);
    }
    const struct thimble_type *other = _thimble_bare_type(pair->b.unit, pair->b.type);
    focus->count =
        list->lengths && other->count < focus->bare->count ? other->count : focus->bare->count;
}

static bool count_children(void *context, const struct difference *difference) {
    struct list *list = context;
    struct child child;
    if (difference->kind == DIFFERENT_LENGTHS || !child_at(&list->focus, difference->place, &child))
        return true;
    if (!list->differing || child.number != list->last_counted)
        list->differing++;
    list->last_counted = child.number;
    return true;
}

/* ---- Lines ---- */

static const char *object_data(const struct list *list, int side) {
    const struct pair *pair = &list->comparison->pairs.all[list->comparison->first.pair];
    return (const char *)(side ? pair->b.data : pair->a.data) + list->focus.place / 8;
}

/* .legs, [3].y */
static void put_inner_path(struct text *out, const struct focus *focus, uint64_t place,
                           uint32_t stop) {
    struct path path;
    _thimble_path_begin(&path, "");
    _thimble_path_enter(&path, focus->unit, focus->type, place - focus->place, stop);
    _thimble_puts(out, path.text.data);
}

static void put_child(struct list *list, const struct child *child, int side, const char *sign) {
    const struct focus *focus = &list->focus;
    const struct repr_style style = {.limit = LONGEST_CONTEXT, .inside = true};
    const struct repr_object object = {focus->unit, child->type,
                                       object_data(list, side) + child->place / 8};
    char bytes[LONGEST_CONTEXT + 20];
    struct text value = _thimble_text(bytes, sizeof bytes);
    if (child->member && child->member->flags & THIMBLE_BITFIELD) {
        const struct repr_object around = {focus->unit, focus->type, object_data(list, side)};
        struct difference whole = {.kind = DIFFERENT_VALUES, .a = around, .field_a = child->member};
        _thimble_diff_value(&value, list->comparison, &whole, 0, true);
    } else {
        _thimble_repr_with(&value, object.unit, object.type, object.data, &style);
    }
    _thimble_printf(list->out, "\n  %s   ", sign);
    put_inner_path(list->out, focus, focus->place + child->place, child->type);
    _thimble_printf(list->out, " = %s", value.data);
}

/* Equal pointers say nothing, and what they point to may yet differ. */
static bool is_worth_showing(const struct focus *focus, const struct child *child) {
    const struct thimble_type *type = _thimble_bare_type(focus->unit, child->type);
    bool named = !child->member || *_thimble_string(focus->unit, child->member->name);
    return named && type && type->size &&
           (type->kind != THIMBLE_POINTER || _thimble_is_string(focus->unit, type));
}

static void put_gap(struct list *list) {
    _thimble_puts(list->out, "\n      ...");
}

/* From child `from` to before child `to`. */
static void put_context(struct list *list, uint64_t from, uint64_t to) {
    struct child child;
    for (uint64_t i = from; i < to; i++)
        if (child_number(&list->focus, i, &child) && is_worth_showing(&list->focus, &child))
            put_child(list, &child, 0, " ");
}

static uint32_t stop_of(const struct difference *difference) {
    return difference->field_a ? THIMBLE_NONE : difference->a.type;
}

static void put_note(struct list *list, const struct difference *difference) {
    struct path paths[2];
    for (int side = 0; side < 2; side++)
        _thimble_diff_path(&paths[side], list->comparison, list->operands[side], difference->pair,
                           difference->place, stop_of(difference));
    const char *const labels[2] = {paths[0].text.data, paths[1].text.data};
    _thimble_put_note(list->out, list->comparison, difference, labels, "      ");
}

static void put_listed(struct list *list, const struct difference *difference) {
    char bytes[2][600];
    size_t column = 0, start = 0;
    for (int side = 0; side < 2; side++) {
        struct text value = _thimble_text(bytes[side], sizeof bytes[side]);
        column = _thimble_diff_value(&value, list->comparison, difference, side, true);
        start = list->out->length;
        _thimble_printf(list->out, "\n  %s   ", side ? "+" : "-");
        put_inner_path(list->out, &list->focus, difference->place, stop_of(difference));
        _thimble_puts(list->out, " = ");
        start = _thimble_columns(list->out->data + start + 1, list->out->length - start - 1);
        _thimble_puts(list->out, value.data);
    }
    if (difference->kind == DIFFERENT_STRINGS)
        _thimble_put_caret(list->out, start + column);
    if (strcmp(bytes[0], bytes[1]) == 0 || difference->kind == UNREADABLE)
        put_note(list, difference);
}

static void put_added(struct list *list) {
    const struct pair *pair = &list->comparison->pairs.all[0];
    uint64_t counts[2] = {_thimble_bare_type(pair->a.unit, pair->a.type)->count,
                          _thimble_bare_type(pair->b.unit, pair->b.type)->count};
    int longer = counts[1] > counts[0];
    struct child child;
    uint64_t i = list->focus.count;
    for (; i < counts[longer] && i < list->focus.count + MOST_ADDED; i++)
        if (child_number(&list->focus, i, &child))
            put_child(list, &child, longer, longer ? "+" : "-");
    if (i < counts[longer])
        put_gap(list);
}

static uint64_t number_of(const struct list *list, uint64_t i) {
    struct child child = {0};
    child_at(&list->focus, list->listed[i].place, &child);
    return child.number;
}

/* What stands between two that differ, from child `from` to before child `to`. */
static void put_between(struct list *list, uint64_t from, uint64_t to) {
    if (to - from <= CONTEXT + CONTEXT) {
        put_context(list, from, to);
        return;
    }
    put_context(list, from, from ? from + CONTEXT : 0);
    put_gap(list);
    put_context(list, to - CONTEXT, to);
}

/* The differences in order, each with what stands around it. */
static void put_children(struct list *list) {
    uint64_t shown = list->count < MOST_LISTED ? list->count : MOST_LISTED;
    uint64_t next = 0; /* the first child that has not been shown */
    for (uint64_t i = 0; i < shown; i++) {
        uint64_t number = number_of(list, i);
        if (number >= next)
            put_between(list, next, number);
        put_listed(list, &list->listed[i]);
        next = number + 1;
    }
    if (list->count > shown) {
        _thimble_printf(list->out, "\n      ... and %llu more",
                        (unsigned long long)(list->count - shown));
        return;
    }
    uint64_t count = list->focus.count, end = next + CONTEXT < count ? next + CONTEXT : count;
    if (list->lengths) { /* more is to come */
        put_between(list, next, count);
        return;
    }
    put_context(list, next, end);
    if (end < count)
        put_gap(list);
}

/* ---- Head ---- */

static void put_lengths(struct list *list, struct path paths[2]) {
    const struct pair *pair = &list->comparison->pairs.all[0];
    uint64_t a = _thimble_bare_type(pair->a.unit, pair->a.type)->count;
    uint64_t b = _thimble_bare_type(pair->b.unit, pair->b.type)->count;
    _thimble_printf(list->out, "\n  %s has %llu element%s, %s has %llu", paths[0].text.data,
                    (unsigned long long)a, a == 1 ? "" : "s", paths[1].text.data,
                    (unsigned long long)b);
}

static void put_head(struct list *list) {
    struct path paths[2];
    const struct focus *focus = &list->focus;
    for (int side = 0; side < 2; side++)
        _thimble_diff_path(&paths[side], list->comparison, list->operands[side],
                           list->comparison->first.pair, focus->place, focus->type);
    if (list->lengths)
        put_lengths(list, paths);
    if (list->differing && focus->bare->kind == THIMBLE_ARRAY)
        _thimble_printf(list->out, "\n  %llu of %s%llu elements differ%s",
                        (unsigned long long)list->differing, list->lengths ? "the first " : "",
                        (unsigned long long)focus->count, list->differing == 1 ? "s" : "");
    _thimble_printf(list->out, "\n  - %s\n  + %s", paths[0].text.data, paths[1].text.data);
}

bool _thimble_put_list(struct text *out, struct comparison *comparison,
                       const char *const operands[2]) {
    struct list list = {.out = out, .comparison = comparison, .operands = operands};
    const struct pair *pair = &comparison->pairs.all[comparison->first.pair];
    _thimble_each_difference(comparison, comparison->first.pair, collect, &list);
    if (!list.count && !list.lengths)
        return false;
    find_focus(&list, pair);
    bool array = list.focus.bare->kind == THIMBLE_ARRAY;
    if (!has_children(list.focus.bare) || (list.count == 1 && !array && !list.lengths) ||
        (list.count == 1 && !list.focus.place && comparison->first.place == 0 &&
         list.listed[0].a.type == pair->a.type && !list.listed[0].field_a))
        return false;
    _thimble_each_difference(comparison, comparison->first.pair, count_children, &list);
    put_head(&list);
    put_children(&list);
    if (list.lengths)
        put_added(&list);
    return true;
}
