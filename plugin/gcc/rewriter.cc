/* rewriter.cc: calls into seams, allocating calls into sites.
 *
 * A call f(a, b) becomes
 *
 *     (A = a, B = b, S = slot, S ? S(A, B) : f(A, B))
 *
 * where only operands that do something or cost something get a temporary. The
 * direct call stays what it was, so that it is inlined and folded as before. What
 * is said about a block stands in the direct branch: what a replacement returns
 * is nobody's allocation.
 */
#include "gcc.h"

struct rewriting {
    const struct options *const options;
    struct model *const model;
    const tree function;
    hash_set<tree> visited{};
    struct tracking tracking {};
    bool comes_back = false; /* there is a block in it that a jump may leave */
    unsigned dead = 0;       /* conditions around that never hold */
};

static tree visit(tree *, int *, void *);

static void visit_below(struct rewriting *rewriting, tree *place) {
    walk_tree(place, visit, rewriting, &rewriting->visited);
}

/* ---- Operands ---- */

/* Whether both branches can hold the operand itself. */
static bool is_repeatable(tree operand) {
    if (TREE_SIDE_EFFECTS(operand))
        return false;
    tree base = operand;
    while (CONVERT_EXPR_P(base) || TREE_CODE(base) == COMPONENT_REF)
        base = TREE_OPERAND(base, 0);
    return tree_invariant_p(operand) || DECL_P(base) || AGGREGATE_TYPE_P(TREE_TYPE(operand));
}

/* Makes the call's operands such that the call can stand twice. Returns what has
 * to be evaluated before it, or null. */
static tree save_operands(tree call) {
    tree before = NULL_TREE;
    for (int i = 0; i < call_expr_nargs(call); i++)
        if (!is_repeatable(CALL_EXPR_ARG(call, i)))
            CALL_EXPR_ARG(call, i) = in_temporary(CALL_EXPR_ARG(call, i), &before);
    return before;
}

/* ---- Seams ---- */

/* The type through which a replacement is called. */
static tree replacement_type(tree call, tree decl) {
    tree type = TREE_TYPE(TREE_TYPE(CALL_EXPR_FN(call)));
    tree attributes = TYPE_ATTRIBUTES(type);
    for (const char *const *promise = seams_promises(); *promise; promise++)
        if (lookup_attribute(*promise, attributes))
            attributes = remove_attribute(*promise, copy_list(attributes));
    if (attributes != TYPE_ATTRIBUTES(type))
        type = build_type_attribute_variant(TYPE_MAIN_VARIANT(type), attributes);
    bool returns = !(flags_from_decl_or_type(decl) & ECF_NORETURN);
    return build_pointer_type(
        build_qualified_type(type, returns ? TYPE_UNQUALIFIED : TYPE_QUAL_VOLATILE));
}

/* The same call to what the slot holds. */
static tree replaced_call(tree call, tree decl, tree replacement) {
    tree other = copy_node(call);
    CALL_EXPR_FN(other) = build1(NOP_EXPR, replacement_type(call, decl), replacement);
    CALL_EXPR_STATIC_CHAIN(other) = NULL_TREE;
    TREE_NOTHROW(other) = 0;
    TREE_SIDE_EFFECTS(other) = 1;
    suppress_warning(other);
    return other;
}

/* Whether the last argument stands for those of whoever the function is inlined into. */
static bool passes_on(tree call) {
    int count = call_expr_nargs(call);
    tree last = count ? CALL_EXPR_ARG(call, count - 1) : NULL_TREE;
    return last && TREE_CODE(last) == CALL_EXPR && get_callee_fndecl(last) &&
           fndecl_built_in_p(get_callee_fndecl(last), BUILT_IN_VA_ARG_PACK);
}

/* thimble_variadic(&unit, type, REPLACEMENT), where only the call knows what is passed; else
 * null. */
static tree passed_told(struct model *model, tree call, uint32_t function, tree replacement) {
    if (!call_types_needed(model, function) || passes_on(call))
        return NULL_TREE;
    auto_vec<uint32_t> types;
    for (int i = 0; i < call_expr_nargs(call); i++)
        types.safe_push(read_type(model, TREE_TYPE(CALL_EXPR_ARG(call, i))));
    uint32_t type = call_types_add(model, function, types.address(), types.length());
    tree args[] = {unit_address(), build_int_cst(uint32_type_node, type), replacement};
    tree callee = runtime_function(
        EMISSION_VARIADIC, build_function_type_list(void_type_node, ptr_type_node, uint32_type_node,
                                                    ptr_type_node, NULL_TREE));
    tree address = build1(ADDR_EXPR, build_pointer_type(TREE_TYPE(callee)), callee);
    tree told = build_call_array_loc(EXPR_LOCATION(call), void_type_node, address, 3, args);
    TREE_SIDE_EFFECTS(told) = 1;
    return told;
}

static tree guarded(struct model *model, tree call, tree direct, tree decl) {
    location_t place = EXPR_LOCATION(call);
    uint32_t function = read_function(model, decl);
    tree before = NULL_TREE;
    tree replacement = in_temporary(slot_value(model_seam(model, function)), &before);
    tree replaced = sequence(place, passed_told(model, call, function, replacement),
                             replaced_call(call, decl, replacement));
    tree choice =
        build3_loc(place, COND_EXPR, TREE_TYPE(call), is_set(place, replacement), replaced, direct);
    TREE_SIDE_EFFECTS(choice) = 1;
    return sequence(place, before, choice);
}

/* ---- References ---- */

/* Whether the function or variable exists, whoever refers to it. */
static bool surely_exists(tree decl) {
    if (lookup_attribute("error", DECL_ATTRIBUTES(decl)) ||
        lookup_attribute("warning", DECL_ATTRIBUTES(decl)))
        return false;
    if (TREE_CODE(decl) == FUNCTION_DECL && (DECL_SAVED_TREE(decl) || fndecl_built_in_p(decl)))
        return !DECL_EXTERNAL(decl) || fndecl_built_in_p(decl);
    return !DECL_EXTERNAL(decl) || in_system_header_at(DECL_SOURCE_LOCATION(decl));
}

/* What a function or an initializer refers to, as far as that says what is in the object
 * file. */
static void note_reference(struct model *model, uint64_t from, tree decl, bool dead) {
    if (VAR_P(decl) && !TREE_STATIC(decl) && !DECL_EXTERNAL(decl))
        return;
    if (!surely_exists(decl))
        references_add(model, from, REFERENCES_FOREIGN);
    else if (!dead && !TREE_PUBLIC(decl))
        references_add(model, from, DECL_UID(decl));
}

/* ---- The walk ---- */

static tree rewritten_call(struct rewriting *rewriting, tree call, tree decl) {
    struct call facts = read_call(call, decl);
    enum seam_decision decision = seams_decide(rewriting->options, &facts);
    struct allocator allocator;
    bool allocates = find_site(&rewriting->tracking, call, decl, &allocator);
    location_t place = EXPR_LOCATION(call);
    tree before = operands_handed_over(rewriting->model, call);
    if (decision == SEAM_NO && !allocates)
        return sequence(place, before, call);

    if (tree operands = save_operands(call))
        before = before ? build2(COMPOUND_EXPR, TREE_TYPE(operands), before, operands) : operands;
    tree direct = allocates ? tracked(&rewriting->tracking, call, decl, &allocator) : call;
    if (decision != SEAM_NO)
        direct = guarded(rewriting->model, call, direct, decl);
    tree value = sequence(place, before, direct);
    if (!AGGREGATE_TYPE_P(TREE_TYPE(call)))
        return value;
    /* The members of a struct that a call returned can be asked for: that takes
     * an object. */
    tree object = create_tmp_var_raw(TREE_TYPE(call));
    return build4(TARGET_EXPR, TREE_TYPE(call), object, value, NULL_TREE, NULL_TREE);
}

static tree rewritten_pointer_call(struct rewriting *rewriting, tree call) {
    struct allocator allocator;
    visit_below(rewriting, &CALL_EXPR_FN(call));
    return find_site(&rewriting->tracking, call, NULL_TREE, &allocator)
               ? tracked(&rewriting->tracking, call, NULL_TREE, &allocator)
               : call;
}

static void visit_call(struct rewriting *rewriting, tree *place) {
    tree call = *place, decl = get_callee_fndecl(call);
    bool marker = decl && naming_is_marker(name_of(DECL_NAME(decl)));
    rewriting->dead += marker; /* of its operand only the description stays */
    for (int i = 0; i < call_expr_nargs(call); i++)
        visit_below(rewriting, &CALL_EXPR_ARG(call, i));
    rewriting->dead -= marker;
    if (!decl) {
        if (CALL_EXPR_FN(call))
            *place = rewritten_pointer_call(rewriting, call);
        return;
    }
    if (marker) {
        *place = marked(rewriting->model, call);
        return;
    }
    if (naming_comes_back(name_of(DECL_NAME(decl))))
        rewriting->comes_back = true;
    check_values(rewriting->model, call, decl);
    check_injection(rewriting->model, call, decl);
    note_reference(rewriting->model, DECL_UID(rewriting->function), decl, rewriting->dead);
    visit_below(rewriting, &CALL_EXPR_FN(call));
    *place = rewritten_call(rewriting, call, decl);
}

static void note_use(const struct options *options, struct model *model, tree decl) {
    if (naming_use_counts(options->prefix, name_of(DECL_NAME(decl))))
        model_function_used(model, read_function(model, decl));
}

/* A choice that a constant makes: what the other branch refers to is not in the object
 * file. */
static void visit_choice(struct rewriting *rewriting, tree choice) {
    bool never[] = {integer_zerop(COND_EXPR_COND(choice)) != 0,
                    integer_zerop(COND_EXPR_COND(choice)) == 0};
    for (int i = 0; i < 2; i++) {
        if (!TREE_OPERAND(choice, i + 1))
            continue;
        rewriting->dead += never[i];
        visit_below(rewriting, &TREE_OPERAND(choice, i + 1));
        rewriting->dead -= never[i];
    }
}

static tree visit(tree *place, int *walk_subtrees, void *data) {
    struct rewriting *rewriting = (struct rewriting *)data;
    tree node = *place;
    note_flow(&rewriting->tracking, node);
    if (TYPE_P(node)) {
        *walk_subtrees = 0;
    } else if (TREE_CODE(node) == CALL_EXPR) {
        *walk_subtrees = 0;
        visit_call(rewriting, place);
    } else if (TREE_CODE(node) == CONSTRUCTOR) {
        mark_object(rewriting->model, node);
    } else if (TREE_CODE(node) == COMPOUND_LITERAL_EXPR) {
        visit_below(rewriting, &DECL_INITIAL(COMPOUND_LITERAL_EXPR_DECL(node)));
    } else if (TREE_CODE(node) == COND_EXPR && TREE_CODE(COND_EXPR_COND(node)) == INTEGER_CST) {
        *walk_subtrees = 0;
        visit_choice(rewriting, node);
    } else if (TREE_CODE(node) == FUNCTION_DECL) {
        note_use(rewriting->options, rewriting->model, node);
        note_reference(rewriting->model, DECL_UID(rewriting->function), node, rewriting->dead);
    } else if (VAR_P(node)) {
        note_reference(rewriting->model, DECL_UID(rewriting->function), node, rewriting->dead);
    }
    return NULL_TREE;
}

/* What nobody has to refer to. */
static bool is_root(tree decl) {
    if (TREE_CODE(decl) != FUNCTION_DECL)
        return TREE_PUBLIC(decl) || DECL_PRESERVE_P(decl);
    bool external = TREE_PUBLIC(decl) && !DECL_DECLARED_INLINE_P(decl);
    return external || DECL_PRESERVE_P(decl) || DECL_STATIC_CONSTRUCTOR(decl) ||
           DECL_STATIC_DESTRUCTOR(decl);
}

static void note_root(struct model *model, tree decl) {
    if (is_root(decl))
        references_add(model, REFERENCES_ROOT, DECL_UID(decl));
}

void rewrite_function(const struct options *options, struct model *model, tree decl) {
    struct rewriting rewriting = {options, model, decl};
    tracking_begin(&rewriting.tracking, options, model, decl);
    note_root(model, decl);
    tree saved = current_function_decl;
    current_function_decl = decl;
    visit_below(&rewriting, &DECL_SAVED_TREE(decl));
    current_function_decl = saved;
    tracking_end(&rewriting.tracking);
    if (rewriting.comes_back)
        keep_locals(decl);
}

struct uses {
    const struct options *options;
    struct model *model;
    const tree variable;
};

static tree visit_use(tree *place, int *walk_subtrees, void *data) {
    struct uses *uses = (struct uses *)data;
    tree node = *place;
    if (TYPE_P(node))
        *walk_subtrees = 0;
    else if (TREE_CODE(node) == FUNCTION_DECL)
        note_use(uses->options, uses->model, node);
    if (TREE_CODE(node) == FUNCTION_DECL || VAR_P(node))
        note_reference(uses->model, DECL_UID(uses->variable), node, false);
    return NULL_TREE;
}

void note_uses(const struct options *options, struct model *model, tree variable) {
    struct uses uses = {options, model, variable};
    note_root(model, variable);
    walk_tree_without_duplicates(&DECL_INITIAL(variable), visit_use, &uses);
}
