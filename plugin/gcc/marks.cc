/* marks.cc: what the header's TAG("slow") and its like put in front of a test: an attribute
 * that the plugin knows. The header asks for it with __has_attribute, so that nobody else
 * gets to see it. */
#include "gcc.h"

#include <math.h>

#define MARK "thimble_mark"

static enum thimble_mark_kind kind_of(tree args) {
    enum thimble_mark_kind kind = THIMBLE_TAG;
    tree word = TREE_VALUE(args);
    if (TREE_CODE(word) == STRING_CST)
        marks_kind(TREE_STRING_POINTER(word), &kind);
    return kind;
}

static void say_misplaced(tree decl, tree args) {
    char message[256];
    const char *name = DECL_NAME(decl) ? name_of(DECL_NAME(decl)) : "something";
    marks_misplaced(kind_of(args), name, message, sizeof message);
    error_at(DECL_SOURCE_LOCATION(decl), "%s", message);
}

/* Called while the declaration is parsed. */
static tree handle_mark(tree *node, tree, tree args, int, bool *no_add_attrs) {
    bool later = TREE_CODE(*node) == FUNCTION_DECL || (VAR_P(*node) && !current_function_decl);
    if (!later)
        say_misplaced(*node, args);
    *no_add_attrs = !later;
    return NULL_TREE;
}

static void register_mark(void *, void *) {
    static struct attribute_spec mark = {};
    mark.name = MARK;
    mark.min_length = mark.max_length = 2;
    mark.decl_required = true;
    mark.handler = handle_mark;
    register_attribute(&mark);
}

void marks_init(const char *plugin_name) {
    register_callback(plugin_name, PLUGIN_ATTRIBUTES, register_mark, nullptr);
}

/* NAN for what is no constant. */
static double number_of(tree value) {
    char digits[64];
    if (TREE_CODE(value) != REAL_CST && TREE_CODE(value) != INTEGER_CST)
        return NAN;
    REAL_VALUE_TYPE number = TREE_CODE(value) == REAL_CST
                                 ? TREE_REAL_CST(value)
                                 : real_value_from_int_cst(NULL_TREE, value);
    real_to_decimal(digits, &number, sizeof digits, 0, 1);
    return strtod(digits, nullptr);
}

static void read_mark(struct model *model, uint32_t function, tree args) {
    tree value = c_fully_fold(TREE_VALUE(TREE_CHAIN(args)), false, nullptr);
    tree text = literal_of(value);
    bool narrow = text && TYPE_PRECISION(TREE_TYPE(TREE_TYPE(text))) == BITS_PER_UNIT;
    model_mark_add(model, function, kind_of(args), narrow ? TREE_STRING_POINTER(text) : nullptr,
                   number_of(value));
}

void read_marks(struct model *model, tree decl) {
    tree attributes = DECL_ATTRIBUTES(decl);
    auto_vec<tree> marks; /* the last one first */
    for (tree mark = lookup_attribute(MARK, attributes); mark;
         mark = lookup_attribute(MARK, TREE_CHAIN(mark)))
        marks.safe_push(mark);
    if (marks.is_empty())
        return;
    uint32_t function = read_function(model, decl);
    while (!marks.is_empty())
        read_mark(model, function, TREE_VALUE(marks.pop()));
    DECL_ATTRIBUTES(decl) = remove_attribute(MARK, attributes);
}

void check_marks(tree variable) {
    if (tree mark = lookup_attribute(MARK, DECL_ATTRIBUTES(variable)))
        say_misplaced(variable, TREE_VALUE(mark));
}
