/* conditions.cc: what an assert asserts, as the parser saw it.
 *
 * GCC lets the target replace the call of a built-in of its own while it is parsed; the
 * call that macros.cc puts into assert is one. At that moment nothing of the condition is
 * folded yet. A condition without side effects stays as it is, and copies of its operands
 * are kept for the failing side (asserts.cc). In any other each operand that a failed
 * assert shows gets a SAVE_EXPR: to the optimizer the failing side is one more place that
 * uses the value.
 */
#include "gcc.h"

/* ---- From trees to expressions; a node of one is the place of its tree ---- */

static struct expression *read(tree *place);

static bool is_transparent(tree expression) {
    return TREE_CODE(expression) == NON_LVALUE_EXPR || TREE_CODE(expression) == C_MAYBE_CONST_EXPR;
}

static bool is_cast(tree expression) {
    switch (TREE_CODE(expression)) {
    CASE_CONVERT:
    case FLOAT_EXPR:
    case FIX_TRUNC_EXPR:
        return true;
    default:
        return false;
    }
}

/* Whether a copy of the value can be made on the failing side. A struct is copied from
 * where it lies. */
static bool has_value(tree expression) {
    tree type = TREE_TYPE(expression);
    if (!type || VOID_TYPE_P(type) || TREE_CODE(type) == FUNCTION_TYPE || !TYPE_SIZE(type) ||
        TREE_CODE(TYPE_SIZE(type)) != INTEGER_CST || TREE_CODE(type) == ARRAY_TYPE)
        return false;
    return !AGGREGATE_TYPE_P(type) || !TREE_SIDE_EFFECTS(expression);
}

static struct expression *make(enum expression_kind kind, const char *name, tree *place) {
    struct expression *expression = expression_new(kind, name, place);
    expression->valueless = !has_value(*place);
    return expression;
}

static struct expression *make_of(enum expression_kind kind, const char *name, tree *place,
                                  int count) {
    struct expression *expression = make(kind, name, place);
    for (int i = 0; i < count; i++)
        expression_add(expression, read(&TREE_OPERAND(*place, i)));
    return expression;
}

static struct expression *read_constant(tree *place) {
    tree constant = *place;
    char text[64] = "";
    if (TREE_CODE(constant) == INTEGER_CST && tree_fits_shwi_p(constant))
        snprintf(text, sizeof text, "%lld", (long long)tree_to_shwi(constant));
    struct expression *expression = make(EXPRESSION_CONSTANT, text, place);
    expression->zero = integer_zerop(constant) || real_zerop(constant);
    return expression;
}

/* An array as a value is its address. */
static struct expression *read_address(tree *place) {
    tree object = TREE_OPERAND(*place, 0);
    if (TREE_CODE(object) == STRING_CST || TREE_CODE(object) == FUNCTION_DECL)
        return make(EXPRESSION_CONSTANT, "\"...\"", place);
    if (TREE_CODE(TREE_TYPE(object)) != ARRAY_TYPE)
        return make_of(EXPRESSION_ADDRESS, "&", place, 1);
    struct expression *array = read(&TREE_OPERAND(*place, 0));
    array->node = place;
    array->valueless = false;
    return array;
}

static struct expression *read_member(tree *place) {
    tree field = TREE_OPERAND(*place, 1);
    if (!DECL_NAME(field)) /* an anonymous struct on the way */
        return read(&TREE_OPERAND(*place, 0));
    struct expression *member = make(EXPRESSION_MEMBER, name_of(DECL_NAME(field)), place);
    expression_add(member, read(&TREE_OPERAND(*place, 0)));
    return member;
}

/* The i of (size)i * 4, which p[i] adds to p. */
static tree *index_of_offset(tree *place) {
    while (is_cast(*place) || is_transparent(*place) || TREE_CODE(*place) == MULT_EXPR)
        place = &TREE_OPERAND(*place, TREE_CODE(*place) == C_MAYBE_CONST_EXPR);
    return place;
}

/* *p, and p[i], which is *(p + i). */
static struct expression *read_target(tree *place) {
    tree *pointer = &TREE_OPERAND(*place, 0);
    while (is_transparent(*pointer))
        pointer = &TREE_OPERAND(*pointer, TREE_CODE(*pointer) == C_MAYBE_CONST_EXPR);
    if (TREE_CODE(*pointer) != POINTER_PLUS_EXPR)
        return make_of(EXPRESSION_TARGET, "*", place, 1);
    struct expression *element = make(EXPRESSION_ELEMENT, "", place);
    expression_add(element, read(&TREE_OPERAND(*pointer, 0)));
    expression_add(element, read(index_of_offset(&TREE_OPERAND(*pointer, 1))));
    return element;
}

static struct expression *read_call(tree *place) {
    tree call = *place, decl = get_callee_fndecl(call);
    tree callee = CALL_EXPR_FN(call);
    while (callee && (CONVERT_EXPR_P(callee) || is_transparent(callee)))
        callee = TREE_OPERAND(callee, 0);
    const char *name = decl                                       ? name_of(DECL_NAME(decl))
                       : callee && VAR_OR_FUNCTION_DECL_P(callee) ? name_of(DECL_NAME(callee))
                                                                  : "(...)";
    struct expression *expression = make(EXPRESSION_CALL, name, place);
    for (int i = 0; i < call_expr_nargs(call); i++)
        expression_add(expression, read(&CALL_EXPR_ARG(call, i)));
    return expression;
}

static struct expression *read_difference(tree *place) {
    tree *inner = &TREE_OPERAND(*place, 0);
    if (TREE_CODE(*inner) != POINTER_DIFF_EXPR && TREE_CODE(*inner) != MINUS_EXPR)
        return make(EXPRESSION_OTHER, "", place);
    struct expression *difference = make_of(EXPRESSION_BINARY, "-", inner, 2);
    difference->node = place;
    return difference;
}

/* What `a > b ? a : b` and `a < 0 ? -a : a` have become. */
static struct expression *read_folded_choice(tree *place) {
    struct expression *choice = make(EXPRESSION_CHOICE, "", place);
    struct expression *condition =
        make_of(EXPRESSION_COMPARISON, "", place, TREE_OPERAND_LENGTH(*place));
    if (TREE_OPERAND_LENGTH(*place) == 1) {
        expression_add(condition, expression_new(EXPRESSION_CONSTANT, "0", place));
        condition->parts->next->zero = true;
    }
    expression_add(choice, condition);
    return choice;
}

/* What a sanitizer looks at, too. */
static struct expression *read_saved(tree *place) {
    struct expression *expression = read(&TREE_OPERAND(*place, 0));
    expression->node = place;
    return expression;
}

/* What isnan(x) has become. */
static struct expression *read_unordered(tree *place) {
    if (!operand_equal_p(TREE_OPERAND(*place, 0), TREE_OPERAND(*place, 1), 0))
        return make(EXPRESSION_OTHER, "", place);
    return make_of(EXPRESSION_CALL, "isnan", place, 1);
}

static struct expression *read_variable(tree *place) {
    tree decl = *place;
    const char *name = DECL_NAME(decl) ? name_of(DECL_NAME(decl)) : NULL;
    struct expression *variable = make(name ? EXPRESSION_VARIABLE : EXPRESSION_OTHER, name, place);
    struct expression_variable is = {};
    is.parameter = TREE_CODE(decl) == PARM_DECL;
    is.lasting = TREE_STATIC(decl) || DECL_EXTERNAL(decl);
    is.initialized = DECL_INITIAL(decl) != NULL_TREE;
    is.changing = TREE_THIS_VOLATILE(decl);
    expression_settle(variable, &is);
    return variable;
}

static struct expression *read_cast(tree *place) {
    struct expression *cast = make_of(EXPRESSION_CAST, "", place, 1);
    cast->unwritten = true;
    return cast->parts->kind == EXPRESSION_CONSTANT ? (expression_free(cast), read_constant(place))
                                                    : cast;
}

static const char *binary_operator(tree_code code) {
    static const struct {
        tree_code code;
        const char *name;
    } names[] = {{PLUS_EXPR, "+"},        {MINUS_EXPR, "-"},       {MULT_EXPR, "*"},
                 {TRUNC_DIV_EXPR, "/"},   {RDIV_EXPR, "/"},        {TRUNC_MOD_EXPR, "%"},
                 {LSHIFT_EXPR, "<<"},     {RSHIFT_EXPR, ">>"},     {BIT_AND_EXPR, "&"},
                 {BIT_IOR_EXPR, "|"},     {BIT_XOR_EXPR, "^"},     {EQ_EXPR, "=="},
                 {NE_EXPR, "!="},         {LT_EXPR, "<"},          {GT_EXPR, ">"},
                 {LE_EXPR, "<="},         {GE_EXPR, ">="},         {TRUTH_ANDIF_EXPR, "&&"},
                 {TRUTH_AND_EXPR, "&&"},  {TRUTH_ORIF_EXPR, "||"}, {TRUTH_OR_EXPR, "||"},
                 {POINTER_PLUS_EXPR, "+"}};
    for (const auto &one : names)
        if (one.code == code)
            return one.name;
    return nullptr;
}

/* An && that may be evaluated whole is a TRUTH_AND_EXPR. */
static enum expression_kind binary_kind(tree_code code) {
    if (code == TRUTH_ANDIF_EXPR || code == TRUTH_AND_EXPR)
        return EXPRESSION_AND;
    if (code == TRUTH_ORIF_EXPR || code == TRUTH_OR_EXPR)
        return EXPRESSION_OR;
    return TREE_CODE_CLASS(code) == tcc_comparison ? EXPRESSION_COMPARISON : EXPRESSION_BINARY;
}

static struct expression *read_pointer_sum(tree *place) {
    struct expression *sum = make(EXPRESSION_BINARY, "+", place);
    expression_add(sum, read(&TREE_OPERAND(*place, 0)));
    expression_add(sum, read(index_of_offset(&TREE_OPERAND(*place, 1))));
    return sum;
}

static struct expression *read(tree *place) {
    tree_code code = TREE_CODE(*place);
    if (CONSTANT_CLASS_P(*place))
        return read_constant(place);
    if (is_transparent(*place))
        return read(&TREE_OPERAND(*place, code == C_MAYBE_CONST_EXPR));
    if (is_cast(*place))
        return read_cast(place);
    switch (code) {
    case SAVE_EXPR:
        return read_saved(place);
    case VAR_DECL:
    case PARM_DECL:
    case RESULT_DECL:
        return read_variable(place);
    case COMPONENT_REF:
        return read_member(place);
    case ARRAY_REF:
        return make_of(EXPRESSION_ELEMENT, "", place, 2);
    case INDIRECT_REF:
        return read_target(place);
    case ADDR_EXPR:
        return read_address(place);
    case CALL_EXPR:
        return read_call(place);
    case NEGATE_EXPR:
        return make_of(EXPRESSION_UNARY, "-", place, 1);
    case BIT_NOT_EXPR:
        return make_of(EXPRESSION_UNARY, "~", place, 1);
    case TRUTH_NOT_EXPR:
        return make_of(EXPRESSION_NOT, "!", place, 1);
    case COND_EXPR: /* of `a ?: b` the condition is a SAVE_EXPR already */
        return TREE_CODE(TREE_OPERAND(*place, 0)) != SAVE_EXPR && TREE_OPERAND(*place, 2)
                   ? make_of(EXPRESSION_CHOICE, "", place, 3)
                   : make(EXPRESSION_OTHER, "", place);
    case UNORDERED_EXPR:
        return read_unordered(place);
    case MAX_EXPR:
    case MIN_EXPR:
    case ABS_EXPR:
        return read_folded_choice(place);
    case MODIFY_EXPR:
        return make_of(EXPRESSION_ASSIGNMENT, "=", place, 2);
    case COMPOUND_EXPR:
        return make_of(EXPRESSION_COMMA, ",", place, 2);
    case EXACT_DIV_EXPR:
        return read_difference(place);
    case POINTER_PLUS_EXPR:
        return read_pointer_sum(place);
    default:
        if (const char *name = binary_operator(code))
            return make_of(binary_kind(code), name, place, 2);
        return make(EXPRESSION_OTHER, "", place);
    }
}

/* ---- Keeping values ---- */

static const struct options *options;
static tree kept; /* chain of TREE_LIST: what the conditions keep; TREE_VALUE: a tree */

static tree keep(tree value) {
    kept = tree_cons(NULL_TREE, value, kept);
    return value;
}

/* Of (size)i + 1, an index as a pointer takes it, the type that i + 1 has. */
static tree index_type(tree index) {
    while (is_cast(index) || is_transparent(index))
        index = TREE_OPERAND(index, TREE_CODE(index) == C_MAYBE_CONST_EXPR);
    if (TREE_TYPE(index) != sizetype)
        return c_type_promotes_to(TREE_TYPE(index));
    if (!BINARY_CLASS_P(index))
        return ssizetype;
    return index_type(TREE_OPERAND(index, CONSTANT_CLASS_P(TREE_OPERAND(index, 0))));
}

/* The declared type of what is kept: a bit-field's own has its width only. */
static tree value_type(tree value) {
    if (TREE_TYPE(value) == sizetype) /* which no source can name */
        return index_type(value);
    bool bit_field = TREE_CODE(value) == COMPONENT_REF && DECL_C_BIT_FIELD(TREE_OPERAND(value, 1));
    tree type = bit_field ? DECL_BIT_FIELD_TYPE(TREE_OPERAND(value, 1)) : NULL_TREE;
    return type ? type : TREE_TYPE(value);
}

static tree array_behind(tree value) {
    if (TREE_CODE(value) != ADDR_EXPR)
        return NULL_TREE;
    tree type = TREE_TYPE(TREE_OPERAND(value, 0));
    bool known = TREE_CODE(type) == ARRAY_TYPE && TYPE_SIZE(type) &&
                 TREE_CODE(TYPE_SIZE(type)) == INTEGER_CST;
    return known ? type : NULL_TREE;
}

/* Of a condition that can be evaluated again, a copy of the tree at the place; of any other
 * makes that tree one that can be asked again. */
static tree save(tree *place, bool again) {
    tree value = *place;
    if (again)
        return c_fully_fold(unshare_expr(value), false, nullptr);
    bool fixed =
        CONSTANT_CLASS_P(value) || (TREE_CODE(value) == ADDR_EXPR && tree_invariant_p(value));
    if (fixed || TREE_CODE(value) == SAVE_EXPR || AGGREGATE_TYPE_P(TREE_TYPE(value)))
        return value;
    /* The compiler warns of an assignment that is a condition, and has to see one. */
    if (TREE_CODE(value) == MODIFY_EXPR)
        return save(&TREE_OPERAND(value, 1), false);
    *place = build1(SAVE_EXPR, TYPE_MAIN_VARIANT(TREE_TYPE(value)), value);
    TREE_SIDE_EFFECTS(*place) = 1;
    SET_EXPR_LOCATION(*place, EXPR_LOCATION(value));
    return *place;
}

static tree saved_guard(const struct guard *guard, bool again) {
    if (!guard)
        return NULL_TREE;
    tree outer = saved_guard(guard->outer, again);
    tree truth = save((tree *)guard->condition->node, again);
    tree_code code = guard->wanted ? NE_EXPR : EQ_EXPR;
    tree wanted = build2(code, boolean_type_node, truth, build_zero_cst(TREE_TYPE(truth)));
    return outer ? build2(TRUTH_ANDIF_EXPR, boolean_type_node, outer, wanted) : wanted;
}

static struct condition *latest; /* whose text comes next */

static void keep_operand(struct condition *condition, const struct operand *operand, bool again) {
    struct kept_operand one = {};
    tree *place = (tree *)operand->expression->node;
    tree array = array_behind(*place);
    one.type = keep(array ? array : value_type(*place));
    one.otherwise =
        operand->guard && operand->expression->settled ? keep(save(place, true)) : NULL_TREE;
    one.value = keep(save(place, again));
    one.guard = saved_guard(operand->guard, again);
    if (one.guard)
        keep(one.guard);
    one.text = xstrdup(operand->text);
    one.flags = operand->flags | (array ? THIMBLE_OPERAND_ARRAY : 0);
    condition->operands.safe_push(one);
}

/* A call that is a seam may be a mock's, which counts. */
static tree find_seam(tree *place, int *, void *) {
    tree decl = TREE_CODE(*place) == CALL_EXPR ? get_callee_fndecl(*place) : NULL_TREE;
    if (TREE_CODE(*place) != CALL_EXPR)
        return NULL_TREE;
    if (!decl)
        return *place;
    struct call facts = read_call(*place, decl);
    return seams_decide(options, &facts) == SEAM_NO ? NULL_TREE : *place;
}

/* Whether nobody can tell that the condition is evaluated a second time. Then that is done
 * where it has failed, and the code of one that holds is what it is without us. */
static bool can_be_repeated(tree condition) {
    return !TREE_SIDE_EFFECTS(condition) &&
           !walk_tree_without_duplicates(&condition, find_seam, nullptr);
}

/* What holds a SAVE_EXPR has side effects, whatever it was before. */
static void note_side_effects(tree expression) {
    if (!expression || !EXPR_P(expression) || TREE_CODE(expression) == STATEMENT_LIST)
        return;
    for (int i = 0; i < TREE_OPERAND_LENGTH(expression); i++) {
        tree operand = TREE_OPERAND(expression, i);
        note_side_effects(operand);
        if (operand && EXPR_P(operand) && TREE_SIDE_EFFECTS(operand))
            TREE_SIDE_EFFECTS(expression) = 1;
    }
}

static void keep_condition(const char *text, tree *place) {
    bool again = can_be_repeated(*place);
    struct expression *expression = read(place);
    expression_align(expression, text);
    struct plan plan = expression_plan(expression);
    struct condition *condition = new struct condition();
    for (size_t i = 0; i < plan.count; i++)
        keep_operand(condition, &plan.operands[i], again);
    if (!again)
        note_side_effects(*place);
    expression_plan_free(&plan);
    expression_free(expression);
    latest = condition;
}

/* ---- The built-in ---- */

enum { BUILT_IN_NUMBER = 4000 }; /* no target has so many */

static tree (*resolve)(unsigned, tree, void *);
static hash_map<tree, struct condition *> *by_text; /* the literal that is reported */

static tree resolve_asserted(vec<tree, va_gc> *operands) {
    tree text = vec_safe_length(operands) ? literal_of((*operands)[0]) : NULL_TREE;
    if (!text)
        return error_mark_node;
    if (operands->length() == 1) {
        if (latest)
            by_text->put(keep(text), latest);
        latest = nullptr;
        return (*operands)[0];
    }
    tree condition = (*operands)[1];
    for (unsigned i = 2; i < operands->length(); i++)
        condition = build_compound_expr(input_location, condition, (*operands)[i]);
    latest = nullptr;
    if (options->asserts && current_function_decl && condition != error_mark_node &&
        !error_operand_p(condition))
        keep_condition(TREE_STRING_POINTER(text), &condition);
    return condition;
}

static tree resolve_with_ours(unsigned place, tree decl, void *operands) {
    if (id_equal(DECL_NAME(decl), ASSERTED))
        return resolve_asserted((vec<tree, va_gc> *)operands);
    return resolve ? resolve(place, decl, operands) : NULL_TREE;
}

void conditions_declare(void) {
    if (lookup_name(get_identifier(ASSERTED)))
        return;
    tree type = build_varargs_function_type_list(integer_type_node, NULL_TREE);
    add_builtin_function_ext_scope(ASSERTED, type, BUILT_IN_NUMBER, BUILT_IN_MD, NULL, NULL_TREE);
}

void conditions_init(const char *plugin_name, const struct options *all_options) {
    static const struct ggc_root_tab roots[] = {
        {&kept, 1, sizeof kept, &gt_ggc_mx_tree_node, &gt_pch_nx_tree_node}, LAST_GGC_ROOT_TAB};
    register_callback(plugin_name, PLUGIN_REGISTER_GGC_ROOTS, nullptr, (void *)roots);
    options = all_options;
    by_text = new hash_map<tree, struct condition *>;
    resolve = targetm.resolve_overloaded_builtin;
    targetm.resolve_overloaded_builtin = resolve_with_ours;
}

struct condition *condition_reported_by(tree call) {
    tree text = call_expr_nargs(call) ? literal_of(CALL_EXPR_ARG(call, 0)) : NULL_TREE;
    struct condition **found = text ? by_text->get(text) : nullptr;
    return found ? *found : nullptr;
}
