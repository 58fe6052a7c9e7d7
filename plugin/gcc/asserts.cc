/* asserts.cc: the failing side of an assert: in front of the call that reports it
 *
 *     &thimble_operands ? thimble_operands(&unit, 7, (const void *[]){&A, GUARD ? &B : 0}) : 0
 *
 * where A and B are copies of the operands' values.
 */
#include "gcc.h"

/* A copy in an object of its own, whose address it is. */
static tree address_of_copy(tree type, tree value) {
    tree object = create_tmp_var_raw(TYPE_MAIN_VARIANT(type));
    TREE_ADDRESSABLE(object) = 1;
    suppress_warning(object);
    tree copy =
        AGGREGATE_TYPE_P(type) ? unshare_expr(value) : fold_convert(TREE_TYPE(object), value);
    tree made = build4(TARGET_EXPR, TREE_TYPE(object), object, copy, NULL_TREE, NULL_TREE);
    TREE_SIDE_EFFECTS(made) = 1;
    return build1(NOP_EXPR, const_ptr_type_node,
                  build1(ADDR_EXPR, build_pointer_type(TREE_TYPE(object)), made));
}

static tree place_of_operand(const struct kept_operand *operand) {
    bool array = operand->flags & THIMBLE_OPERAND_ARRAY;
    tree type = array ? TREE_TYPE(operand->value) : operand->type;
    tree address = address_of_copy(type, operand->value);
    if (!operand->guard)
        return address;
    tree otherwise = operand->otherwise ? address_of_copy(type, operand->otherwise)
                                        : build_zero_cst(const_ptr_type_node);
    return build3(COND_EXPR, const_ptr_type_node, operand->guard, address, otherwise);
}

static tree places(const struct condition *condition) {
    vec<constructor_elt, va_gc> *values = NULL;
    for (unsigned i = 0; i < condition->operands.length(); i++)
        CONSTRUCTOR_APPEND_ELT(values, size_int(i), place_of_operand(&condition->operands[i]));
    tree type = build_array_type_nelts(const_ptr_type_node, condition->operands.length());
    tree object = create_tmp_var_raw(type);
    TREE_ADDRESSABLE(object) = 1;
    tree list = build_constructor(type, values);
    TREE_SIDE_EFFECTS(list) = 1;
    tree made = build4(TARGET_EXPR, type, object, list, NULL_TREE, NULL_TREE);
    TREE_SIDE_EFFECTS(made) = 1;
    return build1(NOP_EXPR, ptr_type_node, build1(ADDR_EXPR, build_pointer_type(type), made));
}

static uint32_t describe(struct model *model, const struct condition *condition) {
    auto_vec<struct model_operand> operands;
    for (unsigned i = 0; i < condition->operands.length(); i++) {
        const struct kept_operand *operand = &condition->operands[i];
        struct model_operand described = {operand->text, read_type(model, operand->type),
                                          operand->flags};
        operands.safe_push(described);
    }
    return model_assert_add(model, operands.address(), operands.length());
}

tree operands_handed_over(struct model *model, tree call) {
    struct condition *condition = condition_reported_by(call);
    if (!condition || condition->operands.is_empty())
        return NULL_TREE;
    location_t place = EXPR_LOCATION(call);
    tree function = runtime_function(
        EMISSION_OPERANDS, build_function_type_list(void_type_node, ptr_type_node, uint32_type_node,
                                                    ptr_type_node, NULL_TREE));
    tree args[] = {unit_address(), build_int_cst(uint32_type_node, describe(model, condition)),
                   places(condition)};
    tree address = build1(ADDR_EXPR, build_pointer_type(TREE_TYPE(function)), function);
    tree told = build_call_array_loc(place, void_type_node, address, 3, args);
    TREE_SIDE_EFFECTS(told) = 1;
    tree there = build2(NE_EXPR, boolean_type_node, build1(NOP_EXPR, ptr_type_node, address),
                        build_zero_cst(ptr_type_node));
    tree choice =
        build3_loc(place, COND_EXPR, void_type_node, there, told, build_empty_stmt(place));
    TREE_SIDE_EFFECTS(choice) = 1;
    return choice;
}
