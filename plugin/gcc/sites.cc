/* sites.cc: allocating and releasing calls, those that may pass a block on, and what the tracker
 * is told of them.
 *
 *     (unit.releasing ? unit.releasing(&unit, site, block) : nothing,
 *      V = call,
 *      unit.allocated ? unit.allocated(&unit, site, V, size) : nothing, V)
 */
#include "gcc.h"

static tree argument(tree call, unsigned position) {
    return position && position <= (unsigned)call_expr_nargs(call)
               ? CALL_EXPR_ARG(call, position - 1)
               : NULL_TREE;
}

/* ---- The call ---- */

/* What the allocator is asked for, in bytes. */
static tree size_expression(tree call, const struct allocator *allocator) {
    if (!allocators_size_known(allocator, call_expr_nargs(call)))
        return build_minus_one_cst(size_type_node);
    tree size = fold_convert(size_type_node, argument(call, allocator->size));
    tree count = argument(call, allocator->count);
    if (!count)
        return size;
    return build2(MULT_EXPR, size_type_node, fold_convert(size_type_node, count), size);
}

/* unit.HOOK ? unit.HOOK(&unit, site, block[, size]) : nothing */
static tree tell(location_t place, const char *hook, uint32_t site, tree block, tree size) {
    tree before = NULL_TREE;
    tree function = in_temporary(unit_hook(hook), &before);
    tree args[4] = {unit_address(), build_int_cst(uint32_type_node, site),
                    fold_convert(ptr_type_node, block), size};
    tree call = build_call_array_loc(place, void_type_node, function, size ? 4 : 3, args);
    TREE_SIDE_EFFECTS(call) = 1;
    tree choice = build3_loc(place, COND_EXPR, void_type_node, is_set(place, function), call,
                             build_empty_stmt(place));
    TREE_SIDE_EFFECTS(choice) = 1;
    return sequence(place, before, choice);
}

/* The address of the new block behind the call whose value is in `value`; null
 * where the call failed. */
static tree block_expression(tree call, tree value, const struct allocator *allocator) {
    if (!allocator->result)
        return value;
    /* posix_memalign, asprintf, getline: it stands where an argument points. */
    tree where = argument(call, allocator->result);
    return build1(INDIRECT_REF, ptr_type_node,
                  fold_convert(build_pointer_type(ptr_type_node), where));
}

/* Whether a call that returns a number gave a block. */
static tree succeeded(location_t place, tree value, const struct allocator *allocator) {
    return build2_loc(place, allocator->zero_succeeds ? EQ_EXPR : GE_EXPR, boolean_type_node, value,
                      build_zero_cst(TREE_TYPE(value)));
}

/* ---- The site ---- */

static bool is_product(tree size) {
    while (size && (CONVERT_EXPR_P(size) || TREE_CODE(size) == SAVE_EXPR))
        size = TREE_OPERAND(size, 0);
    return size && TREE_CODE(size) == MULT_EXPR;
}

static void note_site(struct tracking *tracking, tree call, uint32_t site,
                      const struct allocator *allocator) {
    struct site_call noted = {};
    tree measured = sizeof_type_in(call);
    noted.site = site;
    noted.node = call;
    noted.allocator = *allocator;
    noted.result = pointed_by(TREE_TYPE(call));
    noted.measured = pointed_by(measured ? build_pointer_type(measured) : NULL_TREE);
    noted.multiplied = allocator->count || is_product(argument(call, allocator->size));
    /* A conversion that was folded away. */
    if (tree pointer = type_converted_to(call)) {
        struct pointed pointed = pointed_by(pointer);
        flow_becomes(&tracking->flow, {call, FLOW_VALUE}, &pointed);
    }
    if (tree holder = argument(call, allocator->result))
        note_holder(tracking, call, holder);
    if (tracking->may_wrap)
        note_asked(tracking, call, allocator);
    sites_add(&tracking->calls, &noted);
}

static uint32_t add_site(struct tracking *tracking, tree call, tree decl,
                         const struct allocator *allocator) {
    expanded_location place = expand_location(EXPR_LOCATION(call));
    struct model_site site = {};
    site.kind = allocator->kind;
    site.file = place.file;
    site.line = place.line;
    site.column = place.column;
    site.function = read_function(tracking->model, tracking->function);
    site.callee = decl ? read_function(tracking->model, decl) : THIMBLE_NONE;
    site.type = THIMBLE_NONE;
    uint32_t index = model_site_add(tracking->model, &site);
    if (allocator->release)
        model_pair_add(tracking->model, site.callee, allocator->release);
    if (allocator->kind != THIMBLE_RELEASES)
        note_site(tracking, call, index, allocator);
    return index;
}

tree tracked(struct tracking *tracking, tree call, tree decl, const struct allocator *allocator) {
    location_t place = EXPR_LOCATION(call);
    uint32_t site = add_site(tracking, call, decl, allocator);
    tree before = NULL_TREE;
    if (tree block = argument(call, allocator->block))
        before = tell(place, "releasing", site, block, NULL_TREE);
    if (allocator->kind == THIMBLE_RELEASES)
        return sequence(place, before, call);

    tree value = in_temporary(call, &before);
    tree behind = tell(place, "allocated", site, block_expression(call, value, allocator),
                       size_expression(call, allocator));
    if (allocator->result)
        behind = build3_loc(place, COND_EXPR, void_type_node, succeeded(place, value, allocator),
                            behind, build_empty_stmt(place));
    before = build2_loc(place, COMPOUND_EXPR, void_type_node, before, behind);
    return sequence(place, before, value);
}

bool find_site(struct tracking *tracking, tree call, tree decl, struct allocator *out) {
    if (decl) {
        struct allocator_attributes attributes = read_allocator_attributes(decl);
        if (allocators_find(tracking->options, name_of(DECL_NAME(decl)), symbol_of(decl),
                            is_internal(decl), POINTER_TYPE_P(TREE_TYPE(TREE_TYPE(decl))),
                            &attributes, out))
            return true;
    }
    struct passing facts = read_passing(call, decl, tracking->function);
    return sites_passes(tracking->options, tracking->model, &facts, out);
}

/* ---- The function as a whole ---- */

void tracking_begin(struct tracking *tracking, const struct options *options, struct model *model,
                    tree function) {
    tracking->options = options;
    tracking->model = model;
    tracking->function = function;
    tracking->facts = read_site_function(function);
    tracking->may_wrap = sites_may_wrap(&tracking->facts);
}

static uint32_t read_for_core(void *context, const void *type) {
    return read_type((struct model *)context, (tree) const_cast<void *>(type));
}

void tracking_end(struct tracking *tracking) {
    struct pointed text = pointed_by(build_pointer_type(char_type_node));
    sites_finish(tracking->model, &tracking->facts, &tracking->flow, &tracking->calls, &text,
                 read_for_core, tracking->model);
    flow_free(&tracking->flow);
    free(tracking->calls.list);
}
