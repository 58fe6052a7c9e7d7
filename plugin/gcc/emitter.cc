/* emitter.cc: a unit's descriptors into its object file, as static data and a
 * constructor. */
#include "gcc.h"

static tree unit_type, unit, slots;

/* ---- Making declarations ---- */

/* A static variable that no source can name. */
static tree static_variable(const char *name, tree type) {
    tree decl = build_decl(UNKNOWN_LOCATION, VAR_DECL, get_identifier(name), type);
    TREE_STATIC(decl) = 1;
    TREE_USED(decl) = 1;
    TREE_ADDRESSABLE(decl) = 1;
    DECL_ARTIFICIAL(decl) = 1;
    DECL_IGNORED_P(decl) = 1;
    return decl;
}

static void define(tree variable, tree value) {
    DECL_INITIAL(variable) = value;
    relayout_decl(variable);
    varpool_node::finalize_decl(variable);
}

static tree const_pointer(void) {
    return build_pointer_type(build_qualified_type(void_type_node, TYPE_QUAL_CONST));
}

static tree array_of(tree element, uint32_t count) {
    return build_array_type_nelts(element, count ? count : 1);
}

static tree address_of(tree decl) {
    return build1(ADDR_EXPR, build_pointer_type(TREE_TYPE(decl)), decl);
}

static tree as_pointer(tree decl) {
    return build1(NOP_EXPR, const_pointer(), address_of(decl));
}

/* ---- struct thimble_unit, as in thimble/abi.h ---- */

static tree hook_type(bool with_size) {
    return build_pointer_type(
        with_size ? build_function_type_list(void_type_node, ptr_type_node, uint32_type_node,
                                             ptr_type_node, size_type_node, NULL_TREE)
                  : build_function_type_list(void_type_node, ptr_type_node, uint32_type_node,
                                             ptr_type_node, NULL_TREE));
}

static tree make_unit_type(void) {
    const struct {
        const char *name;
        tree type;
    } members[] = {{"format", uint32_type_node},     {"blob_size", uint32_type_node},
                   {"blob", const_pointer()},        {"symbols", const_pointer()},
                   {"slots", const_pointer()},       {"symbol_count", uint32_type_node},
                   {"slot_count", uint32_type_node}, {"allocated", hook_type(true)},
                   {"releasing", hook_type(false)},  {"next", const_pointer()},
                   {"state", const_pointer()}};
    tree record = make_node(RECORD_TYPE), fields = NULL_TREE;
    for (const auto &member : members) {
        tree field =
            build_decl(UNKNOWN_LOCATION, FIELD_DECL, get_identifier(member.name), member.type);
        DECL_CHAIN(field) = fields;
        fields = field;
    }
    finish_builtin_struct(record, "thimble_unit", fields, NULL_TREE);
    return record;
}

static tree unit_field(const char *name) {
    tree field = TYPE_FIELDS(unit_type);
    while (!id_equal(DECL_NAME(field), name))
        field = DECL_CHAIN(field);
    return field;
}

void emitter_init(void) {
    unit_type = make_unit_type();
    unit = static_variable(EMISSION_UNIT, unit_type);
    /* Its bound is known when the last seam is; until then only its address counts. */
    slots = static_variable(EMISSION_SLOTS, array_of(ptr_type_node, 1));
}

tree slot_value(uint32_t slot) {
    tree offset = build_int_cst(build_pointer_type_for_mode(char_type_node, ptr_mode, true),
                                slot * int_size_in_bytes(ptr_type_node));
    return build2(MEM_REF, ptr_type_node, as_pointer(slots), offset);
}

tree unit_address(void) {
    return build1(NOP_EXPR, ptr_type_node, address_of(unit));
}

tree unit_hook(const char *name) {
    tree field = unit_field(name);
    return build3(COMPONENT_REF, TREE_TYPE(field), unit, field, NULL_TREE);
}

/* struct thimble_ref {unit, index, kind}, in the type that the header gave it. */
tree ref_constant(tree type, uint32_t kind, uint32_t index) {
    vec<constructor_elt, va_gc> *values = NULL;
    tree field = TYPE_FIELDS(type);
    tree where = kind == THIMBLE_REF_NONE ? null_pointer_node : address_of(unit);
    CONSTRUCTOR_APPEND_ELT(values, field, build1(NOP_EXPR, TREE_TYPE(field), where));
    field = DECL_CHAIN(field);
    CONSTRUCTOR_APPEND_ELT(values, field, build_int_cst(TREE_TYPE(field), index));
    field = DECL_CHAIN(field);
    CONSTRUCTOR_APPEND_ELT(values, field, build_int_cst(TREE_TYPE(field), kind));
    tree constant = build_constructor(type, values);
    TREE_CONSTANT(constant) = 1;
    return constant;
}

/* ---- main ---- */

static void add_weak_alias(tree decl, const char *name) {
    tree alias = build_decl(DECL_SOURCE_LOCATION(decl), FUNCTION_DECL, get_identifier(name),
                            TREE_TYPE(decl));
    TREE_PUBLIC(alias) = 1;
    TREE_USED(alias) = 1;
    DECL_ARTIFICIAL(alias) = 1;
    DECL_PRESERVE_P(alias) = 1;
    DECL_WEAK(alias) = 1;
    SET_DECL_ASSEMBLER_NAME(alias, get_identifier(name));
    cgraph_node::create_alias(alias, decl);
}

/* The compiler takes whatever is named main for run once; a test may call it
 * often, so it loses that name. */
void emit_program_main(tree decl) {
    TREE_PUBLIC(decl) = 0;
    DECL_NAME(decl) = get_identifier(EMISSION_PROGRAM_MAIN);
    symtab->change_decl_assembler_name(decl, get_identifier(EMISSION_MAIN_BODY));
    add_weak_alias(decl, EMISSION_MAIN);
    add_weak_alias(decl, EMISSION_PROGRAM_MAIN);
}

/* ---- The unit ---- */

static tree blob_variable(const struct model *model, uint32_t *size) {
    unsigned char *bytes = layout_blob(model, BYTES_BIG_ENDIAN, size);
    tree type = array_of(build_qualified_type(char_type_node, TYPE_QUAL_CONST), *size);
    tree blob = static_variable(EMISSION_BLOB, type);
    TREE_READONLY(blob) = 1;
    SET_DECL_ALIGN(blob, 8 * BITS_PER_UNIT);
    tree text = build_string(*size, (const char *)bytes);
    TREE_TYPE(text) = type;
    free(bytes);
    define(blob, text);
    return blob;
}

static tree symbols_variable(const struct model *model) {
    vec<constructor_elt, va_gc> *values = NULL;
    uint32_t count = model_symbol_count(model);
    for (uint32_t i = 0; i < count; i++) {
        struct model_symbol symbol = model_symbol_at(model, i);
        tree decl = symbol.object ? object_of_index(symbol.index) : function_of_index(symbol.index);
        TREE_USED(decl) = 1;
        TREE_ADDRESSABLE(decl) = 1;
        DECL_PRESERVE_P(decl) = 1;
        CONSTRUCTOR_APPEND_ELT(values, size_int(i), as_pointer(decl));
    }
    tree type = array_of(build_qualified_type(const_pointer(), TYPE_QUAL_CONST), count);
    tree symbols = static_variable(EMISSION_SYMBOLS, type);
    TREE_READONLY(symbols) = 1;
    define(symbols, count ? build_constructor(type, values) : build_zero_cst(type));
    return symbols;
}

static void define_slots(const struct model *model) {
    TREE_TYPE(slots) = array_of(ptr_type_node, model_slot_count(model));
    define(slots, NULL_TREE);
}

static void define_unit(const struct model *model) {
    uint32_t blob_size;
    tree blob = blob_variable(model, &blob_size);
    tree symbols = symbols_variable(model);
    define_slots(model);
    vec<constructor_elt, va_gc> *values = NULL;
    auto number = [&](const char *field, uint32_t value) {
        CONSTRUCTOR_APPEND_ELT(values, unit_field(field), build_int_cst(uint32_type_node, value));
    };
    auto pointer = [&](const char *field, tree variable) {
        CONSTRUCTOR_APPEND_ELT(values, unit_field(field), as_pointer(variable));
    };
    number("format", THIMBLE_FORMAT);
    number("blob_size", blob_size);
    pointer("blob", blob);
    pointer("symbols", symbols);
    pointer("slots", slots);
    number("symbol_count", model_symbol_count(model));
    number("slot_count", model_slot_count(model));
    define(unit, build_constructor(unit_type, values));
}

tree runtime_function(const char *name, tree type) {
    symtab_node *node = symtab_node::get_for_asmname(get_identifier(name));
    if (node && TREE_CODE(node->decl) == FUNCTION_DECL)
        return node->decl;
    tree decl = build_fn_decl(name, type);
    declare_weak(decl);
    SET_DECL_ASSEMBLER_NAME(decl, get_identifier(name));
    cgraph_node::get_create(decl); /* is found from now on */
    return decl;
}

/* if (&FUNCTION) FUNCTION(&unit); before or after all that the unit does itself. */
static void emit_call_at(char when, const char *function_name) {
    tree function = runtime_function(
        function_name, build_function_type_list(void_type_node, ptr_type_node, NULL_TREE));
    tree arg = unit_address();
    tree call =
        build_call_array_loc(UNKNOWN_LOCATION, void_type_node, address_of(function), 1, &arg);
    TREE_SIDE_EFFECTS(call) = 1;
    tree there =
        build2(NE_EXPR, boolean_type_node, as_pointer(function), build_zero_cst(const_pointer()));
    tree body = NULL_TREE;
    append_to_statement_list(
        build3(COND_EXPR, void_type_node, there, call, build_empty_stmt(UNKNOWN_LOCATION)), &body);
    cgraph_build_static_cdtor(when, body, EMISSION_PRIORITY);
}

void emit_unit(const struct model *model) {
    if (model_is_empty(model))
        return;
    define_unit(model);
    emit_call_at('I', EMISSION_REGISTER);
    emit_call_at('D', EMISSION_UNREGISTER);
}
