/* build.cc: pieces of trees that seams and sites are made of. */
#include "gcc.h"

tree in_temporary(tree operand, tree *before) {
    tree saved = build1(SAVE_EXPR, TREE_TYPE(operand), operand);
    TREE_SIDE_EFFECTS(saved) = 1;
    SET_EXPR_LOCATION(saved, EXPR_LOCATION(operand));
    *before = *before ? build2(COMPOUND_EXPR, TREE_TYPE(saved), *before, saved) : saved;
    return saved;
}

tree sequence(location_t place, tree before, tree value) {
    return before ? build2_loc(place, COMPOUND_EXPR, TREE_TYPE(value), before, value) : value;
}

static tree unlikely(location_t place, tree condition) {
    tree expect = builtin_decl_explicit(BUILT_IN_EXPECT);
    tree value =
        build_call_expr_loc(place, expect, 2, fold_convert(long_integer_type_node, condition),
                            build_zero_cst(long_integer_type_node));
    return build2_loc(place, NE_EXPR, boolean_type_node, value,
                      build_zero_cst(long_integer_type_node));
}

tree is_set(location_t place, tree pointer) {
    return unlikely(place, build2_loc(place, NE_EXPR, boolean_type_node, pointer,
                                      build_zero_cst(TREE_TYPE(pointer))));
}
