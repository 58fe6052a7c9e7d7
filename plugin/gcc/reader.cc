/* reader.cc: GCC's trees to the model. */
#include "gcc.h"

static auto_vec<tree> *functions; /* declarations by their index */
static auto_vec<tree> *objects;   /* the same */

static uint64_t constant_of(tree value) {
    return value && tree_fits_uhwi_p(value) ? tree_to_uhwi(value) : 0;
}

const char *name_of(tree name) {
    if (name && TREE_CODE(name) == TYPE_DECL)
        name = DECL_NAME(name);
    return name ? IDENTIFIER_POINTER(name) : nullptr;
}

static uint32_t flags_of_qualifiers(int qualifiers) {
    return (qualifiers & TYPE_QUAL_CONST ? THIMBLE_CONST : 0) |
           (qualifiers & TYPE_QUAL_VOLATILE ? THIMBLE_VOLATILE : 0) |
           (qualifiers & TYPE_QUAL_RESTRICT ? THIMBLE_RESTRICT : 0) |
           (qualifiers & TYPE_QUAL_ATOMIC ? THIMBLE_ATOMIC : 0);
}

/* The typedef by whose name the type goes, qualifiers aside, or null. Of one that is
 * declared twice GCC forgets the original type. */
static tree typedef_of(tree type) {
    tree name = TYPE_NAME(type);
    if (!name || TREE_CODE(name) != TYPE_DECL)
        return NULL_TREE;
    return DECL_ORIGINAL_TYPE(name) || TYPE_NAME(TYPE_MAIN_VARIANT(type)) != name ? name
                                                                                  : NULL_TREE;
}

static tree typedef_target(tree name) {
    tree type = TREE_TYPE(name);
    if (DECL_ORIGINAL_TYPE(name))
        return DECL_ORIGINAL_TYPE(name);
    return build_qualified_type(TYPE_MAIN_VARIANT(type), TYPE_QUALS(type));
}

/* A const array is one of const elements: those of the typedef's own tell. */
static int qualifiers_of(tree type) {
    return TYPE_QUALS(typedef_of(type) ? strip_array_types(type) : type);
}

/* The type less the qualifiers that it has beyond its typedef's. */
static tree without_qualifiers(tree type) {
    tree name = typedef_of(type);
    int qualifiers = name ? qualifiers_of(TREE_TYPE(name)) : TYPE_UNQUALIFIED;
    if (qualifiers == qualifiers_of(type))
        return type;
    return name ? TREE_TYPE(name) : TYPE_MAIN_VARIANT(type);
}

static bool is_complete(tree type) {
    return TYPE_SIZE(type) != NULL_TREE;
}

/* ---- One kind of type after the other ---- */

static void read_members(struct model *model, uint32_t index, tree type) {
    auto_vec<struct model_member> members;
    for (tree field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
        if (TREE_CODE(field) != FIELD_DECL)
            continue;
        struct model_member member = {};
        bool bitfield = DECL_C_BIT_FIELD(field);
        member.name = name_of(DECL_NAME(field));
        member.bitfield = bitfield;
        member.width = bitfield ? constant_of(DECL_SIZE(field)) : 0;
        member.type =
            read_type(model, bitfield && DECL_BIT_FIELD_TYPE(field) ? DECL_BIT_FIELD_TYPE(field)
                                                                    : TREE_TYPE(field));
        member.offset = constant_of(DECL_FIELD_OFFSET(field)) * BITS_PER_UNIT +
                        constant_of(DECL_FIELD_BIT_OFFSET(field));
        members.safe_push(member);
    }
    model_type_members(model, index, members.address(), members.length());
}

static void read_enumerators(struct model *model, uint32_t index, tree type) {
    auto_vec<struct model_enumerator> enumerators;
    for (tree value = TYPE_VALUES(type); value; value = TREE_CHAIN(value)) {
        tree number = TREE_VALUE(value);
        if (TREE_CODE(number) == CONST_DECL)
            number = DECL_INITIAL(number);
        struct model_enumerator enumerator = {name_of(TREE_PURPOSE(value)),
                                              (int64_t)TREE_INT_CST_LOW(number)};
        enumerators.safe_push(enumerator);
    }
    model_type_enumerators(model, index, enumerators.address(), enumerators.length());
}

static struct model_member parameter(struct model *model, tree type, tree name) {
    struct model_member member = {};
    member.name = name_of(name);
    member.type = read_type(model, type);
    return member;
}

/* A type has no names for its parameters; the declaration has. Without a prototype
 * the definition has the types too, as arguments are promoted to in a call. */
static void read_parameters(struct model *model, uint32_t index, tree type, tree decl) {
    auto_vec<struct model_member> parameters;
    tree parm = decl ? DECL_ARGUMENTS(decl) : NULL_TREE;
    if (!prototype_p(type))
        for (; parm; parm = DECL_CHAIN(parm))
            parameters.safe_push(parameter(model, DECL_ARG_TYPE(parm), DECL_NAME(parm)));
    for (tree arg = TYPE_ARG_TYPES(type); arg && !VOID_TYPE_P(TREE_VALUE(arg));
         arg = TREE_CHAIN(arg)) {
        /* With a built-in's own type the header's loses qualifiers. */
        parameters.safe_push(parm ? parameter(model, TREE_TYPE(parm), DECL_NAME(parm))
                                  : parameter(model, TREE_VALUE(arg), NULL_TREE));
        parm = parm ? DECL_CHAIN(parm) : NULL_TREE;
    }
    model_type_members(model, index, parameters.address(), parameters.length());
}

static void describe_function_type(struct model *model, tree type, struct model_type *out) {
    out->kind = THIMBLE_FUNCTION;
    out->target = read_type(model, TREE_TYPE(type));
    if (!prototype_p(type))
        out->flags |= THIMBLE_UNPROTOTYPED;
    else if (stdarg_p(type))
        out->flags |= THIMBLE_VARIADIC;
}

static void describe_array(struct model *model, tree type, struct model_type *out) {
    out->kind = THIMBLE_ARRAY;
    out->target = read_type(model, TREE_TYPE(type));
    tree domain = TYPE_DOMAIN(type);
    tree last = domain ? TYPE_MAX_VALUE(domain) : NULL_TREE;
    if (!last)
        out->flags |= THIMBLE_INCOMPLETE;
    else if (TREE_CODE(last) != INTEGER_CST)
        out->flags |= THIMBLE_VARIABLE;
    else /* the last index of an array of none is -1 */
        out->count = integer_minus_onep(last) ? 0 : constant_of(last) + 1;
}

static void describe_tagged(tree type, struct model_type *out) {
    out->kind = TREE_CODE(type) == RECORD_TYPE  ? THIMBLE_STRUCT
                : TREE_CODE(type) == UNION_TYPE ? THIMBLE_UNION
                                                : THIMBLE_ENUM;
    if (!is_complete(type))
        out->flags |= THIMBLE_INCOMPLETE;
    if (TREE_CODE(type) != ENUMERAL_TYPE && TYPE_PACKED(type))
        out->flags |= THIMBLE_PACKED;
    if (TREE_CODE(type) == UNION_TYPE && TYPE_TRANSPARENT_AGGR(type))
        out->flags |= THIMBLE_TRANSPARENT;
    tree stub = TYPE_STUB_DECL(type);
    if (stub) {
        expanded_location place = expand_location(DECL_SOURCE_LOCATION(stub));
        out->file = place.file;
        out->line = place.line;
    }
}

static void describe_bare(struct model *model, tree type, struct model_type *out) {
    switch (TREE_CODE(type)) {
    case VOID_TYPE:
        out->kind = THIMBLE_VOID;
        break;
    case BOOLEAN_TYPE:
        out->kind = THIMBLE_BOOL;
        break;
    case INTEGER_TYPE:
        out->kind = TYPE_MAIN_VARIANT(type) == char_type_node ? THIMBLE_CHAR : THIMBLE_INTEGER;
        out->flags |= TYPE_UNSIGNED(type) ? 0 : THIMBLE_SIGNED;
        break;
    case REAL_TYPE:
        out->kind = THIMBLE_FLOAT;
        break;
    case COMPLEX_TYPE:
        out->kind = THIMBLE_COMPLEX;
        out->target = read_type(model, TREE_TYPE(type));
        break;
    case POINTER_TYPE:
        out->kind = THIMBLE_POINTER;
        out->target = read_type(model, TREE_TYPE(type));
        break;
    case ARRAY_TYPE:
        describe_array(model, type, out);
        break;
    case FUNCTION_TYPE:
        describe_function_type(model, type, out);
        break;
    case ENUMERAL_TYPE:
        out->target = read_type(model, lang_hooks.types.type_for_size(
                                           TYPE_PRECISION(type) ? TYPE_PRECISION(type)
                                                                : TYPE_PRECISION(integer_type_node),
                                           TYPE_UNSIGNED(type)));
        /* fall through */
    case RECORD_TYPE:
    case UNION_TYPE:
        describe_tagged(type, out);
        break;
    case VECTOR_TYPE:
        out->kind = THIMBLE_OPAQUE;
        out->target = read_type(model, TREE_TYPE(type));
        if (TYPE_VECTOR_SUBPARTS(type).is_constant())
            out->count = TYPE_VECTOR_SUBPARTS(type).to_constant();
        break;
    default: /* size and name only */
        out->kind = THIMBLE_OPAQUE;
    }
    out->name = name_of(TYPE_NAME(type));
}

static void describe_type(struct model *model, tree type, struct model_type *out) {
    tree bare = without_qualifiers(type);
    if (bare != type) {
        out->kind = THIMBLE_QUALIFIED;
        out->target = read_type(model, bare);
        out->flags = flags_of_qualifiers(qualifiers_of(type) & ~qualifiers_of(bare));
        return;
    }
    tree name = typedef_of(type);
    if (!name) {
        describe_bare(model, type, out);
        return;
    }
    expanded_location place = expand_location(DECL_SOURCE_LOCATION(name));
    out->kind = THIMBLE_TYPEDEF;
    out->name = name_of(name);
    out->target = read_type(model, typedef_target(name));
    out->file = place.file;
    out->line = place.line;
}

/* Types that are compatible and spelled the same may be different nodes; the
 * node's own number serves as the key, a tagged type's main variant's. */
static tree key_node(tree type) {
    /* What reads like qualifiers of a function says noreturn and const. */
    if (FUNC_OR_METHOD_TYPE_P(type))
        return typedef_of(type) ? TREE_TYPE(typedef_of(type)) : TYPE_MAIN_VARIANT(type);
    bool tagged = RECORD_OR_UNION_TYPE_P(type) || TREE_CODE(type) == ENUMERAL_TYPE;
    if (tagged && !typedef_of(type) && TYPE_QUALS(type) == TYPE_UNQUALIFIED)
        return TYPE_MAIN_VARIANT(type);
    return type;
}

uint32_t read_type(struct model *model, tree type) {
    type = key_node(type);
    uint32_t index = model_type_find(model, TYPE_UID(type));
    if (index != THIMBLE_NONE)
        return index;
    index = model_type_add(model, TYPE_UID(type));
    struct model_type description = {};
    description.target = THIMBLE_NONE;
    description.size =
        VOID_TYPE_P(type) || FUNC_OR_METHOD_TYPE_P(type) ? 0 : constant_of(TYPE_SIZE_UNIT(type));
    description.align = is_complete(type) ? TYPE_ALIGN_UNIT(type) : 1;
    describe_type(model, type, &description);
    model_type_set(model, index, &description);
    if (description.kind == THIMBLE_STRUCT || description.kind == THIMBLE_UNION)
        read_members(model, index, type);
    else if (description.kind == THIMBLE_ENUM)
        read_enumerators(model, index, type);
    else if (description.kind == THIMBLE_FUNCTION)
        read_parameters(model, index, type, NULL_TREE);
    return index;
}

/* ---- Objects ---- */

static void read_object(struct model *model, tree decl) {
    if (!VAR_P(decl) || !DECL_NAME(decl) || !TREE_STATIC(decl) || DECL_EXTERNAL(decl) ||
        DECL_THREAD_LOCAL_P(decl) || DECL_ARTIFICIAL(decl) || TREE_TYPE(decl) == error_mark_node)
        return;
    model_object_add(model, name_of(DECL_NAME(decl)), read_type(model, TREE_TYPE(decl)),
                     decl_function_context(decl) != NULL_TREE);
    if (!objects)
        objects = new auto_vec<tree>;
    objects->safe_push(decl);
}

/* A function's static objects become known to the compiler when it compiles that. */
static void read_objects_in(struct model *model, tree block) {
    for (tree decl = BLOCK_VARS(block); decl; decl = DECL_CHAIN(decl))
        read_object(model, decl);
    for (tree inner = BLOCK_SUBBLOCKS(block); inner; inner = BLOCK_CHAIN(inner))
        read_objects_in(model, inner);
}

tree object_of_index(uint32_t object) {
    return (*objects)[object];
}

/* The objects that the unit defines, for a unit that is described anyway. */
void read_objects(struct model *model, const vec<tree> &functions) {
    varpool_node *variable;
    unsigned i;
    tree decl;
    if (model_is_empty(model) && !model_serves_tests(model))
        return;
    FOR_EACH_VARIABLE (variable)
        if (!decl_function_context(variable->decl))
            read_object(model, variable->decl);
    FOR_EACH_VEC_ELT (functions, i, decl)
        if (DECL_INITIAL(decl) && TREE_CODE(DECL_INITIAL(decl)) == BLOCK)
            read_objects_in(model, DECL_INITIAL(decl));
}

/* ---- Functions ---- */

/* A function's own type, so that its parameters keep their names. */
static uint32_t read_function_type(struct model *model, tree decl) {
    tree type = TREE_TYPE(decl);
    /* Declarations have numbers of their own; types' stay clear of these. */
    uint32_t index = model_type_add(model, (uint64_t)1 << 32 | DECL_UID(decl));
    struct model_type description = {};
    describe_function_type(model, type, &description);
    description.align = 1;
    model_type_set(model, index, &description);
    read_parameters(model, index, type, decl);
    return index;
}

const char *symbol_of(tree decl) {
    tree symbol = DECL_ASSEMBLER_NAME_SET_P(decl) ? DECL_ASSEMBLER_NAME(decl) : DECL_NAME(decl);
    const char *name = IDENTIFIER_POINTER(symbol);
    return *name == '*' ? name + 1 : name;
}

bool is_internal(tree decl) {
    return !TREE_PUBLIC(decl) && !DECL_EXTERNAL(decl);
}

static bool is_defined(tree decl) {
    return DECL_SAVED_TREE(decl) && !DECL_EXTERNAL(decl);
}

/* A program may define what a system header declares, and GCC then keeps the header's
 * place; the returned value has that of the definition. */
static location_t place_of(tree decl) {
    return DECL_SOURCE_LOCATION(DECL_RESULT(decl) ? DECL_RESULT(decl) : decl);
}

bool in_system_header(tree decl) {
    return in_system_header_at(place_of(decl));
}

static bool is_always_inline(tree decl) {
    return lookup_attribute("always_inline", DECL_ATTRIBUTES(decl)) != NULL_TREE;
}

static uint32_t function_flags(tree decl) {
    return (is_internal(decl) ? THIMBLE_INTERNAL : 0) |
           (DECL_DECLARED_INLINE_P(decl) ? THIMBLE_INLINE : 0) |
           (is_always_inline(decl) ? THIMBLE_ALWAYS_INLINE : 0) |
           (TREE_THIS_VOLATILE(decl) ? THIMBLE_NORETURN : 0) |
           (is_defined(decl) ? THIMBLE_DEFINED : 0) |
           (in_system_header(decl) ? THIMBLE_SYSTEM : 0) |
           (TREE_READONLY(decl) || DECL_PURE_P(decl) ? THIMBLE_PURE : 0);
}

uint32_t read_function(struct model *model, tree decl) {
    uint32_t index = model_function_find(model, DECL_UID(decl));
    if (index != THIMBLE_NONE)
        return index;
    expanded_location place = expand_location(place_of(decl));
    struct model_function function = {};
    function.name = naming_function(name_of(DECL_NAME(decl)));
    function.symbol = symbol_of(decl);
    function.file = place.file;
    function.line = place.line;
    function.main_file = place.file && !strcmp(place.file, main_input_filename);
    function.type = read_function_type(model, decl);
    function.flags = function_flags(decl);
    function.nested = decl_function_context(decl) != NULL_TREE;
    index = model_function_add(model, DECL_UID(decl), &function);
    if (!functions)
        functions = new auto_vec<tree>;
    functions->safe_push(decl);
    return index;
}

tree function_of_index(uint32_t function) {
    return (*functions)[function];
}

struct call read_call(tree call, tree decl) {
    struct call answer = {};
    answer.name = name_of(DECL_NAME(decl));
    answer.symbol = symbol_of(decl);
    answer.file = expand_location(place_of(decl)).file;
    answer.system = in_system_header(decl);
    answer.internal = is_internal(decl);
    answer.defined = is_defined(decl);
    answer.builtin = fndecl_built_in_p(decl);
    answer.intrinsic = answer.builtin && !fndecl_built_in_p(decl, BUILT_IN_NORMAL);
    answer.returns_twice = call_expr_flags(call) & ECF_RETURNS_TWICE;
    answer.always_inline = is_always_inline(decl);
    answer.forbidden = lookup_attribute("error", DECL_ATTRIBUTES(decl)) ||
                       lookup_attribute("warning", DECL_ATTRIBUTES(decl));
    answer.must_tail = CALL_EXPR_MUST_TAIL_CALL(call);
    return answer;
}

/* GCC's headers poison the name of attribute malloc. */
#define ALLOCATES "malloc"

static unsigned attribute_number(tree attribute, int position) {
    tree arg = TREE_VALUE(attribute);
    while (arg && position-- > 0)
        arg = TREE_CHAIN(arg);
    return arg ? constant_of(TREE_VALUE(arg)) : 0;
}

/* The NAME of malloc(NAME) or malloc(NAME, 1), where no other function gives such blocks back,
 * or moves them. */
static const char *release_of(tree decl) {
    tree release = NULL_TREE;
    unsigned position = 1;
    tree attribute = lookup_attribute(ALLOCATES, DECL_ATTRIBUTES(decl));
    for (; attribute; attribute = lookup_attribute(ALLOCATES, TREE_CHAIN(attribute))) {
        tree args = TREE_VALUE(attribute);
        if (args && release && TREE_VALUE(args) != release)
            return nullptr;
        if (!args)
            continue;
        release = TREE_VALUE(args);
        position = TREE_CHAIN(args) ? attribute_number(attribute, 1) : 1;
    }
    return release && DECL_P(release) && position == 1
               ? naming_function(name_of(DECL_NAME(release)))
               : nullptr;
}

struct allocator_attributes read_allocator_attributes(tree decl) {
    struct allocator_attributes answer = {};
    answer.returns_new = DECL_IS_MALLOC(decl) || lookup_attribute(ALLOCATES, DECL_ATTRIBUTES(decl));
    answer.release = release_of(decl);
    tree releases = lookup_attribute("*dealloc", DECL_ATTRIBUTES(decl));
    if (releases)
        answer.released = attribute_number(releases, 1) ? attribute_number(releases, 1) : 1;
    answer.from_libc = in_system_header(decl) || fndecl_built_in_p(decl, BUILT_IN_NORMAL);
    tree size = lookup_attribute("alloc_size", TYPE_ATTRIBUTES(TREE_TYPE(decl)));
    if (!size)
        return answer;
    answer.size = attribute_number(size, 0);
    answer.count = attribute_number(size, 1);
    return answer;
}
