#include "designator.h"

#include "number.h"
#include <string.h>

enum { DEEPEST = 32 };

/* A type of one unit or the other. */
struct place {
    const struct unit *unit;
    uint32_t named;
    const struct thimble_type *type; /* bare; null for none */
};

static struct place place_of(const struct unit *unit, uint32_t named) {
    return (struct place){unit, named, _thimble_bare_type(unit, named)};
}

static struct place target_of(const struct place *place) {
    return place_of(place->unit, place->type->target);
}

static bool same_name(const struct place *a, const struct place *b) {
    return strcmp(_thimble_string(a->unit, a->type->name),
                  _thimble_string(b->unit, b->type->name)) == 0;
}

/* Whether C takes them for one type, qualifiers aside, as far as can be told quickly. */
static bool same_type(struct place a, struct place b) {
    for (int depth = 0; depth < DEEPEST && a.type && b.type; depth++) {
        bool descends = a.type->kind == THIMBLE_POINTER || a.type->kind == THIMBLE_ARRAY ||
                        a.type->kind == THIMBLE_COMPLEX;
        if (a.type == b.type)
            return true;
        if (a.type->kind != b.type->kind || a.type->size != b.type->size ||
            (!descends && !same_name(&a, &b)))
            return false;
        if (!descends)
            return true;
        a = target_of(&a);
        b = target_of(&b);
    }
    return !a.type && !b.type;
}

struct search {
    struct text *out;
    struct place target;
    bool anything; /* of whatever type begins there */
};

static bool descend(const struct search *, struct place, uint64_t offset, int depth);

static bool descend_array(const struct search *search, const struct place *array, uint64_t offset,
                          int depth) {
    struct place element = target_of(array);
    if (!element.type || !element.type->size || offset >= array->type->size)
        return false;
    _thimble_printf(search->out, "[%llu]", (unsigned long long)(offset / element.type->size));
    return descend(search, element, offset % element.type->size, depth);
}

static bool descend_member(const struct search *search, const struct place *in,
                           const struct thimble_member *member, uint64_t offset, int depth) {
    struct place part = place_of(in->unit, member->type);
    const char *name = _thimble_string(in->unit, member->name);
    uint64_t start = member->offset / 8;
    if (!part.type || member->flags & THIMBLE_BITFIELD || offset < start ||
        (offset > start && offset - start >= part.type->size))
        return false;
    if (*name)
        _thimble_printf(search->out, ".%s", name);
    return descend(search, part, offset - start, depth);
}

static bool descend_members(const struct search *search, const struct place *in, uint64_t offset,
                            int depth) {
    const struct thimble_member *member;
    size_t length = search->out->length;
    for (uint64_t i = 0; (member = _thimble_member(in->unit, in->type, i)); i++) {
        if (descend_member(search, in, member, offset, depth))
            return true;
        search->out->length = length;
        search->out->data[length] = '\0';
    }
    return false;
}

static bool descend(const struct search *search, struct place place, uint64_t offset, int depth) {
    if (!place.type || depth == 0)
        return false;
    if (offset == 0 && (search->anything || same_type(place, search->target)))
        return true;
    if (place.type->kind == THIMBLE_ARRAY)
        return descend_array(search, &place, offset, depth - 1);
    return (place.type->kind == THIMBLE_STRUCT || place.type->kind == THIMBLE_UNION) &&
           descend_members(search, &place, offset, depth - 1);
}

/* Of several objects of one name none is known to be the symbol's, unless they look alike. */
static bool find_object(const struct symbol *symbol, struct place *found) {
    found->type = NULL;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->object_count; i++) {
            struct place place = place_of(unit, unit->objects[i].type);
            if (!place.type || place.type->size != symbol->size ||
                strcmp(_thimble_string(unit, unit->objects[i].name), symbol->name) != 0)
                continue;
            if (found->type && !same_type(*found, place))
                return false;
            *found = place;
        }
    return found->type;
}

bool _thimble_put_designator(struct text *out, const struct symbol *symbol, size_t offset,
                             const struct unit *unit, uint32_t target) {
    struct place object;
    struct search search = {.out = out, .target = place_of(unit, target)};
    search.anything = search.target.type && search.target.type->kind == THIMBLE_VOID;
    size_t length = out->length;
    if (symbol->is_function || !find_object(symbol, &object))
        return false;
    _thimble_puts(out, symbol->name);
    if (descend(&search, object, offset, DEEPEST))
        return true;
    out->length = length;
    out->data[length] = '\0';
    return false;
}
