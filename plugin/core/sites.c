#include "sites.h"

#include "heap.h"
#include "model_data.h"

/* ---- Which calls pass blocks on ---- */

/* Of the unit's own functions that were read already it is known. */
static bool is_no_wrapper(const struct model *model, const struct passing *call) {
    return !call->interposable && table_find(&model->wrapping, call->key) == 0;
}

bool sites_passes(const struct options *options, const struct model *model,
                  const struct passing *call, struct allocator *out) {
    if (!options->allocs || !call->returns_block || !call->takes_number || call->must_tail ||
        call->noreturn || call->pure)
        return false;
    if (!call->through_pointer &&
        (call->system || call->builtin || call->itself || is_no_wrapper(model, call)))
        return false;
    *out = (struct allocator){.kind = THIMBLE_PASSES, .size_unknown = true};
    return true;
}

/* ---- Wrappers ---- */

bool sites_returns_by_holder(const struct site_function *function) {
    return function->internal && function->takes_holder && !function->returns_pointer;
}

bool sites_may_wrap(const struct site_function *function) {
    return function->takes_number && (function->returns_block || sites_returns_by_holder(function));
}

/* A void * and a char * say nothing about what the block is for; nor do other bytes, in which
 * a wrapper fills it. */
static bool knows_type(const struct pointed *used) {
    return used && !used->is_byte;
}

/* Whether the function, by which the type is known or not, is a wrapper where it makes this
 * call. */
static bool wraps(struct flow *flow, const struct site_call *call) {
    const struct flow_place block = {call->node, FLOW_VALUE}, asked = {call->node, FLOW_ASKED};
    bool moved, measured = call->measured.type && !call->measured.is_byte;
    if (!flow_reaches(flow, flow_parameters, asked, NULL) ||
        !flow_reaches(flow, block, flow_returned, &moved))
        return false;
    /* What stands in front of what is returned is a header, of which the type is known. So many
     * of a type are no header. */
    if (moved)
        return !(measured && call->multiplied);
    return !measured && !knows_type(flow_use(flow, block, false));
}

/* ---- Types ---- */

static const struct pointed *element(struct flow *flow, const struct site_call *call,
                                     const struct pointed *text) {
    const struct flow_place block = {call->node, FLOW_VALUE};
    const struct pointed *used = flow_use(flow, block, false);
    const struct pointed *target = used ? used : &call->result;
    struct element_hints hints = {
        .to_void = !target->type || target->is_void,
        .to_char = target->is_char,
        .to_function = target->is_function,
        .measured = call->measured.type,
    };
    switch (allocators_element(&call->allocator, &hints)) {
    case ELEMENT_CHAR:
        return text;
    case ELEMENT_TARGET:
        return target;
    case ELEMENT_MEASURED:
        return &call->measured;
    case ELEMENT_UNKNOWN:
        break;
    }
    /* The variables that hold it may be used as something. */
    used = hints.to_void ? flow_use(flow, block, true) : NULL;
    return used && !used->is_function ? used : NULL;
}

/* ---- The function as a whole ---- */

void sites_add(struct site_calls *calls, const struct site_call *call) {
    calls->list = heap_grow(calls->list, &calls->capacity, calls->count + 1, sizeof *calls->list);
    calls->list[calls->count++] = *call;
}

void sites_finish(struct model *model, const struct site_function *function, struct flow *flow,
                  const struct site_calls *calls, const struct pointed *text, sites_read_type *read,
                  void *context) {
    bool may_wrap = sites_may_wrap(function);
    bool wrapper = may_wrap && flow_reaches(flow, flow_unseen, flow_returned, NULL);
    for (size_t i = 0; i < calls->count; i++) {
        const struct site_call *call = &calls->list[i];
        if (call->allocator.kind == THIMBLE_RELEASES)
            continue;
        const struct pointed *type = element(flow, call, text);
        bool wrapped = may_wrap && wraps(flow, call);
        model_site_set(model, call->site, type ? read(context, type->type) : THIMBLE_NONE,
                       wrapped ? THIMBLE_WRAPS : 0);
        wrapper |= wrapped;
    }
    if (function->returns_block)
        table_put(&model->wrapping, function->key, wrapper);
}
