#include "call_graph.h"

#include "heap.h"
#include "table.h"
#include <stdlib.h>
#include <thimble/abi.h>

struct edge {
    uint32_t caller, callee;
};

struct call_graph {
    struct table indices; /* of functions, by their keys */
    uint32_t count;
    struct edge *edges;
    size_t edge_count, edge_capacity;
    bool *in_circle; /* by index */
};

struct call_graph *call_graph_new(void) {
    return heap_new(sizeof(struct call_graph));
}

void call_graph_free(struct call_graph *graph) {
    table_free(&graph->indices);
    free(graph->edges);
    free(graph->in_circle);
    free(graph);
}

static uint32_t index_of(struct call_graph *graph, uint64_t function) {
    uint32_t index = table_find(&graph->indices, function);
    if (index != THIMBLE_NONE)
        return index;
    table_put(&graph->indices, function, graph->count);
    return graph->count++;
}

void call_graph_add(struct call_graph *graph, uint64_t caller, uint64_t callee) {
    graph->edges =
        heap_grow(graph->edges, &graph->edge_capacity, graph->edge_count + 1, sizeof *graph->edges);
    graph->edges[graph->edge_count++] =
        (struct edge){index_of(graph, caller), index_of(graph, callee)};
}

/* Who calls nobody that is left, or is called by nobody, is in no circle, and neither are
 * its calls. Returns whether there was one. */
static bool take_out(struct call_graph *graph, bool *calls_one, bool *is_called) {
    size_t left = 0;
    for (uint32_t i = 0; i < graph->count; i++)
        calls_one[i] = is_called[i] = false;
    for (size_t i = 0; i < graph->edge_count; i++) {
        calls_one[graph->edges[i].caller] = true;
        is_called[graph->edges[i].callee] = true;
    }
    for (size_t i = 0; i < graph->edge_count; i++) {
        struct edge edge = graph->edges[i];
        if (is_called[edge.caller] && calls_one[edge.callee])
            graph->edges[left++] = edge;
    }
    bool changed = left < graph->edge_count;
    graph->edge_count = left;
    return changed;
}

void call_graph_finish(struct call_graph *graph) {
    bool *is_called = heap_new(graph->count * sizeof *is_called);
    graph->in_circle = heap_new(graph->count * sizeof *graph->in_circle);
    while (take_out(graph, graph->in_circle, is_called))
        continue;
    free(is_called);
}

bool call_graph_recursive(const struct call_graph *graph, uint64_t function) {
    uint32_t index = table_find(&graph->indices, function);
    return index != THIMBLE_NONE && graph->in_circle[index];
}
