#include "call_types.h"

#include "heap.h"
#include "model_data.h"
#include <stdlib.h>

/* Sets the keys of these types apart from those of the compilers' own. */
#define OUR_KEYS (UINT64_C(1) << 63)

static const struct thimble_type *type_of(const struct model *model, uint32_t function) {
    return model_bare_type(model, model->functions[function].is.type);
}

bool call_types_needed(const struct model *model, uint32_t function) {
    const struct thimble_type *type = type_of(model, function);
    return type && type->kind == THIMBLE_FUNCTION &&
           (type->flags & (THIMBLE_VARIADIC | THIMBLE_UNPROTOTYPED));
}

/* What is passed is a value: its own qualifiers say nothing. */
static uint32_t passed_type(const struct model *model, uint32_t type) {
    while (type != THIMBLE_NONE && model->types[type].kind == THIMBLE_QUALIFIED)
        type = model->types[type].target;
    return type;
}

/* Number i of a call's arguments. Without a prototype the definition's names are known, but
 * what is passed is what the call says. */
static struct model_member argument(const struct model *model, const struct thimble_type *function,
                                    size_t i, uint32_t type) {
    struct model_member member = {.type = passed_type(model, type)};
    if (i >= function->count)
        return member;
    const struct thimble_member *parameter = &model->members[function->first + i];
    member.name = intern_text(&model->strings, parameter->name);
    if (!(function->flags & THIMBLE_UNPROTOTYPED))
        member.type = parameter->type;
    return member;
}

static uint64_t mixed(uint64_t hash, uint64_t value) {
    return (hash ^ value) * UINT64_C(0x100000001b3);
}

static uint64_t key_of(struct model *model, uint32_t returned, const struct model_member *arguments,
                       size_t count) {
    uint64_t hash = mixed(UINT64_C(0xcbf29ce484222325), returned);
    for (size_t i = 0; i < count; i++) {
        hash = mixed(hash, arguments[i].type);
        hash = mixed(hash, intern_add(&model->strings, arguments[i].name));
    }
    return hash | OUR_KEYS;
}

static bool is(struct model *model, const struct thimble_type *type, uint32_t returned,
               const struct model_member *arguments, size_t count) {
    if (type->target != returned || type->count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct thimble_member *member = &model->members[type->first + i];
        if (member->type != arguments[i].type ||
            member->name != intern_add(&model->strings, arguments[i].name))
            return false;
    }
    return true;
}

static uint32_t find_or_add(struct model *model, uint32_t returned,
                            const struct model_member *arguments, size_t count) {
    uint64_t key = key_of(model, returned, arguments, count);
    uint32_t type = model_type_find(model, key);
    for (; type != THIMBLE_NONE; type = model_type_find(model, ++key | OUR_KEYS))
        if (is(model, &model->types[type], returned, arguments, count))
            return type;
    type = model_type_add(model, key | OUR_KEYS);
    model_type_set(model, type,
                   &(struct model_type){.kind = THIMBLE_FUNCTION, .align = 1, .target = returned});
    model_type_members(model, type, arguments, count);
    return type;
}

uint32_t call_types_add(struct model *model, uint32_t function, const uint32_t *types,
                        size_t count) {
    const struct thimble_type *type = type_of(model, function);
    struct model_member *arguments = heap_new((count + 1) * sizeof *arguments);
    for (size_t i = 0; i < count; i++)
        arguments[i] = argument(model, type, i, types[i]);
    uint32_t added = find_or_add(model, type->target, arguments, count);
    free(arguments);
    return added;
}
