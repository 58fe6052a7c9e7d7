#include "equal.h"

#include <string.h>

#include "complete.h"
#include "own.h"
#include "quantity.h"

enum { DEEPEST_TYPE = 64, LARGEST_SCALAR = 32 };

/* Through the objects of one pair. The functions of a walk return whether it goes on. */
struct walk {
    struct comparison *comparison;
    difference_visitor *visit;
    void *context;
    uint32_t pair;
    bool follows; /* what pointers point to becomes a pair */
    int depth;
};

/* Two objects at one place, with their types behind typedefs and qualifiers. */
struct sides {
    struct repr_object a, b;
    const struct thimble_type *x, *y;
    uint64_t place;
};

static bool compare(struct walk *, const struct repr_object *a, const struct repr_object *b,
                    uint64_t place);

static bool differ(struct walk *walk, enum difference_kind kind, const struct sides *sides) {
    struct difference difference = {
        .kind = kind, .pair = walk->pair, .place = sides->place, .a = sides->a, .b = sides->b};
    return walk->visit(walk->context, &difference) && kind != UNREADABLE;
}

static const char *look(struct walk *walk, int side, const void *address, size_t size) {
    return _thimble_look(&walk->comparison->windows[side], address, size);
}

static struct repr_object inner(const struct repr_object *object, uint32_t type, uint64_t offset) {
    return (struct repr_object){object->unit, type, (const char *)object->data + offset};
}

static bool is_tagged(const struct thimble_type *type) {
    return type->kind == THIMBLE_STRUCT || type->kind == THIMBLE_UNION;
}

/* ---- What is known of a type ---- */

/* Whether equal bytes are equal values: not those of NaN, nor where the type says itself
 * what is equal. Padding may differ all the same. */
static bool goes_by_bytes(const struct unit *unit, uint32_t index, int depth) {
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    const struct thimble_member *member;
    if (!type || type->kind == THIMBLE_FLOAT || type->kind == THIMBLE_COMPLEX ||
        depth > DEEPEST_TYPE || _thimble_own_function(unit, index, "equal_"))
        return false;
    if (type->kind == THIMBLE_ARRAY)
        return goes_by_bytes(unit, type->target, depth + 1);
    if (type->kind != THIMBLE_STRUCT)
        return true;
    for (uint64_t i = 0; (member = _thimble_member(unit, type, i)); i++)
        if (!goes_by_bytes(unit, member->type, depth + 1))
            return false;
    return true;
}

/* The type that a pointer points to; without a unit where there is nothing to compare. */
static struct repr_object pointed_to(const struct unit *unit, const struct thimble_type *pointer) {
    const struct repr_object nothing = {0};
    struct repr_object to = {unit, pointer->target, NULL};
    const struct thimble_type *type = _thimble_bare_type(unit, to.type);
    if (type && is_tagged(type) && (type->flags & THIMBLE_INCOMPLETE) &&
        !_thimble_complete_type(&to.unit, &to.type))
        return nothing;
    type = _thimble_bare_type(to.unit, to.type);
    return type && type->size && type->kind != THIMBLE_VOID && type->kind != THIMBLE_FUNCTION
               ? to
               : nothing;
}

enum { KNOWN_TYPES = 16 };

/* What was found out about a type, which takes a look at everything in the program. */
struct known_type {
    const struct unit *unit;
    uint32_t type;
    unsigned version;      /* of the units */
    bool by_bytes;         /* where the bytes are equal, the objects are */
    const void *own;       /* equal_NAME */
    struct repr_object to; /* of a pointer: the type that it points to, wherever it is
                            * described; `unit` is null where only the address counts */
};

static __thread struct known_type known_types[KNOWN_TYPES];

static const struct known_type *know(const struct unit *unit, uint32_t index) {
    size_t place = ((uintptr_t)unit / sizeof *unit + index) % KNOWN_TYPES;
    struct known_type *known = &known_types[place];
    const struct thimble_type *type = _thimble_bare_type(unit, index);
    unsigned version = _thimble_units_version();
    if (known->unit == unit && known->type == index && known->version == version)
        return known;
    *known = (struct known_type){.unit = unit, .type = index, .version = version};
    known->own = _thimble_own_function(unit, index, "equal_");
    known->by_bytes = goes_by_bytes(unit, index, 0);
    if (type->kind == THIMBLE_POINTER)
        known->to = pointed_to(unit, type);
    return known;
}

/* ---- Numbers, and what has no description ---- */

/* How many bytes are equal from the front. */
static uint64_t equal_bytes(struct walk *walk, const char *a, const char *b, uint64_t size) {
    struct window *windows = walk->comparison->windows;
    uint64_t done = 0;
    while (done < size) {
        size_t there, wanted = size - done < WINDOW_SIZE ? (size_t)(size - done) : WINDOW_SIZE;
        const char *x = _thimble_look_along(&windows[0], a + done, wanted, &there);
        const char *y = _thimble_look_along(&windows[1], b + done, there, &there);
        size_t same = 0;
        if (memcmp(x, y, there) == 0)
            same = there;
        else
            while (x[same] == y[same])
                same++;
        done += same;
        if (same < there || there == 0)
            break;
    }
    return done;
}

static bool compare_bytes(struct walk *walk, const struct sides *sides, enum difference_kind kind) {
    const char *a = sides->a.data, *b = sides->b.data;
    uint64_t same = equal_bytes(walk, a, b, sides->x->size);
    if (same == sides->x->size)
        return true;
    bool there = look(walk, 0, a + same, 1) && look(walk, 1, b + same, 1);
    return differ(walk, there ? kind : UNREADABLE, sides);
}

static bool compare_numbers(struct walk *walk, const struct sides *sides) {
    struct quantity one, other;
    const char *a = look(walk, 0, sides->a.data, sides->x->size);
    const char *b = look(walk, 1, sides->b.data, sides->y->size);
    if (!a || !b)
        return differ(walk, UNREADABLE, sides);
    _thimble_load_quantity(sides->a.unit, sides->x, a, &one);
    _thimble_load_quantity(sides->b.unit, sides->y, b, &other);
    return _thimble_same_quantity(&one, &other) || differ(walk, DIFFERENT_VALUES, sides);
}

/* ---- Strings, arrays, pointers ---- */

static bool are_strings(struct comparison *comparison, const struct repr_object *a,
                        const struct repr_object *b, struct characters strings[2]) {
    struct window *windows = comparison->windows;
    if (_thimble_read_characters(&windows[0], a, &strings[0]))
        return _thimble_read_characters(&windows[1], b, &strings[1]) ||
               _thimble_read_characters_like(&windows[1], b, &strings[0], &strings[1]);
    return _thimble_read_characters(&windows[1], b, &strings[1]) &&
           _thimble_read_characters_like(&windows[0], a, &strings[1], &strings[0]);
}

void _thimble_strings_of(struct comparison *comparison, const struct difference *difference,
                         struct characters strings[2]) {
    are_strings(comparison, &difference->a, &difference->b, strings);
}

static bool compare_strings(struct walk *walk, const struct sides *sides,
                            const struct characters strings[2]) {
    struct difference difference = {.kind = DIFFERENT_STRINGS,
                                    .pair = walk->pair,
                                    .place = sides->place,
                                    .a = sides->a,
                                    .b = sides->b};
    enum character outcome = _thimble_compare_characters(walk->comparison->windows, &strings[0],
                                                         &strings[1], &difference.character);
    if (outcome == CHARACTERS_END)
        return true;
    if (outcome == CHARACTER_UNREADABLE)
        difference.kind = UNREADABLE;
    return walk->visit(walk->context, &difference);
}

/* Millions of equal numbers are told by their bytes. */
static bool compare_elements(struct walk *walk, const struct sides *sides) {
    const struct thimble_type *one = _thimble_bare_type(sides->a.unit, sides->x->target);
    const struct thimble_type *other = _thimble_bare_type(sides->b.unit, sides->y->target);
    uint64_t count = sides->x->count < sides->y->count ? sides->x->count : sides->y->count;
    if (!one || !other || one->size != other->size)
        return differ(walk, DIFFERENT_TYPES, sides);
    if (sides->x->count != sides->y->count && !differ(walk, DIFFERENT_LENGTHS, sides))
        return false;
    uint64_t size = one->size;
    bool by_bytes = size && one == other && know(sides->a.unit, sides->x->target)->by_bytes;
    for (uint64_t i = 0; i < count && size; i++) {
        struct repr_object a = inner(&sides->a, sides->x->target, i * size);
        struct repr_object b = inner(&sides->b, sides->y->target, i * size);
        uint64_t same = by_bytes ? equal_bytes(walk, a.data, b.data, (count - i) * size) / size : 0;
        if (same > 0) {
            i += same - 1;
            continue;
        }
        if (!compare(walk, &a, &b, sides->place + i * size * 8))
            return false;
    }
    return true;
}

/* An array's own address is what it stands for. */
static bool load_address(struct walk *walk, int side, const struct repr_object *object,
                         const struct thimble_type *type, const char **address) {
    *address = object->data;
    if (type->kind == THIMBLE_ARRAY)
        return true;
    const char *bytes = look(walk, side, object->data, sizeof *address);
    if (bytes)
        memcpy(address, bytes, sizeof *address);
    return bytes;
}

static bool follow(struct walk *walk, const struct sides *sides, const char *a, const char *b) {
    if (sides->x->kind != THIMBLE_POINTER || sides->y->kind != THIMBLE_POINTER)
        return differ(walk, DIFFERENT_POINTERS, sides);
    struct pair pair = {.a = know(sides->a.unit, sides->a.type)->to,
                        .b = know(sides->b.unit, sides->b.type)->to,
                        .from = walk->pair,
                        .pointer_a = sides->a.type,
                        .pointer_b = sides->b.type,
                        .place = sides->place};
    if (!pair.a.unit || !pair.b.unit)
        return differ(walk, DIFFERENT_POINTERS, sides);
    pair.a.data = a;
    pair.b.data = b;
    return !walk->follows || _thimble_pairs_add(&walk->comparison->pairs, &pair) ||
           differ(walk, ENDLESS, sides);
}

static bool compare_pointers(struct walk *walk, const struct sides *sides) {
    const char *a, *b;
    struct characters strings[2];
    bool arrays = sides->x->kind == THIMBLE_ARRAY && sides->y->kind == THIMBLE_ARRAY;
    if (!load_address(walk, 0, &sides->a, sides->x, &a) ||
        !load_address(walk, 1, &sides->b, sides->y, &b))
        return differ(walk, UNREADABLE, sides);
    if (!arrays && a == b)
        return true;
    if (!arrays && (!a || !b))
        return differ(walk, DIFFERENT_POINTERS, sides);
    if (are_strings(walk->comparison, &sides->a, &sides->b, strings))
        return compare_strings(walk, sides, strings);
    return arrays ? compare_elements(walk, sides) : follow(walk, sides, a, b);
}

/* ---- Structs and unions ---- */

bool _thimble_read_field(struct window *window, const struct repr_object *object,
                         const struct thimble_member *field, struct integer *value) {
    /* The bytes that hold it, so that no other member's need be readable. */
    struct thimble_member here = *field;
    here.offset %= 8;
    const char *bytes = _thimble_look(window, (const char *)object->data + field->offset / 8,
                                      (size_t)(here.offset + field->width + 7) / 8);
    if (bytes)
        *value = _thimble_load_member(object->unit, &here, bytes);
    return bytes;
}

static bool compare_fields(struct walk *walk, const struct sides *sides,
                           const struct thimble_member *one, const struct thimble_member *other) {
    struct integer a, b;
    bool there = _thimble_read_field(&walk->comparison->windows[0], &sides->a, one, &a) &&
                 _thimble_read_field(&walk->comparison->windows[1], &sides->b, other, &b);
    if (there && a.magnitude == b.magnitude && a.negative == b.negative)
        return true;
    struct difference difference = {.kind = there ? DIFFERENT_VALUES : UNREADABLE,
                                    .pair = walk->pair,
                                    .place = sides->place + one->offset,
                                    .a = sides->a,
                                    .b = sides->b,
                                    .field_a = one,
                                    .field_b = other};
    return walk->visit(walk->context, &difference) && there;
}

/* An array at the end whose length only the program knows has no elements here. */
static bool compare_members(struct walk *walk, const struct sides *sides) {
    const struct thimble_member *one, *other;
    for (uint64_t i = 0; (one = _thimble_member(sides->a.unit, sides->x, i)); i++) {
        other = _thimble_member(sides->b.unit, sides->y, i);
        if (!other || one->offset != other->offset || one->width != other->width)
            return differ(walk, DIFFERENT_TYPES, sides);
        struct repr_object a = inner(&sides->a, one->type, one->offset / 8);
        struct repr_object b = inner(&sides->b, other->type, other->offset / 8);
        bool goes_on = one->flags & THIMBLE_BITFIELD
                           ? compare_fields(walk, sides, one, other)
                           : compare(walk, &a, &b, sides->place + one->offset);
        if (!goes_on)
            return false;
    }
    return true;
}

/* The equal_NAME functions that run in this thread. While one does, objects of its type
 * are compared by their fields. */
struct speaking {
    const void *function;
    const struct speaking *outer;
};

static __thread const struct speaking *speaking;

static bool is_speaking(const void *function) {
    /* One that was left by a jump lies where the stack has been given up. */
    if (speaking && (uintptr_t)speaking < (uintptr_t)__builtin_frame_address(0))
        speaking = NULL;
    for (const struct speaking *one = speaking; one; one = one->outer)
        if (one->function == function)
            return true;
    return false;
}

static bool is_there(struct walk *walk, int side, const char *data, uint64_t size) {
    size_t there = 1;
    for (uint64_t at = 0; at < size && there; at += there)
        _thimble_look_along(&walk->comparison->windows[side], data + at,
                            size - at < WINDOW_SIZE ? (size_t)(size - at) : WINDOW_SIZE, &there);
    return there;
}

static bool ask_own(struct walk *walk, const struct sides *sides, const void *address) {
    union {
        const void *address;
        _Bool (*function)(const void *, const void *);
    } own = {address};
    const struct speaking here = {address, speaking};
    if (!is_there(walk, 0, sides->a.data, sides->x->size) ||
        !is_there(walk, 1, sides->b.data, sides->y->size))
        return differ(walk, UNREADABLE, sides);
    speaking = &here;
    bool equal = own.function(sides->a.data, sides->b.data);
    speaking = here.outer;
    return equal || differ(walk, DIFFERENT_BY_OWN, sides);
}

static bool is_aligned(const struct sides *sides) {
    uintptr_t both = (uintptr_t)sides->a.data | (uintptr_t)sides->b.data;
    return sides->x->align && both % sides->x->align == 0;
}

static bool compare_tagged(struct walk *walk, const struct sides *sides) {
    if (sides->x->size != sides->y->size || sides->x->count != sides->y->count)
        return differ(walk, DIFFERENT_TYPES, sides);
    const void *own = know(sides->a.unit, sides->a.type)->own;
    if (own && !is_speaking(own) && is_aligned(sides))
        return ask_own(walk, sides, own);
    return sides->x->kind == THIMBLE_UNION ? compare_bytes(walk, sides, DIFFERENT_UNIONS)
                                           : compare_members(walk, sides);
}

/* ---- Anything ---- */

static bool is_pointer(const struct thimble_type *type) {
    return type->kind == THIMBLE_POINTER || type->kind == THIMBLE_ARRAY;
}

static bool is_number(const struct unit *unit, const struct thimble_type *type) {
    return type->size <= LARGEST_SCALAR && _thimble_is_quantity(unit, type);
}

static bool compare_sides(struct walk *walk, const struct sides *sides) {
    const struct thimble_type *x = sides->x, *y = sides->y;
    if (!x || !y || walk->depth > DEEPEST_TYPE)
        return differ(walk, DIFFERENT_TYPES, sides);
    if (is_number(sides->a.unit, x) && is_number(sides->b.unit, y))
        return compare_numbers(walk, sides);
    if (is_pointer(x) && is_pointer(y))
        return compare_pointers(walk, sides);
    if (x->kind != y->kind || x->size != y->size)
        return differ(walk, DIFFERENT_TYPES, sides);
    return is_tagged(x) ? compare_tagged(walk, sides)
                        : compare_bytes(walk, sides, DIFFERENT_VALUES);
}

static bool compare(struct walk *walk, const struct repr_object *a, const struct repr_object *b,
                    uint64_t place) {
    struct sides sides = {.a = *a,
                          .b = *b,
                          .x = _thimble_bare_type(a->unit, a->type),
                          .y = _thimble_bare_type(b->unit, b->type),
                          .place = place};
    walk->depth++;
    bool goes_on = compare_sides(walk, &sides);
    walk->depth--;
    return goes_on;
}

/* ---- Pairs ---- */

static bool keep_first(void *context, const struct difference *difference) {
    *(struct difference *)context = *difference;
    return false;
}

/* A pointer that is of no use is what differs, not what it should point to. */
static bool is_readable(struct walk *walk, const struct pair *pair) {
    const struct pair *from = &walk->comparison->pairs.all[pair->from];
    if (look(walk, 0, pair->a.data, 1) && look(walk, 1, pair->b.data, 1))
        return true;
    struct sides pointers = {.a = inner(&from->a, pair->pointer_a, pair->place / 8),
                             .b = inner(&from->b, pair->pointer_b, pair->place / 8),
                             .place = pair->place};
    walk->pair = pair->from;
    differ(walk, UNREADABLE, &pointers);
    return false;
}

/* A pointer beside an array points to the first of as many elements. */
static void take_as_array(struct comparison *comparison, struct repr_object *pointer,
                          const struct repr_object *array) {
    struct characters characters;
    const struct thimble_type *one = _thimble_bare_type(pointer->unit, pointer->type);
    const struct thimble_type *other = _thimble_bare_type(array->unit, array->type);
    if (!one || !other || one->kind != THIMBLE_POINTER || other->kind != THIMBLE_ARRAY ||
        _thimble_read_characters(&comparison->windows[0], pointer, &characters) ||
        _thimble_read_characters(&comparison->windows[0], array, &characters))
        return;
    const struct thimble_type *to = _thimble_bare_type(pointer->unit, one->target);
    const char *bytes = _thimble_look(&comparison->windows[0], pointer->data, sizeof(void *));
    const void *address = NULL;
    if (bytes)
        memcpy(&address, bytes, sizeof address);
    if (address && to && to->kind != THIMBLE_VOID)
        *pointer = (struct repr_object){array->unit, array->type, address};
}

bool _thimble_compare(struct comparison *comparison, const struct repr_object *a,
                      const struct repr_object *b) {
    struct repr_object one = *a, other = *b;
    struct walk walk = {.comparison = comparison,
                        .visit = keep_first,
                        .context = &comparison->first,
                        .follows = true};
    comparison->first.kind = 0;
    comparison->windows[0].size = comparison->windows[1].size = 0;
    comparison->windows[0].start = comparison->windows[1].start = NULL;
    take_as_array(comparison, &one, b);
    take_as_array(comparison, &other, a);
    _thimble_pairs_begin(&comparison->pairs, &one, &other);
    for (uint32_t i = 0; i < comparison->pairs.count; i++) {
        struct pair pair = comparison->pairs.all[i];
        walk.pair = i;
        if (i > 0 && !is_readable(&walk, &pair))
            return false;
        if (!compare(&walk, &pair.a, &pair.b, 0))
            return false;
    }
    return true;
}

void _thimble_compare_end(struct comparison *comparison) {
    _thimble_pairs_end(&comparison->pairs);
}

void _thimble_each_difference(struct comparison *comparison, uint32_t number,
                              difference_visitor *visit, void *context) {
    struct pair pair = comparison->pairs.all[number];
    struct walk walk = {
        .comparison = comparison, .visit = visit, .context = context, .pair = number};
    compare(&walk, &pair.a, &pair.b, 0);
}
