#include "blob.h"

#include <string.h>

/* ---- Sections ---- */

struct table {
    const void *start;
    uint32_t size;
};

#define TABLES (THIMBLE_PAIRS + 1)

static size_t padded(uint32_t size) {
    return ((size_t)size + 7) / 8 * 8;
}

/* The sections by kind. The first of a kind counts. False where one does not fit. */
static bool find_tables(const struct thimble_blob *blob, struct table tables[TABLES]) {
    const char *at = (const char *)(blob + 1);
    size_t left = blob->size - sizeof(*blob);
    for (uint32_t i = 0; i < blob->section_count; i++) {
        const struct thimble_section *section = (const void *)at;
        if (left < sizeof(*section))
            return false;
        left -= sizeof(*section);
        size_t size = padded(section->size);
        if (left < size)
            return false;
        left -= size;
        if (section->kind < TABLES && !tables[section->kind].start)
            tables[section->kind] = (struct table){section + 1, section->size};
        at = (const char *)(section + 1) + size;
    }
    return true;
}

static bool whole_records(const struct table tables[TABLES]) {
    static const uint32_t record_sizes[TABLES] = {
        [THIMBLE_SOURCE] = sizeof(struct thimble_source),
        [THIMBLE_TYPES] = sizeof(struct thimble_type),
        [THIMBLE_MEMBERS] = sizeof(struct thimble_member),
        [THIMBLE_OBJECTS] = sizeof(struct thimble_object),
        [THIMBLE_ENUMERATORS] = sizeof(struct thimble_enumerator),
        [THIMBLE_FUNCTIONS] = sizeof(struct thimble_function),
        [THIMBLE_TESTS] = sizeof(struct thimble_test),
        [THIMBLE_SITES] = sizeof(struct thimble_site),
        [THIMBLE_ASSERTS] = sizeof(struct thimble_assert),
        [THIMBLE_OPERANDS] = sizeof(struct thimble_operand),
        [THIMBLE_INSTALLATION] = sizeof(struct thimble_installation),
        [THIMBLE_FIXTURES] = sizeof(struct thimble_fixture),
        [THIMBLE_CASES] = sizeof(struct thimble_cases),
        [THIMBLE_MARKS] = sizeof(struct thimble_mark),
        [THIMBLE_PAIRS] = sizeof(struct thimble_pair),
    };
    for (int kind = 0; kind < TABLES; kind++) {
        if (record_sizes[kind] && tables[kind].size % record_sizes[kind] != 0)
            return false;
    }
    return true;
}

static void set_tables(struct unit *unit, const struct table tables[TABLES]) {
    unit->strings = tables[THIMBLE_STRINGS].start;
    unit->strings_size = tables[THIMBLE_STRINGS].size;
    if (tables[THIMBLE_SOURCE].size)
        unit->source = tables[THIMBLE_SOURCE].start;
    if (tables[THIMBLE_INSTALLATION].size)
        unit->installation = tables[THIMBLE_INSTALLATION].start;
#define SET(field, count, kind)                                                                    \
    unit->field = tables[kind].start;                                                              \
    unit->count = (uint32_t)(tables[kind].size / sizeof(*unit->field))
    SET(types, type_count, THIMBLE_TYPES);
    SET(members, member_count, THIMBLE_MEMBERS);
    SET(objects, object_count, THIMBLE_OBJECTS);
    SET(enumerators, enumerator_count, THIMBLE_ENUMERATORS);
    SET(functions, function_count, THIMBLE_FUNCTIONS);
    SET(tests, test_count, THIMBLE_TESTS);
    SET(sites, site_count, THIMBLE_SITES);
    SET(asserts, assert_count, THIMBLE_ASSERTS);
    SET(operands, operand_count, THIMBLE_OPERANDS);
    SET(fixtures, fixture_count, THIMBLE_FIXTURES);
    SET(cases, cases_count, THIMBLE_CASES);
    SET(marks, mark_count, THIMBLE_MARKS);
    SET(pairs, pair_count, THIMBLE_PAIRS);
#undef SET
}

/* ---- Indices ---- */

static bool within(uint32_t index, uint32_t count) {
    return index == THIMBLE_NONE || index < count;
}

static bool range_within(uint64_t first, uint64_t count, uint32_t total) {
    return count <= total && first <= total - count;
}

static bool type_is_sound(const struct unit *unit, const struct thimble_type *type) {
    if (!within(type->target, unit->type_count))
        return false;
    switch (type->kind) {
    case THIMBLE_STRUCT:
    case THIMBLE_UNION:
    case THIMBLE_FUNCTION:
        return type->count == 0 || range_within(type->first, type->count, unit->member_count);
    case THIMBLE_ENUM:
        return type->count == 0 || range_within(type->first, type->count, unit->enumerator_count);
    default:
        return true;
    }
}

static bool function_is_sound(const struct unit *unit, const struct thimble_function *function) {
    return within(function->type, unit->type_count) &&
           within(function->slot, unit->object->slot_count) &&
           within(function->symbol, unit->object->symbol_count);
}

static bool site_is_sound(const struct unit *unit, const struct thimble_site *site) {
    return within(site->function, unit->function_count) &&
           within(site->callee, unit->function_count) && within(site->type, unit->type_count);
}

static bool cases_are_sound(const struct unit *unit, const struct thimble_cases *cases) {
    return cases->test < unit->test_count && cases->symbol < unit->object->symbol_count &&
           cases->type < unit->type_count;
}

static bool indices_are_sound(const struct unit *unit) {
    bool sound = true;
    for (uint32_t i = 0; i < unit->type_count; i++)
        sound &= type_is_sound(unit, &unit->types[i]);
    for (uint32_t i = 0; i < unit->member_count; i++)
        sound &= within(unit->members[i].type, unit->type_count);
    for (uint32_t i = 0; i < unit->object_count; i++)
        sound &= within(unit->objects[i].type, unit->type_count);
    for (uint32_t i = 0; i < unit->function_count; i++)
        sound &= function_is_sound(unit, &unit->functions[i]);
    for (uint32_t i = 0; i < unit->test_count; i++)
        sound &= unit->tests[i].function < unit->function_count;
    for (uint32_t i = 0; i < unit->site_count; i++)
        sound &= site_is_sound(unit, &unit->sites[i]);
    for (uint32_t i = 0; i < unit->assert_count; i++)
        sound &= range_within(unit->asserts[i].first, unit->asserts[i].count, unit->operand_count);
    for (uint32_t i = 0; i < unit->operand_count; i++)
        sound &= within(unit->operands[i].type, unit->type_count);
    for (uint32_t i = 0; i < unit->fixture_count; i++)
        sound &= unit->fixtures[i].function < unit->function_count;
    for (uint32_t i = 0; i < unit->cases_count; i++)
        sound &= cases_are_sound(unit, &unit->cases[i]);
    for (uint32_t i = 0; i < unit->mark_count; i++)
        sound &= unit->marks[i].test < unit->test_count;
    for (uint32_t i = 0; i < unit->pair_count; i++)
        sound &= unit->pairs[i].allocator < unit->function_count;
    return sound;
}

const char *_thimble_read_blob(struct unit *unit, const struct thimble_unit *object) {
    const struct thimble_blob *blob = object->blob;
    if (!blob || object->blob_size < sizeof(*blob) || (uintptr_t)blob % 8 != 0)
        return "has no descriptors";
    if (blob->magic != THIMBLE_MAGIC || blob->size != object->blob_size)
        return "does not begin as descriptors do";
    if ((object->symbol_count && !object->symbols) || (object->slot_count && !object->slots))
        return "has no tables";
    struct table tables[TABLES] = {{0}};
    if (!find_tables(blob, tables) || !whole_records(tables))
        return "has sections that do not fit";
    const struct table *strings = &tables[THIMBLE_STRINGS];
    if (strings->size && ((const char *)strings->start)[strings->size - 1] != '\0')
        return "has strings without an end";
    set_tables(unit, tables);
    return indices_are_sound(unit) ? NULL : "has indices out of bounds";
}
