#include "types.h"

#include <stdio.h>
#include <string.h>

enum { MOST_TYPES = 1000, MOST_MEMBERS = 8 * MOST_TYPES };

static struct thimble_type types[MOST_TYPES];
static struct thimble_member members[MOST_MEMBERS];
static struct thimble_enumerator enumerators[MOST_MEMBERS];
static struct thimble_unit object;
static struct unit unit;
static char strings[65536];
static uint32_t strings_size;

uint64_t random_next(struct random *random) {
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return random->state;
}

uint64_t random_below(struct random *random, uint64_t limit) {
    return random_next(random) % limit;
}

static uint32_t string(const char *text) {
    uint32_t start = strings_size;
    size_t size = strlen(text) + 1;
    if (start + size > sizeof strings)
        return 0;
    memcpy(strings + start, text, size);
    strings_size += (uint32_t)size;
    return start;
}

static uint32_t name(struct random *random, const char *beginning, uint64_t i) {
    char text[32];
    if (random_below(random, 8) == 0)
        return 0;
    snprintf(text, sizeof text, "%s%llu", beginning, (unsigned long long)i);
    return string(text);
}

/* ---- Kinds ---- */

static void make_scalar(struct random *random, struct thimble_type *type) {
    static const struct {
        enum thimble_type_kind kind;
        const char *name;
        unsigned size, flags;
    } scalars[] = {{THIMBLE_BOOL, "_Bool", 1, 0},
                   {THIMBLE_CHAR, "char", 1, THIMBLE_SIGNED},
                   {THIMBLE_INTEGER, "unsigned char", 1, 0},
                   {THIMBLE_INTEGER, "short", 2, THIMBLE_SIGNED},
                   {THIMBLE_INTEGER, "int", 4, THIMBLE_SIGNED},
                   {THIMBLE_INTEGER, "unsigned long", 8, 0},
                   {THIMBLE_INTEGER, "long long", 8, THIMBLE_SIGNED},
                   {THIMBLE_INTEGER, "__int128", 16, THIMBLE_SIGNED},
                   {THIMBLE_FLOAT, "_Float16", 2, THIMBLE_SIGNED},
                   {THIMBLE_FLOAT, "__bf16", 2, THIMBLE_SIGNED},
                   {THIMBLE_FLOAT, "float", 4, THIMBLE_SIGNED},
                   {THIMBLE_FLOAT, "double", 8, THIMBLE_SIGNED},
                   {THIMBLE_FLOAT, "long double", 16, THIMBLE_SIGNED},
                   {THIMBLE_FLOAT, "_Float128", 16, THIMBLE_SIGNED},
                   {THIMBLE_FLOAT, "_Decimal32", 4, THIMBLE_SIGNED},
                   {THIMBLE_FLOAT, "_Decimal64", 8, THIMBLE_SIGNED},
                   {THIMBLE_FLOAT, "_Decimal128", 16, THIMBLE_SIGNED},
                   {THIMBLE_OPAQUE, "_BitInt(17)", 4, 0},
                   {THIMBLE_OPAQUE, "unsigned _BitInt(100)", 16, 0},
                   {THIMBLE_OPAQUE, "__fancy", 24, 0}};
    size_t i = random_below(random, sizeof scalars / sizeof *scalars);
    type->kind = scalars[i].kind;
    type->name = string(scalars[i].name);
    type->size = scalars[i].size;
    type->flags = scalars[i].flags;
    type->align = type->size > 8 ? 16 : (uint32_t)type->size;
}

static void make_enum(struct random *random, struct thimble_type *type, uint32_t i) {
    uint64_t value = 0;
    type->kind = THIMBLE_ENUM;
    type->name = name(random, "e", i);
    type->size = type->align = 4;
    type->first = unit.enumerator_count;
    type->count = random_below(random, 8);
    bool flags = random_below(random, 2);
    for (uint64_t j = 0; j < type->count; j++) {
        enumerators[unit.enumerator_count] =
            (struct thimble_enumerator){string("E"), 0, (int64_t)(flags ? 1u << j : value++)};
        unit.enumerator_count++;
    }
}

/* A member behind the last one, as a compiler would put it; now and then anywhere. */
static void make_member(struct random *random, struct thimble_type *type, uint32_t i,
                        uint64_t *end) {
    uint32_t index = (uint32_t)random_below(random, i);
    struct thimble_member *member = &members[unit.member_count++];
    const struct thimble_type *inner = &types[index];
    uint64_t align = inner->align ? inner->align : 1;
    *member = (struct thimble_member){.type = index};
    if (random_below(random, 10) || (inner->kind != THIMBLE_STRUCT && inner->kind != THIMBLE_UNION))
        member->name = string("m");
    uint64_t offset = type->kind == THIMBLE_UNION ? 0 : (*end + align - 1) / align * align;
    member->offset = offset * 8;
    if (inner->size && inner->size <= 8 && inner->kind != THIMBLE_POINTER &&
        random_below(random, 4) == 0) {
        member->flags = THIMBLE_BITFIELD;
        member->width = 1 + (uint32_t)random_below(random, inner->size * 8);
        member->offset += random_below(random, 8);
    }
    if (random_below(random, 200) == 0)
        member->offset = random_below(random, 100000);
    uint64_t behind = offset + inner->size + 1;
    *end = behind > *end ? behind : *end;
    type->align = align > type->align ? (uint32_t)align : type->align;
}

static void make_tagged(struct random *random, struct thimble_type *type, uint32_t i) {
    uint64_t end = 0;
    type->kind = random_below(random, 3) ? THIMBLE_STRUCT : THIMBLE_UNION;
    type->name = name(random, "s", random_below(random, 50));
    type->align = 1;
    if (random_below(random, 12) == 0) {
        type->flags = THIMBLE_INCOMPLETE;
        return;
    }
    uint64_t count = random_below(random, 7);
    type->first = unit.member_count;
    for (type->count = 0; type->count < count && end < 4000; type->count++)
        make_member(random, type, i, &end);
    type->size = (end + type->align - 1) / type->align * type->align;
    if (random_below(random, 100) == 0)
        type->size = random_below(random, 3 * end + 1);
}

static void make_array(struct random *random, struct thimble_type *type, uint32_t i) {
    static const uint64_t counts[] = {0, 1, 2, 3, 10, 40, 1000};
    type->kind = THIMBLE_ARRAY;
    type->target = (uint32_t)random_below(random, i);
    const struct thimble_type *element = &types[type->target];
    type->count = counts[random_below(random, sizeof counts / sizeof *counts)];
    if (element->size > 100)
        type->count = type->count ? 2 : 0;
    type->size = type->count * element->size;
    type->align = element->align;
    if (!type->count)
        type->flags = random_below(random, 2) ? THIMBLE_INCOMPLETE : 0;
}

/* Of another type: a name, qualifiers, two or several of it. */
static void make_derived(struct random *random, struct thimble_type *type, uint32_t i) {
    static const enum thimble_type_kind kinds[] = {THIMBLE_TYPEDEF, THIMBLE_QUALIFIED,
                                                   THIMBLE_COMPLEX, THIMBLE_OPAQUE};
    static const char *const names[] = {"wchar_t", "char16_t", "char32_t", "char8_t", "size_t"};
    const struct thimble_type *target = &types[type->target = (uint32_t)random_below(random, i)];
    type->kind = kinds[random_below(random, 4)];
    type->size = target->size;
    type->align = target->align;
    if (type->kind == THIMBLE_TYPEDEF)
        type->name =
            random_below(random, 4) ? name(random, "t", i) : string(names[random_below(random, 5)]);
    else if (type->kind == THIMBLE_QUALIFIED)
        type->flags = THIMBLE_CONST | (random_below(random, 2) ? THIMBLE_ATOMIC : 0);
    else if (type->kind == THIMBLE_COMPLEX)
        type->size *= random_below(random, 20) ? 2 : 1;
    else
        type->size *= type->count = 1 + random_below(random, 8);
}

static void make_pointer(struct random *random, struct thimble_type *type, uint32_t count) {
    type->kind = THIMBLE_POINTER;
    type->target = (uint32_t)random_below(random, count); /* to one that comes later, too */
    type->size = random_below(random, 100) ? sizeof(void *) : random_below(random, 40);
    type->align = sizeof(void *);
}

static void make_function(struct random *random, struct thimble_type *type, uint32_t i) {
    type->kind = THIMBLE_FUNCTION;
    type->target = (uint32_t)random_below(random, i);
    type->first = unit.member_count;
    type->count = random_below(random, 3);
    type->align = 1;
    for (uint64_t j = 0; j < type->count; j++)
        members[unit.member_count++] =
            (struct thimble_member){.type = (uint32_t)random_below(random, i)};
}

static void make_type(struct random *random, uint32_t i, uint32_t count) {
    struct thimble_type *type = &types[i];
    *type = (struct thimble_type){.target = THIMBLE_NONE};
    uint64_t kind = i < 4 ? 0 : random_below(random, 20);
    if (kind < 5)
        make_scalar(random, type);
    else if (kind < 6)
        make_enum(random, type, i);
    else if (kind < 11)
        make_tagged(random, type, i);
    else if (kind < 14)
        make_array(random, type, i);
    else if (kind < 16)
        make_derived(random, type, i);
    else if (kind < 19)
        make_pointer(random, type, count);
    else
        make_function(random, type, i);
    if (type->size > 65536)
        type->size = 65536;
}

const struct unit *random_unit(struct random *random, uint32_t count) {
    count = count < MOST_TYPES ? count : MOST_TYPES;
    strings_size = 1;
    unit = (struct unit){.object = &object,
                         .file = "fuzz.c",
                         .strings = strings,
                         .types = types,
                         .members = members,
                         .enumerators = enumerators};
    object.state = &unit;
    for (uint32_t i = 0; i < count; i++)
        make_type(random, i, count);
    unit.type_count = count;
    unit.strings_size = strings_size;
    return &unit;
}
