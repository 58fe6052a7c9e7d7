/* flows.cc: where the values of a function go, told to core while the function is walked. */
#include "gcc.h"

/* ---- Types ---- */

struct pointed pointed_by(tree pointer) {
    struct pointed answer = {};
    if (!pointer || !POINTER_TYPE_P(pointer))
        return answer;
    tree type = TREE_TYPE(pointer);
    answer.type = type;
    answer.is_void = VOID_TYPE_P(type);
    answer.is_function = FUNC_OR_METHOD_TYPE_P(type);
    answer.is_char = TYPE_MAIN_VARIANT(type) == char_type_node;
    answer.is_byte = TREE_CODE(type) == INTEGER_TYPE && TYPE_PRECISION(type) == CHAR_TYPE_SIZE;
    return answer;
}

/* void * or char *, of something that can be written to. */
static bool is_block(tree type) {
    struct pointed pointed = pointed_by(type);
    return (pointed.is_void || pointed.is_char) && !TYPE_READONLY(TREE_TYPE(type));
}

static bool is_number(tree type) {
    return TREE_CODE(type) == INTEGER_TYPE && TYPE_MAIN_VARIANT(type) != char_type_node;
}

static bool takes_number(tree type) {
    for (tree arg = TYPE_ARG_TYPES(type); arg; arg = TREE_CHAIN(arg))
        if (is_number(TREE_VALUE(arg)))
            return true;
    return false;
}

static bool passes_number(tree call) {
    for (int i = 0; i < call_expr_nargs(call); i++)
        if (is_number(TREE_TYPE(CALL_EXPR_ARG(call, i))))
            return true;
    return false;
}

struct passing read_passing(tree call, tree decl, tree function) {
    struct passing answer = {};
    tree type = TREE_TYPE(TREE_TYPE(CALL_EXPR_FN(call)));
    answer.through_pointer = !decl;
    answer.returns_block = is_block(TREE_TYPE(call));
    answer.takes_number = prototype_p(type) ? takes_number(type) : passes_number(call);
    answer.noreturn = TREE_THIS_VOLATILE(type);
    answer.must_tail = CALL_EXPR_MUST_TAIL_CALL(call);
    if (!decl)
        return answer;
    int flags = flags_from_decl_or_type(decl);
    answer.system = in_system_header(decl);
    answer.builtin = fndecl_built_in_p(decl);
    answer.noreturn = flags & ECF_NORETURN;
    answer.pure = flags & (ECF_PURE | ECF_CONST);
    answer.itself = decl == function;
    answer.interposable = DECL_WEAK(decl);
    answer.key = DECL_UID(decl);
    return answer;
}

struct site_function read_site_function(tree decl) {
    struct site_function answer = {};
    answer.key = DECL_UID(decl);
    answer.internal = is_internal(decl);
    answer.returns_block = is_block(TREE_TYPE(TREE_TYPE(decl)));
    answer.returns_pointer = POINTER_TYPE_P(TREE_TYPE(TREE_TYPE(decl)));
    for (tree parm = DECL_ARGUMENTS(decl); parm; parm = DECL_CHAIN(parm)) {
        answer.takes_number |= is_number(TREE_TYPE(parm));
        answer.takes_holder |=
            POINTER_TYPE_P(TREE_TYPE(parm)) && is_block(TREE_TYPE(TREE_TYPE(parm)));
    }
    return answer;
}

/* ---- Sources ---- */

static bool is_local(tree node) {
    return TREE_CODE(node) == PARM_DECL ||
           (VAR_P(node) && !TREE_STATIC(node) && !DECL_EXTERNAL(node));
}

/* What an address is the address of, or the base of, if that is what a pointer points to; else
 * null. */
static tree pointer_below(tree operand, bool *moved) {
    for (; handled_component_p(operand); *moved = true)
        operand = TREE_OPERAND(operand, 0);
    bool indirect = TREE_CODE(operand) == INDIRECT_REF || TREE_CODE(operand) == MEM_REF;
    return indirect ? TREE_OPERAND(operand, 0) : NULL_TREE;
}

/* Calls `found` for the variables and calls whose value the operand may be, or of which it is
 * made (`moved`). */
template <typename Found>
static void each_source(tree operand, bool moved, const Found &found) {
    enum tree_code code = TREE_CODE(operand);
    if (code == CALL_EXPR || is_local(operand))
        found(operand, moved);
    else if (code == COND_EXPR) {
        each_source(TREE_OPERAND(operand, 1), moved, found);
        if (TREE_OPERAND(operand, 2))
            each_source(TREE_OPERAND(operand, 2), moved, found);
    } else if (code == COMPOUND_EXPR || code == MODIFY_EXPR || code == INIT_EXPR ||
               code == C_MAYBE_CONST_EXPR)
        each_source(TREE_OPERAND(operand, 1), moved, found);
    else if (code == TARGET_EXPR)
        found(TARGET_EXPR_SLOT(operand), moved);
    else if (CONVERT_EXPR_CODE_P(code) || code == SAVE_EXPR || code == NON_LVALUE_EXPR)
        each_source(TREE_OPERAND(operand, 0), moved, found);
    else if (code == POINTER_PLUS_EXPR || code == PREINCREMENT_EXPR || code == POSTINCREMENT_EXPR ||
             code == PREDECREMENT_EXPR || code == POSTDECREMENT_EXPR ||
             TREE_CODE_CLASS(code) == tcc_unary)
        each_source(TREE_OPERAND(operand, 0), true, found);
    else if (TREE_CODE_CLASS(code) == tcc_binary) {
        each_source(TREE_OPERAND(operand, 0), true, found);
        each_source(TREE_OPERAND(operand, 1), true, found);
    } else if (code == ADDR_EXPR) {
        if (tree pointer = pointer_below(TREE_OPERAND(operand, 0), &moved))
            each_source(pointer, moved, found);
    }
}

static struct flow_place value_of(tree node) {
    return {node, FLOW_VALUE};
}

static void note_sources(struct tracking *tracking, tree operand, struct flow_place to) {
    each_source(operand, false, [&](tree source, bool moved) {
        bool parameter = TREE_CODE(source) == PARM_DECL && is_number(TREE_TYPE(source));
        flow_goes(&tracking->flow, parameter ? flow_parameters : value_of(source), to, moved);
    });
}

/* ---- Steps ---- */

static bool is_void_pointer(tree type) {
    return POINTER_TYPE_P(type) && VOID_TYPE_P(TREE_TYPE(type));
}

/* Where a value that is assigned to this goes, if that is to be told. */
static bool find_target(struct tracking *tracking, tree left, struct flow_place *out) {
    tree type = TREE_TYPE(left);
    *out = TREE_CODE(left) == RESULT_DECL ? flow_returned : value_of(left);
    if (TREE_CODE(left) == INDIRECT_REF) {
        tree holder = TREE_OPERAND(left, 0);
        *out = flow_returned;
        return TREE_CODE(holder) == PARM_DECL && POINTER_TYPE_P(type) &&
               sites_returns_by_holder(&tracking->facts);
    }
    if (TREE_CODE(left) != RESULT_DECL && !is_local(left))
        return false;
    return is_void_pointer(type) ||
           (tracking->may_wrap && (POINTER_TYPE_P(type) || INTEGRAL_TYPE_P(type)));
}

static void note_assignment(struct tracking *tracking, tree left, tree right) {
    struct flow_place target;
    if (find_target(tracking, left, &target))
        note_sources(tracking, right, target);
}

/* Of variables those count that alone do not tell what they point to. */
static void note_conversion(struct tracking *tracking, tree operand, tree type) {
    each_source(operand, false, [&](tree source, bool moved) {
        tree first = TREE_CODE(source) == CALL_EXPR ? type_converted_to(source) : NULL_TREE;
        struct pointed pointed = pointed_by(first ? first : type);
        if (!moved && (TREE_CODE(source) == CALL_EXPR || is_void_pointer(TREE_TYPE(source))))
            flow_becomes(&tracking->flow, value_of(source), &pointed);
    });
}

/* What is made of numbers is a number made of them. */
static void note_call(struct tracking *tracking, tree call) {
    for (int i = 0; is_number(TREE_TYPE(call)) && i < call_expr_nargs(call); i++)
        if (is_number(TREE_TYPE(CALL_EXPR_ARG(call, i))))
            note_sources(tracking, CALL_EXPR_ARG(call, i), value_of(call));
}

void note_flow(struct tracking *tracking, tree node) {
    enum tree_code code = TREE_CODE(node);
    if (code == MODIFY_EXPR || code == INIT_EXPR) {
        note_assignment(tracking, TREE_OPERAND(node, 0), TREE_OPERAND(node, 1));
    } else if (code == BIND_EXPR) {
        for (tree decl = BIND_EXPR_VARS(node); decl; decl = DECL_CHAIN(decl))
            if (VAR_P(decl) && DECL_INITIAL(decl) && DECL_INITIAL(decl) != error_mark_node)
                note_assignment(tracking, decl, DECL_INITIAL(decl));
    } else if (CONVERT_EXPR_CODE_P(code)) {
        if (POINTER_TYPE_P(TREE_TYPE(node)))
            note_conversion(tracking, TREE_OPERAND(node, 0), TREE_TYPE(node));
    } else if (!tracking->may_wrap) {
        return;
    } else if (code == PREINCREMENT_EXPR || code == POSTINCREMENT_EXPR) {
        if (POINTER_TYPE_P(TREE_TYPE(node)))
            note_assignment(tracking, TREE_OPERAND(node, 0), node);
    } else if (code == ADDR_EXPR) {
        tree operand = TREE_OPERAND(node, 0);
        if (is_local(operand) && is_block(TREE_TYPE(operand)))
            flow_goes(&tracking->flow, flow_unseen, value_of(operand), false);
    } else if (code == CALL_EXPR) {
        note_call(tracking, node);
    }
}

void note_asked(struct tracking *tracking, tree call, const struct allocator *allocator) {
    for (int i = 0; i < call_expr_nargs(call); i++) {
        tree arg = CALL_EXPR_ARG(call, i);
        if (is_number(TREE_TYPE(arg)) &&
            allocators_asked_by(allocator, i + 1, call_expr_nargs(call)))
            note_sources(tracking, arg, {call, FLOW_ASKED});
    }
}

void note_holder(struct tracking *tracking, tree call, tree holder) {
    while (CONVERT_EXPR_P(holder) || TREE_CODE(holder) == SAVE_EXPR)
        holder = TREE_OPERAND(holder, 0);
    if (!POINTER_TYPE_P(TREE_TYPE(holder)))
        return;
    struct pointed pointed = pointed_by(TREE_TYPE(TREE_TYPE(holder)));
    if (pointed.type)
        flow_becomes(&tracking->flow, value_of(call), &pointed);
    if (TREE_CODE(holder) == ADDR_EXPR && is_local(TREE_OPERAND(holder, 0)))
        flow_goes(&tracking->flow, value_of(call), value_of(TREE_OPERAND(holder, 0)), false);
}
