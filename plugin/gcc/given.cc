/* given.cc: what the header's functions are given, for the core to hold against what a function
 * takes and returns. Markers have become references by then.
 */
#include "gcc.h"

extern "C" {
#include "injection.h"
}

struct list {
    struct model *model;
    auto_vec<struct given> given;
    auto_vec<location_t> places; /* of each, as far as it is known */
};

static tree strip(tree expression) {
    while (expression && (CONVERT_EXPR_P(expression) || TREE_CODE(expression) == NON_LVALUE_EXPR ||
                          TREE_CODE(expression) == VIEW_CONVERT_EXPR))
        expression = TREE_OPERAND(expression, 0);
    return expression;
}

/* What a compound literal, or the address of one, is made of; or null. */
static tree constructor_in(tree expression) {
    expression = strip(expression);
    if (expression && TREE_CODE(expression) == ADDR_EXPR)
        expression = strip(TREE_OPERAND(expression, 0));
    if (expression && TREE_CODE(expression) == COMPOUND_LITERAL_EXPR)
        expression = DECL_INITIAL(COMPOUND_LITERAL_EXPR_DECL(expression));
    return expression && TREE_CODE(expression) == CONSTRUCTOR ? expression : NULL_TREE;
}

/* The field's value; null where it is left out. */
static tree field(tree constructor, const char *name) {
    unsigned HOST_WIDE_INT i;
    tree index, value;
    FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(constructor), i, index, value)
    if (index && TREE_CODE(index) == FIELD_DECL && id_equal(DECL_NAME(index), name))
        return value;
    return NULL_TREE;
}

static const char *text_in(tree expression) {
    tree literal = expression ? literal_of(expression) : NULL_TREE;
    if (!literal || TYPE_MAIN_VARIANT(TREE_TYPE(TREE_TYPE(literal))) != char_type_node)
        return nullptr;
    return TREE_STRING_POINTER(literal);
}

static uint32_t number_in(tree constructor, const char *name) {
    tree number = field(constructor, name);
    return number && tree_fits_uhwi_p(number) ? (uint32_t)tree_to_uhwi(number) : 0;
}

static void add(struct list *list, const struct given *given, location_t place) {
    list->given.safe_push(*given);
    list->places.safe_push(place);
}

static void read(struct list *, tree expression, unsigned depth);

static void read_elements(struct list *list, tree constructor, unsigned depth) {
    unsigned HOST_WIDE_INT i;
    tree value;
    FOR_EACH_CONSTRUCTOR_VALUE(CONSTRUCTOR_ELTS(constructor), i, value)
    read(list, value, depth);
}

static void read_constant(tree value, struct given *out) {
    if (TREE_CODE(value) == REAL_CST) {
        char text[64];
        real_to_decimal(text, TREE_REAL_CST_PTR(value), sizeof text, 0, 1);
        out->constant = CONSTANT_REAL;
        out->real = strtold(text, nullptr);
    } else if (TREE_CODE(value) == INTEGER_CST) {
        out->negative = tree_int_cst_sgn(value) < 0;
        if (out->negative ? !tree_fits_shwi_p(value) : !tree_fits_uhwi_p(value))
            return;
        out->constant = CONSTANT_INTEGER;
        out->magnitude =
            out->negative ? -(uint64_t)tree_to_shwi(value) : (uint64_t)tree_to_uhwi(value);
    }
}

/* The x of `(T[1]){(x)}`, or null. */
static tree value_operand(tree constructor) {
    tree data = field(constructor, "data");
    tree object = data ? constructor_in(data) : NULL_TREE;
    return object && CONSTRUCTOR_NELTS(object) == 1 ? CONSTRUCTOR_ELT(object, 0)->value : NULL_TREE;
}

static void read_value(struct list *list, tree constructor, unsigned depth) {
    tree reference = constructor_in(field(constructor, "type"));
    tree operand = value_operand(constructor);
    if (!reference)
        return;
    struct given given = {};
    given.kind = GIVEN_VALUE;
    given.depth = depth;
    given.type = number_in(reference, "index");
    tree matcher = operand ? constructor_in(operand) : NULL_TREE;
    if (matcher && !is_header_struct(matcher, "thimble_matcher"))
        matcher = NULL_TREE;
    location_t place = operand ? EXPR_LOCATION(operand) : UNKNOWN_LOCATION;
    if (matcher) {
        given.matcher = (int)number_in(matcher, "kind");
        given.text = text_in(field(matcher, "name"));
    } else if (operand) {
        read_constant(tree_strip_any_location_wrapper(operand), &given);
        given.text = text_in(operand);
    }
    add(list, &given, place);
    if (tree values = matcher ? field(matcher, "values") : NULL_TREE)
        read(list, values, depth + 1);
}

static void read_name(struct list *list, tree constructor, unsigned depth) {
    tree reference = constructor_in(field(constructor, "ref"));
    struct given given = {};
    given.kind = GIVEN_NAME;
    given.depth = depth;
    if (reference) {
        given.ref = (enum thimble_ref_kind)number_in(reference, "kind");
        given.index = number_in(reference, "index");
    }
    given.text = text_in(field(constructor, "text"));
    add(list, &given, UNKNOWN_LOCATION);
}

static void read_call(struct list *list, tree constructor, unsigned depth) {
    struct given given = {};
    given.kind = GIVEN_CALL;
    given.depth = depth;
    add(list, &given, UNKNOWN_LOCATION);
    if (tree values = field(constructor, "values"))
        read(list, values, depth + 1);
}

static void read(struct list *list, tree expression, unsigned depth) {
    tree constructor = constructor_in(expression);
    if (!constructor)
        return;
    if (TREE_CODE(TREE_TYPE(constructor)) == ARRAY_TYPE)
        read_elements(list, constructor, depth);
    else if (is_header_struct(constructor, "thimble_value"))
        read_value(list, constructor, depth);
    else if (is_header_struct(constructor, "thimble_name"))
        read_name(list, constructor, depth);
    else if (is_header_struct(constructor, "thimble_expected_call"))
        read_call(list, constructor, depth);
}

static void read_argument(struct list *list, tree argument) {
    struct given given = {};
    given.kind = GIVEN_TEXT;
    given.text = text_in(argument);
    if (given.text)
        add(list, &given, UNKNOWN_LOCATION);
    else
        read(list, argument, 0);
}

void check_injection(struct model *model, tree call, tree decl) {
    const char *callee = name_of(DECL_NAME(decl));
    if (!injection_checks(callee))
        return;
    struct list list = {model, {}, {}};
    for (int i = 0; i < call_expr_nargs(call); i++)
        read_argument(&list, CALL_EXPR_ARG(call, i));
    char message[2048];
    size_t wrong;
    if (injection_fits(model, callee, list.given.address(), list.given.length(), message,
                       sizeof message, &wrong))
        return;
    location_t place = list.places[wrong];
    error_at(place == UNKNOWN_LOCATION ? EXPR_LOCATION(call) : place, "%s", message);
}
