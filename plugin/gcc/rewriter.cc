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
    hash_map<tree, tree> wanted{}; /* a call, and the pointer type that its value becomes */
    bool comes_back = false;       /* there is a block in it that a jump may leave */
    unsigned dead = 0;             /* conditions around that never hold */
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

/* A temporary that holds the operand's value. */
static tree in_temporary(tree operand, tree *before) {
    tree saved = build1(SAVE_EXPR, TREE_TYPE(operand), operand);
    TREE_SIDE_EFFECTS(saved) = 1;
    SET_EXPR_LOCATION(saved, EXPR_LOCATION(operand));
    *before = *before ? build2(COMPOUND_EXPR, TREE_TYPE(saved), *before, saved) : saved;
    return saved;
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

static tree sequence(location_t place, tree before, tree value) {
    return before ? build2_loc(place, COMPOUND_EXPR, TREE_TYPE(value), before, value) : value;
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

static tree unlikely(location_t place, tree condition) {
    tree expect = builtin_decl_explicit(BUILT_IN_EXPECT);
    tree value =
        build_call_expr_loc(place, expect, 2, fold_convert(long_integer_type_node, condition),
                            build_zero_cst(long_integer_type_node));
    return build2_loc(place, NE_EXPR, boolean_type_node, value,
                      build_zero_cst(long_integer_type_node));
}

static tree is_set(location_t place, tree pointer) {
    return unlikely(place, build2_loc(place, NE_EXPR, boolean_type_node, pointer,
                                      build_zero_cst(TREE_TYPE(pointer))));
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

/* ---- Sites ---- */

static tree argument(tree call, unsigned position) {
    return position && position <= (unsigned)call_expr_nargs(call)
               ? CALL_EXPR_ARG(call, position - 1)
               : NULL_TREE;
}

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

static uint32_t element_type(struct rewriting *rewriting, tree call,
                             const struct allocator *allocator) {
    tree *wanted = rewriting->wanted.get(call);
    tree pointer = type_converted_to(call);
    if (!pointer && wanted)
        pointer = *wanted;
    tree pointed = TREE_TYPE(pointer ? pointer : TREE_TYPE(call));
    tree measured = sizeof_type_in(call);
    struct element_hints hints = {};
    hints.converted = pointer != NULL_TREE;
    hints.to_void = !pointed || VOID_TYPE_P(pointed);
    hints.to_char = pointed && TYPE_MAIN_VARIANT(pointed) == char_type_node;
    hints.to_function = pointed && TREE_CODE(pointed) == FUNCTION_TYPE;
    hints.measured = measured != NULL_TREE;
    switch (allocators_element(allocator, &hints)) {
    case ELEMENT_CHAR:
        return read_type(rewriting->model, char_type_node);
    case ELEMENT_TARGET:
        return read_type(rewriting->model, pointed);
    case ELEMENT_MEASURED:
        return read_type(rewriting->model, measured);
    default:
        return THIMBLE_NONE;
    }
}

static uint32_t add_site(struct rewriting *rewriting, tree call, tree decl,
                         const struct allocator *allocator) {
    expanded_location place = expand_location(EXPR_LOCATION(call));
    struct model_site site = {};
    site.kind = allocator->kind;
    site.file = place.file;
    site.line = place.line;
    site.column = place.column;
    site.function = read_function(rewriting->model, rewriting->function);
    site.callee = read_function(rewriting->model, decl);
    site.type = allocator->kind == THIMBLE_RELEASES ? THIMBLE_NONE
                                                    : element_type(rewriting, call, allocator);
    return model_site_add(rewriting->model, &site);
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

/* The direct call, with what the tracker is told before and behind it. */
static tree tracked(struct rewriting *rewriting, tree call, tree decl,
                    const struct allocator *allocator) {
    location_t place = EXPR_LOCATION(call);
    uint32_t site = add_site(rewriting, call, decl, allocator);
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

static bool find_allocator(struct rewriting *rewriting, tree decl, struct allocator *out) {
    struct allocator_attributes attributes = read_allocator_attributes(decl);
    return allocators_find(rewriting->options, name_of(DECL_NAME(decl)), symbol_of(decl),
                           is_internal(decl), POINTER_TYPE_P(TREE_TYPE(TREE_TYPE(decl))),
                           &attributes, out);
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
    bool allocates = find_allocator(rewriting, decl, &allocator);
    location_t place = EXPR_LOCATION(call);
    tree before = operands_handed_over(rewriting->model, call);
    if (decision == SEAM_NO && !allocates)
        return sequence(place, before, call);

    if (tree operands = save_operands(call))
        before = before ? build2(COMPOUND_EXPR, TREE_TYPE(operands), before, operands) : operands;
    tree direct = allocates ? tracked(rewriting, call, decl, &allocator) : call;
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

static void visit_call(struct rewriting *rewriting, tree *place) {
    tree call = *place, decl = get_callee_fndecl(call);
    bool marker = decl && naming_is_marker(name_of(DECL_NAME(decl)));
    rewriting->dead += marker; /* of its operand only the description stays */
    for (int i = 0; i < call_expr_nargs(call); i++)
        visit_below(rewriting, &CALL_EXPR_ARG(call, i));
    rewriting->dead -= marker;
    if (!decl) {
        if (CALL_EXPR_FN(call))
            visit_below(rewriting, &CALL_EXPR_FN(call));
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

/* Notes for each call whose value the operand is, into what pointer it turns. */
static void want(struct rewriting *rewriting, tree operand, tree type) {
    switch (TREE_CODE(operand)) {
    case CALL_EXPR:
        if (!rewriting->wanted.get(operand))
            rewriting->wanted.put(operand, type);
        break;
    case COND_EXPR:
        want(rewriting, TREE_OPERAND(operand, 1), type);
        if (TREE_OPERAND(operand, 2))
            want(rewriting, TREE_OPERAND(operand, 2), type);
        break;
    case COMPOUND_EXPR:
        want(rewriting, TREE_OPERAND(operand, 1), type);
        break;
    case SAVE_EXPR:
    case NON_LVALUE_EXPR:
    case C_MAYBE_CONST_EXPR:
        want(rewriting, TREE_OPERAND(operand, TREE_CODE(operand) == C_MAYBE_CONST_EXPR), type);
        break;
    default:
        break;
    }
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
    if (TYPE_P(node)) {
        *walk_subtrees = 0;
    } else if (TREE_CODE(node) == CALL_EXPR) {
        *walk_subtrees = 0;
        visit_call(rewriting, place);
    } else if (TREE_CODE(node) == CONSTRUCTOR) {
        mark_object(rewriting->model, node);
    } else if (TREE_CODE(node) == COMPOUND_LITERAL_EXPR) {
        visit_below(rewriting, &DECL_INITIAL(COMPOUND_LITERAL_EXPR_DECL(node)));
    } else if (CONVERT_EXPR_P(node) && POINTER_TYPE_P(TREE_TYPE(node))) {
        want(rewriting, TREE_OPERAND(node, 0), TREE_TYPE(node));
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
    note_root(model, decl);
    tree saved = current_function_decl;
    current_function_decl = decl;
    visit_below(&rewriting, &DECL_SAVED_TREE(decl));
    current_function_decl = saved;
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
