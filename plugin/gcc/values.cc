/* values.cc: functions and values as the header's macros describe them: markers into
 * constants, and whether a value is what it is needed for.
 */
#include "gcc.h"

extern "C" {
#include "values.h"
}

/* ---- Markers ---- */

static uint32_t index_of_function_operand(struct model *model, tree operand) {
    STRIP_NOPS(operand);
    if (TREE_CODE(operand) != ADDR_EXPR || TREE_CODE(TREE_OPERAND(operand, 0)) != FUNCTION_DECL)
        return THIMBLE_NONE;
    return read_function(model, TREE_OPERAND(operand, 0));
}

/* A marker's operand by its kind. For a pointer to a function the reference is to
 * the function's type. */
tree marked(struct model *model, tree call) {
    uint32_t kind = tree_to_uhwi(CALL_EXPR_ARG(call, 0));
    tree operand = CALL_EXPR_ARG(call, 1);
    if (!POINTER_TYPE_P(TREE_TYPE(operand))) /* what should be one is looked at later */
        return ref_constant(TREE_TYPE(call), THIMBLE_REF_TYPE,
                            read_type(model, TREE_TYPE(operand)));
    if (kind == THIMBLE_REF_TYPE || kind == THIMBLE_REF_OBJECT)
        return ref_constant(TREE_TYPE(call), THIMBLE_REF_TYPE,
                            read_type(model, TREE_TYPE(TREE_TYPE(operand))));
    uint32_t index = index_of_function_operand(model, operand);
    if (index != THIMBLE_NONE)
        return ref_constant(TREE_TYPE(call), kind, index);
    tree pointed = TREE_TYPE(TREE_TYPE(operand));
    if (POINTER_TYPE_P(pointed) && TREE_CODE(TREE_TYPE(pointed)) == FUNCTION_TYPE)
        return ref_constant(TREE_TYPE(call), THIMBLE_REF_TYPE,
                            read_type(model, TREE_TYPE(pointed)));
    return ref_constant(TREE_TYPE(call), THIMBLE_REF_NONE, THIMBLE_NONE);
}

/* ---- Values ---- */

static tree strip(tree expression) {
    while (expression && (CONVERT_EXPR_P(expression) || TREE_CODE(expression) == NON_LVALUE_EXPR))
        expression = TREE_OPERAND(expression, 0);
    return expression;
}

/* The call of the marker that a struct thimble_value begins with, or null. */
static tree marker_of(tree constructor) {
    tree type = TREE_TYPE(constructor);
    if (!type || TREE_CODE(type) != RECORD_TYPE || CONSTRUCTOR_NELTS(constructor) < 2)
        return NULL_TREE;
    tree call = strip(CONSTRUCTOR_ELT(constructor, 0)->value);
    tree decl = call && TREE_CODE(call) == CALL_EXPR ? get_callee_fndecl(call) : NULL_TREE;
    return decl && naming_is_marker(name_of(DECL_NAME(decl))) ? call : NULL_TREE;
}

/* The x of `(T[1]){(x)}`, whose address is the value's second part, or null. */
static tree operand_of(tree constructor) {
    tree address = strip(CONSTRUCTOR_ELT(constructor, 1)->value);
    tree literal = address && TREE_CODE(address) == ADDR_EXPR ? TREE_OPERAND(address, 0) : NULL;
    if (!literal || TREE_CODE(literal) != COMPOUND_LITERAL_EXPR)
        return NULL_TREE;
    tree list = DECL_INITIAL(COMPOUND_LITERAL_EXPR_DECL(literal));
    if (!list || TREE_CODE(list) != CONSTRUCTOR || CONSTRUCTOR_NELTS(list) != 1)
        return NULL_TREE;
    return strip(CONSTRUCTOR_ELT(list, 0)->value);
}

/* The array that the value's operand is, where its bound is known; else null. */
static tree array_of_object(tree constructor, tree marker) {
    if (tree_to_uhwi(CALL_EXPR_ARG(marker, 0)) != THIMBLE_REF_OBJECT)
        return NULL_TREE;
    tree operand = operand_of(constructor);
    if (!operand || TREE_CODE(operand) != ADDR_EXPR)
        return NULL_TREE;
    tree type = TREE_TYPE(TREE_OPERAND(operand, 0));
    if (TREE_CODE(type) != ARRAY_TYPE || !TYPE_SIZE_UNIT(type) ||
        TREE_CODE(TYPE_SIZE_UNIT(type)) != INTEGER_CST)
        return NULL_TREE;
    /* A cast to something else is what was meant. */
    tree decayed = TREE_TYPE(TREE_TYPE(CALL_EXPR_ARG(marker, 1)));
    bool as_it_is = POINTER_TYPE_P(decayed) &&
                    TYPE_MAIN_VARIANT(TREE_TYPE(decayed)) == TYPE_MAIN_VARIANT(TREE_TYPE(type));
    return as_it_is ? type : NULL_TREE;
}

void mark_object(struct model *model, tree constructor) {
    tree marker = marker_of(constructor);
    tree array = marker ? array_of_object(constructor, marker) : NULL_TREE;
    if (array)
        CONSTRUCTOR_ELT(constructor, 0)->value =
            ref_constant(TREE_TYPE(marker), THIMBLE_REF_ARRAY, read_type(model, array));
}

/* ---- Checks ---- */

struct values {
    struct model *model;
    auto_vec<uint32_t> types;
};

bool is_header_struct(tree constructor, const char *name) {
    tree type = TREE_TYPE(constructor);
    return TREE_CODE(type) == RECORD_TYPE && TYPE_NAME(type) && name_of(TYPE_NAME(type)) &&
           !strcmp(name_of(TYPE_NAME(type)), name);
}

/* The type of a struct thimble_value whose marker has become a reference, or THIMBLE_NONE. */
static uint32_t type_of_value(tree constructor) {
    if (!is_header_struct(constructor, "thimble_value"))
        return THIMBLE_NONE;
    tree reference = CONSTRUCTOR_ELT(constructor, 0)->value;
    return tree_to_uhwi(CONSTRUCTOR_ELT(reference, 1)->value);
}

static tree collect_value(tree *place, int *walk_subtrees, void *data) {
    struct values *values = (struct values *)data;
    tree node = *place;
    if (TREE_CODE(node) == COMPOUND_LITERAL_EXPR)
        walk_tree_without_duplicates(&DECL_INITIAL(COMPOUND_LITERAL_EXPR_DECL(node)), collect_value,
                                     data);
    uint32_t type = TREE_CODE(node) == CONSTRUCTOR ? type_of_value(node) : THIMBLE_NONE;
    if (type == THIMBLE_NONE)
        return NULL_TREE;
    *walk_subtrees = 0;
    values->types.safe_push(type);
    return NULL_TREE;
}

tree literal_of(tree argument) {
    argument = strip(argument);
    if (TREE_CODE(argument) == ADDR_EXPR)
        argument = TREE_OPERAND(argument, 0);
    return TREE_CODE(argument) == STRING_CST ? argument : NULL_TREE;
}

void check_values(struct model *model, tree call, tree decl) {
    enum values_rule rule = values_rule(name_of(DECL_NAME(decl)));
    if (rule == VALUES_ANY)
        return;
    struct values values = {model, {}};
    for (int i = 0; i < call_expr_nargs(call); i++)
        walk_tree_without_duplicates(&CALL_EXPR_ARG(call, i), collect_value, &values);
    tree literal = rule == VALUES_FORMATTED ? literal_of(CALL_EXPR_ARG(call, 0)) : NULL_TREE;
    const char *format = literal ? TREE_STRING_POINTER(literal) : nullptr;
    char message[1024];
    if (!values_fit(model, rule, format, values.types.address(), values.types.length(), message,
                    sizeof message))
        error_at(EXPR_LOCATION(call), "%s", message);
}
