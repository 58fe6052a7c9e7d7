/* hints.cc: what only the parser sees: of a call a sizeof among its arguments, and the first
 * type that its value is converted to.
 *
 * The parser folds `sizeof(T)` to a number before anybody else sees it, but keeps
 * the last operand for its own warnings (c_last_sizeof_arg). Two of the target's
 * hooks are called soon afterwards, when the number is multiplied and when it is
 * passed: what was last is noted there, with its place. Where a GCC does not call
 * them, a type is known from a cast and from what the block is assigned to, which
 * is nearly always.
 *
 * A function that is only declared is nowhere to be found once the unit is parsed.
 *
 * `keep((T *)malloc(n))` is folded to `keep(malloc(n))` where keep takes a void *. A
 * third hook is asked about each conversion.
 */
#include "gcc.h"

/* ---- sizeof ---- */

static tree noted;                   /* chain of TREE_LIST, newest first; TREE_PURPOSE: type */
static auto_vec<location_t> *places; /* of the chain's elements, oldest first */
static location_t last_place;

static void note_sizeof(void) {
    if (!c_last_sizeof_arg || c_last_sizeof_loc == last_place)
        return;
    last_place = c_last_sizeof_loc;
    tree type = TYPE_P(c_last_sizeof_arg) ? c_last_sizeof_arg : TREE_TYPE(c_last_sizeof_arg);
    if (!type || type == error_mark_node)
        return;
    noted = tree_cons(type, NULL_TREE, noted);
    places->safe_push(last_place);
}

static bool (*promote_prototypes)(const_tree);
static const char *(*invalid_binary_op)(int, const_tree, const_tree);

static bool promote_prototypes_noting(const_tree type) {
    note_sizeof();
    return promote_prototypes(type);
}

static const char *invalid_binary_op_noting(int op, const_tree left, const_tree right) {
    note_sizeof();
    return invalid_binary_op(op, left, right);
}

/* A call stands at its first word. Where it is all that is left of `sizeof(T) > 2 ? f()
 * : g()` it got the place of the whole, whose sizeof is about something else. */
static bool stands_by_itself(source_range range, location_t place) {
    return linemap_compare_locations(line_table, range.m_start, get_pure_location(place)) == 0;
}

tree sizeof_type_in(tree call) {
    source_range range = get_range_from_loc(line_table, EXPR_LOCATION(call));
    if (!stands_by_itself(range, EXPR_LOCATION(call)))
        return NULL_TREE;
    tree element = noted;
    for (unsigned i = places->length(); i-- > 0; element = TREE_CHAIN(element)) {
        location_t place = (*places)[i];
        if (linemap_compare_locations(line_table, range.m_start, place) >= 0 &&
            linemap_compare_locations(line_table, place, range.m_finish) >= 0)
            return TREE_PURPOSE(element);
    }
    return NULL_TREE;
}

/* ---- Conversions ---- */

static tree converted; /* chain of TREE_LIST; TREE_PURPOSE: type. Keeps the types alive */
static hash_map<int_hash<location_t, UNKNOWN_LOCATION>, tree> *conversions; /* by call's place */

static void note_conversion(tree type, tree expression) {
    if (TREE_CODE(expression) != CALL_EXPR || !EXPR_HAS_LOCATION(expression) ||
        !POINTER_TYPE_P(type) || VOID_TYPE_P(TREE_TYPE(type)))
        return;
    bool known;
    tree &first = conversions->get_or_insert(EXPR_LOCATION(expression), &known);
    if (known)
        return;
    first = type;
    converted = tree_cons(type, NULL_TREE, converted);
}

static tree (*convert_to_type)(tree, tree);

static tree convert_to_type_noting(tree type, tree expression) {
    note_conversion(type, expression);
    return convert_to_type(type, expression);
}

tree type_converted_to(tree call) {
    tree *type = conversions->get(EXPR_LOCATION(call));
    return type ? *type : NULL_TREE;
}

/* ---- Declarations that nothing in the unit uses ---- */

static tree declared; /* chain of TREE_LIST, newest first; TREE_PURPOSE: declaration */

static void note_declaration(void *data, void *) {
    tree decl = (tree)data;
    enum thimble_fixture_kind kind;
    const char *value;
    if (TREE_CODE(decl) == FUNCTION_DECL && DECL_NAME(decl) &&
        naming_is_fixture(name_of(DECL_NAME(decl)), &kind, &value))
        declared = tree_cons(decl, NULL_TREE, declared);
}

void read_declared_fixtures(struct model *model) {
    declared = nreverse(declared);
    for (tree one = declared; one; one = TREE_CHAIN(one))
        if (!DECL_SAVED_TREE(TREE_PURPOSE(one)))
            read_function(model, TREE_PURPOSE(one));
}

/* ---- The hooks ---- */

void hints_init(const char *plugin_name) {
    static const struct ggc_root_tab roots[] = {
        {&noted, 1, sizeof noted, &gt_ggc_mx_tree_node, &gt_pch_nx_tree_node},
        {&converted, 1, sizeof converted, &gt_ggc_mx_tree_node, &gt_pch_nx_tree_node},
        {&declared, 1, sizeof declared, &gt_ggc_mx_tree_node, &gt_pch_nx_tree_node},
        LAST_GGC_ROOT_TAB};
    register_callback(plugin_name, PLUGIN_REGISTER_GGC_ROOTS, nullptr, (void *)roots);
    register_callback(plugin_name, PLUGIN_FINISH_DECL, note_declaration, nullptr);
    places = new auto_vec<location_t>;
    conversions = new hash_map<int_hash<location_t, UNKNOWN_LOCATION>, tree>;
    promote_prototypes = targetm.calls.promote_prototypes;
    targetm.calls.promote_prototypes = promote_prototypes_noting;
    invalid_binary_op = targetm.invalid_binary_op;
    targetm.invalid_binary_op = invalid_binary_op_noting;
    convert_to_type = targetm.convert_to_type;
    targetm.convert_to_type = convert_to_type_noting;
}
