#include "references.h"

#include "heap.h"
#include "model_data.h"
#include <stdlib.h>

struct reference {
    uint32_t from, to; /* nodes */
};

static uint32_t node_of(struct references *references, uint64_t key) {
    uint32_t node = table_find(&references->nodes, key);
    if (node != THIMBLE_NONE)
        return node;
    table_put(&references->nodes, key, references->node_count);
    return references->node_count++;
}

void references_add(struct model *model, uint64_t from, uint64_t to) {
    struct references *references = &model->references;
    if (references->optimized)
        return;
    references->list = heap_grow(references->list, &references->capacity, references->count + 1,
                                 sizeof *references->list);
    references->list[references->count++] =
        (struct reference){node_of(references, from), node_of(references, to)};
}

void references_optimized(struct model *model) {
    model->references.optimized = true;
}

/* Nobody else can name it, and it can be called through a pointer. */
static bool is_unknown_elsewhere(const struct function *function) {
    const uint32_t wanted = THIMBLE_INTERNAL | THIMBLE_DEFINED;
    return (function->is.flags & (wanted | THIMBLE_ALWAYS_INLINE)) == wanted &&
           function->is.main_file && !function->is.nested;
}

bool references_told(struct model *model, uint32_t index) {
    struct function *function = &model->functions[index];
    if (!model->references.optimized || !is_unknown_elsewhere(function))
        return false;
    function->is.flags |= THIMBLE_TELLS;
    return true;
}

/* Marks what is referred to by what is marked already. */
static void spread(const struct references *references, bool *marked) {
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < references->count; i++) {
            const struct reference *reference = &references->list[i];
            if (!marked[reference->from] || marked[reference->to])
                continue;
            marked[reference->to] = changed = true;
        }
    }
}

void references_give_symbols(struct model *model) {
    struct references *references = &model->references;
    if (references->optimized)
        return;
    uint32_t root = node_of(references, REFERENCES_ROOT);
    for (size_t i = 0; i < model->function_count; i++)
        if (model->functions[i].symbol != THIMBLE_NONE)
            references_add(model, REFERENCES_ROOT, model->functions[i].key);
    for (size_t i = 0; i < model->function_count; i++)
        node_of(references, model->functions[i].key);
    bool *there = heap_new(references->node_count * sizeof *there);
    there[root] = true;
    spread(references, there);
    for (uint32_t i = 0; i < model->function_count; i++) {
        const struct function *function = &model->functions[i];
        if (is_unknown_elsewhere(function) && function->slot != THIMBLE_NONE &&
            there[node_of(references, function->key)])
            model_symbol(model, i);
    }
    free(there);
}
