/* asserts.cc: the failing side of an assert: in front of the call that reports it
 *
 *     &thimble_operands ? thimble_operands(&unit, 7, known, &values) : nothing
 *
 * where `values` is a struct with a copy of each operand's value, and `known` has a bit for
 * each that was evaluated.
 */
#include "gcc.h"

/* What is handed over, while it is put together. */
struct handing {
    tree values, known; /* variables */
    tree steps;         /* that fill them in */
};

static void add_step(struct handing *handing, tree step) {
    TREE_SIDE_EFFECTS(step) = 1;
    handing->steps =
        handing->steps ? build2(COMPOUND_EXPR, void_type_node, handing->steps, step) : step;
}

static tree field_of(const struct handing *handing, unsigned number) {
    tree field = TYPE_FIELDS(TREE_TYPE(handing->values));
    for (; number; number--)
        field = DECL_CHAIN(field);
    return field;
}

static tree record_for(const struct condition *condition) {
    tree record = make_node(RECORD_TYPE), fields = NULL_TREE;
    for (unsigned i = condition->operands.length(); i-- > 0;) {
        const struct kept_operand *operand = &condition->operands[i];
        bool array = operand->flags & THIMBLE_OPERAND_ARRAY;
        tree type = TYPE_MAIN_VARIANT(array ? TREE_TYPE(operand->value) : operand->type);
        tree field = build_decl(UNKNOWN_LOCATION, FIELD_DECL, NULL_TREE, type);
        DECL_CONTEXT(field) = record;
        DECL_CHAIN(field) = fields;
        fields = field;
    }
    TYPE_FIELDS(record) = fields;
    layout_type(record);
    return record;
}

/* A variable that begins with this value. */
static tree begin(struct handing *handing, tree type, tree value) {
    tree variable = create_tmp_var_raw(type);
    suppress_warning(variable);
    add_step(handing, build4(TARGET_EXPR, type, variable, value, NULL_TREE, NULL_TREE));
    return variable;
}

/* values.NUMBER = value, known |= 1 << NUMBER */
static tree filled_in(const struct handing *handing, unsigned number, tree value) {
    tree field = field_of(handing, number), type = TREE_TYPE(field);
    tree place = build3(COMPONENT_REF, type, handing->values, field, NULL_TREE);
    tree copy = AGGREGATE_TYPE_P(type) ? unshare_expr(value) : fold_convert(type, value);
    tree bit = build_int_cst(uint32_type_node, 1u << number);
    tree noted = build2(MODIFY_EXPR, uint32_type_node, handing->known,
                        build2(BIT_IOR_EXPR, uint32_type_node, handing->known, bit));
    return build2(COMPOUND_EXPR, void_type_node, build2(MODIFY_EXPR, type, place, copy), noted);
}

static void fill_in(struct handing *handing, unsigned number, const struct kept_operand *operand) {
    tree step = filled_in(handing, number, operand->value);
    tree otherwise = operand->otherwise ? filled_in(handing, number, operand->otherwise)
                                        : build_empty_stmt(UNKNOWN_LOCATION);
    TREE_SIDE_EFFECTS(step) = 1;
    if (operand->guard)
        step = build3(COND_EXPR, void_type_node, unshare_expr(operand->guard), step, otherwise);
    add_step(handing, step);
}

static uint32_t describe(struct model *model, const struct handing *handing,
                         const struct condition *condition) {
    auto_vec<struct model_operand> operands;
    for (unsigned i = 0; i < condition->operands.length(); i++) {
        const struct kept_operand *operand = &condition->operands[i];
        struct model_operand described = {operand->text, read_type(model, operand->type),
                                          operand->flags,
                                          (uint32_t)int_byte_position(field_of(handing, i))};
        operands.safe_push(described);
    }
    return model_assert_add(model, operands.address(), operands.length());
}

static tree operands_function(void) {
    tree type = build_function_type_list(void_type_node, ptr_type_node, uint32_type_node,
                                         uint32_type_node, ptr_type_node, NULL_TREE);
    return runtime_function(EMISSION_OPERANDS, type);
}

tree operands_handed_over(struct model *model, tree call) {
    struct condition *condition = condition_reported_by(call);
    if (!condition || condition->operands.is_empty())
        return NULL_TREE;
    struct handing handing = {};
    tree record = record_for(condition);
    handing.values = begin(&handing, record, build_constructor(record, NULL));
    TREE_ADDRESSABLE(handing.values) = 1;
    handing.known = begin(&handing, uint32_type_node, build_zero_cst(uint32_type_node));
    for (unsigned i = 0; i < condition->operands.length(); i++)
        fill_in(&handing, i, &condition->operands[i]);
    tree args[] = {unit_address(),
                   build_int_cst(uint32_type_node, describe(model, &handing, condition)),
                   handing.known,
                   build1(NOP_EXPR, ptr_type_node,
                          build1(ADDR_EXPR, build_pointer_type(record), handing.values))};
    tree function = operands_function();
    tree address = build1(ADDR_EXPR, build_pointer_type(TREE_TYPE(function)), function);
    add_step(&handing, build_call_array_loc(EXPR_LOCATION(call), void_type_node, address, 4, args));
    tree there = build2(NE_EXPR, boolean_type_node, build1(NOP_EXPR, ptr_type_node, address),
                        build_zero_cst(ptr_type_node));
    tree choice = build3_loc(EXPR_LOCATION(call), COND_EXPR, void_type_node, there, handing.steps,
                             build_empty_stmt(UNKNOWN_LOCATION));
    TREE_SIDE_EFFECTS(choice) = 1;
    return choice;
}
