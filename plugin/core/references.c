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
    references->list = heap_grow(references->list, &references->capacity, references->count + 1,
                                 sizeof *references->list);
    references->list[references->count++] =
        (struct reference){node_of(references, from), node_of(references, to)};
}

void references_optimized(struct model *model) {
    model->references.optimized = true;
}

/* Marks what is referred to by what is marked already; or what refers to that. */
static void spread(const struct references *references, bool *marked, bool backwards) {
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < references->count; i++) {
            uint32_t known = backwards ? references->list[i].to : references->list[i].from;
            uint32_t next = backwards ? references->list[i].from : references->list[i].to;
            if (!marked[known] || marked[next])
                continue;
            marked[next] = changed = true;
        }
    }
}

static bool may_have_symbol(const struct function *function) {
    const uint32_t wanted = THIMBLE_INTERNAL | THIMBLE_DEFINED;
    return (function->is.flags & (wanted | THIMBLE_ALWAYS_INLINE)) == wanted &&
           function->slot != THIMBLE_NONE && function->is.main_file && !function->is.nested;
}

void references_give_symbols(struct model *model) {
    struct references *references = &model->references;
    uint32_t root = node_of(references, REFERENCES_ROOT);
    uint32_t foreign = node_of(references, REFERENCES_FOREIGN);
    for (size_t i = 0; i < model->function_count; i++)
        if (model->functions[i].symbol != THIMBLE_NONE)
            references_add(model, REFERENCES_ROOT, model->functions[i].key);
    for (size_t i = 0; i < model->function_count; i++)
        node_of(references, model->functions[i].key);
    bool *there = heap_new(references->node_count * sizeof *there);
    bool *asks = heap_new(references->node_count * sizeof *asks);
    there[root] = asks[foreign] = true;
    spread(references, there, false);
    spread(references, asks, true);
    for (uint32_t i = 0; i < model->function_count; i++) {
        uint32_t node = node_of(references, model->functions[i].key);
        if (may_have_symbol(&model->functions[i]) && there[node] &&
            !(references->optimized && asks[node]))
            model_symbol(model, i);
    }
    free(there);
    free(asks);
}
