#include "flow.h"

#include "heap.h"
#include <stdlib.h>
#include <string.h>
#include <thimble/abi.h>

struct flow_step {
    uint32_t from, to;
    bool moved;
};

struct flow_use {
    uint32_t from;
    struct pointed as;
};

static const char returned, parameters, unseen;
const struct flow_place flow_returned = {&returned, FLOW_VALUE};
const struct flow_place flow_parameters = {&parameters, FLOW_VALUE};
const struct flow_place flow_unseen = {&unseen, FLOW_VALUE};

void flow_free(struct flow *flow) {
    table_free(&flow->nodes);
    free(flow->steps);
    free(flow->uses);
    free(flow->seen);
}

static uint64_t key_of(struct flow_place place) {
    return (uint64_t)(uintptr_t)place.node << 1 | place.part;
}

static uint32_t node_of(struct flow *flow, struct flow_place place) {
    uint32_t node = table_find(&flow->nodes, key_of(place));
    if (node != THIMBLE_NONE)
        return node;
    table_put(&flow->nodes, key_of(place), flow->node_count);
    return flow->node_count++;
}

void flow_goes(struct flow *flow, struct flow_place from, struct flow_place to, bool moved) {
    flow->steps =
        heap_grow(flow->steps, &flow->step_capacity, flow->step_count + 1, sizeof *flow->steps);
    flow->steps[flow->step_count++] =
        (struct flow_step){node_of(flow, from), node_of(flow, to), moved};
}

void flow_becomes(struct flow *flow, struct flow_place from, const struct pointed *as) {
    if (as->is_void)
        return;
    flow->uses =
        heap_grow(flow->uses, &flow->use_capacity, flow->use_count + 1, sizeof *flow->uses);
    flow->uses[flow->use_count++] = (struct flow_use){node_of(flow, from), *as};
}

/* Each node is there twice: as itself and, behind those, as an address behind it. */
static size_t state_of(const struct flow *flow, uint32_t node, bool moved) {
    return node + (moved ? flow->node_count : 0);
}

/* Marks in `seen` what the node reaches. Steps are few: that goes round until nothing new is
 * reached. */
static void mark(struct flow *flow, uint32_t from) {
    flow->seen =
        heap_grow(flow->seen, &flow->seen_capacity, 2 * (size_t)flow->node_count, sizeof(bool));
    memset(flow->seen, 0, 2 * (size_t)flow->node_count * sizeof(bool));
    flow->seen[from] = true;
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < 2 * flow->step_count; i++) {
            const struct flow_step *step = &flow->steps[i / 2];
            bool moved = i % 2;
            size_t to = state_of(flow, step->to, moved || step->moved);
            if (!flow->seen[state_of(flow, step->from, moved)] || flow->seen[to])
                continue;
            flow->seen[to] = true;
            more = true;
        }
    }
}

bool flow_reaches(struct flow *flow, struct flow_place from, struct flow_place to, bool *moved) {
    uint32_t source = node_of(flow, from), target = node_of(flow, to);
    mark(flow, source);
    bool as_moved = flow->seen[state_of(flow, target, true)];
    if (moved)
        *moved = as_moved;
    return as_moved || flow->seen[target];
}

const struct pointed *flow_use(struct flow *flow, struct flow_place from, bool far) {
    uint32_t source = node_of(flow, from);
    if (far)
        mark(flow, source);
    for (size_t i = 0; i < flow->use_count; i++) {
        const struct flow_use *use = &flow->uses[i];
        if (far ? flow->seen[use->from] : use->from == source)
            return &use->as;
    }
    return NULL;
}
