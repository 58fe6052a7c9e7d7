#include "model.h"

#include "arithmetic.h"
#include "heap.h"
#include "model_data.h"
#include "naming.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_PATH = 4096, LONGEST_ARITHMETIC = 128 };

/* Makes room for `more` items at the end of an array of the model. */
#define ROOM(model, array, one, more)                                                              \
    ((model)->array = heap_grow((model)->array, &(model)->one##_capacity,                          \
                                (model)->one##_count + (more), sizeof *(model)->array))

struct model *model_new(const struct options *options, const char *source_file,
                        const char *directory, const char *compiler) {
    struct model *model = heap_new(sizeof *model);
    model->options = options;
    intern_init(&model->strings);
    model->source_file = intern_add(&model->strings, source_file);
    model->directory = intern_add(&model->strings, directory);
    model->compiler = intern_add(&model->strings, compiler);
    return model;
}

void model_free(struct model *model) {
    for (size_t i = 0; i < model->function_count; i++)
        free(model->functions[i].why);
    intern_free(&model->strings);
    table_free(&model->type_keys);
    table_free(&model->function_keys);
    table_free(&model->wrapping);
    free(model->types);
    free(model->members);
    free(model->enumerators);
    free(model->objects);
    free(model->object_details);
    free(model->functions);
    free(model->slots);
    free(model->symbols);
    free(model->tests);
    free(model->fixtures);
    free(model->cases);
    free(model->marks);
    free(model->sites);
    free(model->pairs);
    free(model->asserts);
    free(model->operands);
    table_free(&model->references.nodes);
    free(model->references.list);
    free(model);
}

static uint32_t add_text(struct model *model, const char *text) {
    return intern_add(&model->strings, text);
}

static uint32_t add_path(struct model *model, const char *path) {
    /* Most paths are tidy already: no "./", "../", "/./" or "//" in them. */
    if (!path || (!strstr(path, "./") && !strstr(path, "//")))
        return add_text(model, path);
    char tidy[LONGEST_PATH];
    naming_tidy_path(path, tidy, sizeof tidy);
    return add_text(model, tidy);
}

/* ---- Types ---- */

uint32_t model_type_find(const struct model *model, uint64_t key) {
    return table_find(&model->type_keys, key);
}

uint32_t model_type_add(struct model *model, uint64_t key) {
    ROOM(model, types, type, 1);
    uint32_t index = (uint32_t)model->type_count++;
    model->types[index] = (struct thimble_type){.kind = THIMBLE_OPAQUE, .target = THIMBLE_NONE};
    table_put(&model->type_keys, key, index);
    return index;
}

static bool has_parts(uint32_t kind) {
    return kind == THIMBLE_STRUCT || kind == THIMBLE_UNION || kind == THIMBLE_ENUM ||
           kind == THIMBLE_FUNCTION;
}

static uint32_t add_type_name(struct model *model, const struct model_type *is) {
    char name[LONGEST_ARITHMETIC];
    if (is->kind != THIMBLE_COMPLEX || is->target == THIMBLE_NONE)
        return add_text(model, arithmetic_name(is->kind, is->name, name, sizeof name));
    const char *part = intern_text(&model->strings, model->types[is->target].name);
    snprintf(name, sizeof name, "_Complex %s", part);
    return add_text(model, name);
}

void model_type_set(struct model *model, uint32_t type, const struct model_type *is) {
    struct thimble_type *record = &model->types[type];
    /* The parts are told separately, before or after. */
    uint64_t count = has_parts(is->kind) ? record->count : is->count;
    *record = (struct thimble_type){
        .kind = is->kind,
        .name = add_type_name(model, is),
        .size = is->size,
        .count = count,
        .align = is->align,
        .flags = is->flags,
        .target = is->target,
        .first = record->first,
        .file = add_path(model, is->file),
        .line = is->line,
    };
}

void model_type_members(struct model *model, uint32_t type, const struct model_member *members,
                        size_t count) {
    ROOM(model, members, member, count);
    model->types[type].first = (uint32_t)model->member_count;
    for (size_t i = 0; i < count; i++) {
        if (members[i].bitfield && !members[i].name)
            continue;
        model->members[model->member_count++] = (struct thimble_member){
            .name = add_text(model, members[i].name),
            .type = members[i].type,
            .offset = members[i].offset,
            .width = members[i].width,
            .flags = members[i].bitfield ? THIMBLE_BITFIELD : 0,
        };
    }
    model->types[type].count = model->member_count - model->types[type].first;
}

void model_type_enumerators(struct model *model, uint32_t type,
                            const struct model_enumerator *enumerators, size_t count) {
    ROOM(model, enumerators, enumerator, count);
    model->types[type].first = (uint32_t)model->enumerator_count;
    model->types[type].count = count;
    for (size_t i = 0; i < count; i++)
        model->enumerators[model->enumerator_count++] = (struct thimble_enumerator){
            .name = add_text(model, enumerators[i].name),
            .value = enumerators[i].value,
        };
}

uint32_t model_object_add(struct model *model, const char *name, uint32_t type,
                          bool inside_function) {
    ROOM(model, objects, object, 1);
    ROOM(model, object_details, object_detail, 1);
    model->object_details[model->object_detail_count++] =
        (struct object){inside_function, THIMBLE_NONE};
    model->objects[model->object_count] = (struct thimble_object){add_text(model, name), type};
    return (uint32_t)model->object_count++;
}

bool model_type_incomplete(const struct model *model, uint32_t type) {
    return model->types[type].flags & THIMBLE_INCOMPLETE;
}

const struct thimble_type *model_bare_type(const struct model *model, uint32_t type) {
    while (type != THIMBLE_NONE && (model->types[type].kind == THIMBLE_TYPEDEF ||
                                    model->types[type].kind == THIMBLE_QUALIFIED))
        type = model->types[type].target;
    return type == THIMBLE_NONE ? NULL : &model->types[type];
}

/* ---- Functions ---- */

uint32_t model_function_find(const struct model *model, uint64_t key) {
    return table_find(&model->function_keys, key);
}

uint32_t model_function_add(struct model *model, uint64_t key, const struct model_function *is) {
    ROOM(model, functions, function, 1);
    uint32_t index = (uint32_t)model->function_count++;
    model->functions[index] = (struct function){
        .key = key,
        .slot = THIMBLE_NONE,
        .symbol = THIMBLE_NONE,
        .definition = THIMBLE_NONE,
    };
    table_put(&model->function_keys, key, index);
    model_function_set(model, index, is);
    return index;
}

void model_function_set(struct model *model, uint32_t index, const struct model_function *is) {
    struct function *function = &model->functions[index];
    function->name = add_text(model, is->name);
    function->file = add_path(model, is->file);
    function->is = *is;
    function->is.name = intern_text(&model->strings, function->name);
    function->is.file = intern_text(&model->strings, function->file);
    function->is.symbol = intern_text(&model->strings, add_text(model, is->symbol));
    if ((is->flags & THIMBLE_DEFINED) && function->definition == THIMBLE_NONE)
        function->definition = model->definitions++;
}

const struct model_function *model_function(const struct model *model, uint32_t function) {
    return &model->functions[function].is;
}

uint32_t model_function_count(const struct model *model) {
    return (uint32_t)model->function_count;
}

void model_function_used(struct model *model, uint32_t function) {
    model->functions[function].used = true;
}

uint32_t model_seam(struct model *model, uint32_t index) {
    struct function *function = &model->functions[index];
    function->calls++;
    if (function->slot != THIMBLE_NONE)
        return function->slot;
    ROOM(model, slots, slot, 1);
    function->slot = (uint32_t)model->slot_count++;
    model->slots[function->slot] = index;
    return function->slot;
}

uint32_t model_slot_count(const struct model *model) {
    return (uint32_t)model->slot_count;
}

uint32_t model_slot_function(const struct model *model, uint32_t i) {
    return model->slots[i];
}

uint32_t model_function_calls(const struct model *model, uint32_t function) {
    return model->functions[function].calls;
}

static uint32_t add_symbol(struct model *model, uint32_t *symbol, bool object, uint32_t index) {
    if (*symbol != THIMBLE_NONE)
        return *symbol;
    ROOM(model, symbols, symbol, 1);
    *symbol = (uint32_t)model->symbol_count++;
    model->symbols[*symbol] = (struct model_symbol){object, index};
    return *symbol;
}

uint32_t model_symbol(struct model *model, uint32_t function) {
    return add_symbol(model, &model->functions[function].symbol, false, function);
}

uint32_t model_symbol_object(struct model *model, uint32_t object) {
    return add_symbol(model, &model->object_details[object].symbol, true, object);
}

uint32_t model_symbol_count(const struct model *model) {
    return (uint32_t)model->symbol_count;
}

struct model_symbol model_symbol_at(const struct model *model, uint32_t i) {
    return model->symbols[i];
}

/* ---- Sites ---- */

static uint32_t without_qualifiers(const struct model *model, uint32_t type) {
    while (type != THIMBLE_NONE && model->types[type].kind == THIMBLE_QUALIFIED)
        type = model->types[type].target;
    return type;
}

uint32_t model_site_add(struct model *model, const struct model_site *site) {
    ROOM(model, sites, site, 1);
    model->sites[model->site_count] = (struct thimble_site){
        .file = add_path(model, site->file),
        .line = site->line,
        .column = site->column,
        .kind = site->kind,
        .function = site->function,
        .callee = site->callee,
        .type = without_qualifiers(model, site->type),
        .flags = site->flags,
    };
    return (uint32_t)model->site_count++;
}

void model_site_set(struct model *model, uint32_t site, uint32_t type, uint32_t flags) {
    model->sites[site].type = without_qualifiers(model, type);
    model->sites[site].flags = flags;
}

void model_pair_add(struct model *model, uint32_t allocator, const char *release) {
    const struct thimble_pair pair = {allocator, add_text(model, release)};
    for (size_t i = 0; i < model->pair_count; i++)
        if (model->pairs[i].allocator == allocator && model->pairs[i].release == pair.release)
            return;
    ROOM(model, pairs, pair, 1);
    model->pairs[model->pair_count++] = pair;
}

/* ---- Asserts ---- */

uint32_t model_assert_add(struct model *model, const struct model_operand *operands, size_t count) {
    ROOM(model, asserts, assert, 1);
    ROOM(model, operands, operand, count);
    model->asserts[model->assert_count] = (struct thimble_assert){
        .first = (uint32_t)model->operand_count,
        .count = (uint32_t)count,
    };
    for (size_t i = 0; i < count; i++)
        model->operands[model->operand_count++] = (struct thimble_operand){
            .text = add_text(model, operands[i].text),
            .type = without_qualifiers(model, operands[i].type),
            .flags = operands[i].flags,
            .offset = operands[i].offset,
        };
    return (uint32_t)model->assert_count++;
}

/* ---- Marks ---- */

void model_mark_add(struct model *model, uint32_t function, enum thimble_mark_kind kind,
                    const char *text, double seconds) {
    ROOM(model, marks, mark, 1);
    model->marks[model->mark_count++] = (struct mark){
        .record = {.test = function, .kind = kind, .text = add_text(model, text)},
        .has_text = text,
        .seconds = seconds,
    };
}

/* ---- The unit as a whole ---- */

void model_includes_header(struct model *model) {
    model->includes_header = true;
}

void model_asserts_emptied(struct model *model) {
    model->asserts_emptied = true;
}

void model_installed_in(struct model *model, const char *folder) {
    if (model->test_count || model->includes_header)
        model->installation = add_text(model, folder);
}

bool model_is_empty(const struct model *model) {
    return model->function_count == 0 && model->type_count == 0;
}

uint32_t model_test_count(const struct model *model) {
    return (uint32_t)model->test_count;
}

uint32_t model_test_function(const struct model *model, uint32_t test) {
    return model->tests[test].function;
}

uint32_t model_test_flags(const struct model *model, uint32_t test) {
    return model->tests[test].flags;
}

uint32_t model_fixture_count(const struct model *model) {
    return (uint32_t)model->fixture_count;
}

uint32_t model_fixture_function(const struct model *model, uint32_t fixture) {
    return model->fixtures[fixture].function;
}

const char *model_function_identity(const struct model *model, uint32_t function) {
    return intern_text(&model->strings, model->functions[function].identity);
}

const char *model_function_why(const struct model *model, uint32_t function) {
    return model->functions[function].why;
}
