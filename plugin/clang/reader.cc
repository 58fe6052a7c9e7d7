/* reader.cc: Clang's syntax tree to the model. */
#include "clang.h"

#include "clang/AST/GlobalDecl.h"
#include "clang/AST/Mangle.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

static uint64_t key_of(const void *node) {
    return reinterpret_cast<uintptr_t>(node);
}

struct place place_of(struct unit *unit, SourceLocation location) {
    PresumedLoc place = unit->compiler->getSourceManager().getPresumedLoc(location);
    if (place.isInvalid())
        return {"", 0, 0};
    return {place.getFilename(), place.getLine(), place.getColumn()};
}

/* The place of a declaration; what no source declares has the name that both compilers
 * give it. */
static struct place declared_at(struct unit *unit, SourceLocation location) {
    if (location.isInvalid())
        return {"<built-in>", 0, 0};
    return place_of(unit, location);
}

bool in_system_header(struct unit *unit, SourceLocation location) {
    return location.isValid() && unit->compiler->getSourceManager().isInSystemHeader(location);
}

/* Of what is declared more than once, the last place. What a system header declares is
 * the system's, though the program declares it again. */
template <class Declaration>
static SourceLocation last_location(struct unit *unit, const Declaration *decl) {
    for (const Declaration *one = decl->getMostRecentDecl(); one; one = one->getPreviousDecl())
        if (in_system_header(unit, one->getLocation()))
            return one->getLocation();
    return decl->getMostRecentDecl()->getLocation();
}

/* The identifier, or null for none, as the model has it. */
static const char *given_name(const NamedDecl *decl) {
    const IdentifierInfo *identifier = decl->getIdentifier();
    return identifier ? identifier->getNameStart() : nullptr;
}

const char *name_of(const NamedDecl *decl) {
    const char *name = given_name(decl);
    return name ? name : "";
}

bool is_internal(const FunctionDecl *decl) {
    return !decl->isExternallyVisible();
}

/* ---- Types, without what only says how they were spelled ---- */

/* The type up to the typedef by whose name it goes: no parentheses, attributes, typeof;
 * a parameter's array is the pointer that it became. Qualifiers stay. */
static QualType look_through(struct unit *unit, QualType type) {
    while (!isa<TypedefType>(type.getTypePtr())) {
        QualType below = type.getSingleStepDesugaredType(*unit->context);
        if (below == type)
            break;
        type = below;
    }
    if (type.hasLocalQualifiers() && isa<ArrayType>(type.getTypePtr()))
        return QualType(unit->context->getAsArrayType(type), 0); /* its elements have them */
    return type;
}

/* The qualifiers that the type has beyond its typedef's. */
static uint32_t flags_of_qualifiers(QualType type) {
    QualType bare = type.getLocalUnqualifiedType();
    unsigned more = type.getLocalCVRQualifiers() & ~bare.getCVRQualifiers();
    return (more & Qualifiers::Const ? THIMBLE_CONST : 0) |
           (more & Qualifiers::Volatile ? THIMBLE_VOLATILE : 0) |
           (more & Qualifiers::Restrict ? THIMBLE_RESTRICT : 0) |
           (isa<AtomicType>(bare.getTypePtr()) ? THIMBLE_ATOMIC : 0);
}

static QualType without_qualifiers(QualType type) {
    QualType bare = type.getLocalUnqualifiedType();
    if (const auto *atomic = dyn_cast<AtomicType>(bare.getTypePtr()))
        return atomic->getValueType();
    return bare;
}

/* A tagged type is completed behind its first mention; a typedef is one however often
 * it is declared. */
static uint64_t key_of_type(QualType type) {
    if (!type.hasLocalQualifiers()) {
        if (const auto *name = dyn_cast<TypedefType>(type.getTypePtr()))
            return key_of(name->getDecl()->getCanonicalDecl());
        if (const auto *tagged = dyn_cast<TagType>(type.getTypePtr()))
            return key_of(tagged->getDecl()->getCanonicalDecl());
    }
    return key_of(type.getAsOpaquePtr());
}

static void measure(struct unit *unit, QualType type, struct model_type *out) {
    out->align = 1;
    if (type->isFunctionType() || type->isDependentType() || type->isPlaceholderType())
        return;
    if (type->isIncompleteType() && !type->isIncompleteArrayType())
        return;
    out->size = unit->context->getTypeSizeInChars(type).getQuantity();
    out->align = unit->context->getTypeAlignInChars(type).getQuantity();
}

/* ---- One kind of type after the other ---- */

static void read_members(struct unit *unit, uint32_t index, const RecordDecl *record) {
    llvm::SmallVector<struct model_member, 16> members;
    const ASTRecordLayout &layout = unit->context->getASTRecordLayout(record);
    for (const FieldDecl *field : record->fields()) {
        struct model_member member = {};
        member.name = given_name(field);
        member.type = read_type(unit, field->getType());
        member.offset = layout.getFieldOffset(field->getFieldIndex());
        member.bitfield = field->isBitField();
        if (member.bitfield)
            member.width =
                field->getBitWidth()->EvaluateKnownConstInt(*unit->context).getZExtValue();
        members.push_back(member);
    }
    model_type_members(unit->model, index, members.data(), members.size());
}

static void read_enumerators(struct unit *unit, uint32_t index, const EnumDecl *decl) {
    llvm::SmallVector<struct model_enumerator, 16> enumerators;
    for (const EnumConstantDecl *constant : decl->enumerators()) {
        int64_t value = constant->getInitVal().extOrTrunc(64).getSExtValue();
        enumerators.push_back({name_of(constant), value});
    }
    model_type_enumerators(unit->model, index, enumerators.data(), enumerators.size());
}

/* A return type's qualifiers mean nothing. */
static void describe_function_type(struct unit *unit, const FunctionType *type, QualType returned,
                                   struct model_type *out) {
    const auto *prototype = dyn_cast<FunctionProtoType>(type);
    out->kind = THIMBLE_FUNCTION;
    out->target = read_type(unit, look_through(unit, returned).getLocalUnqualifiedType());
    if (!prototype)
        out->flags |= THIMBLE_UNPROTOTYPED;
    else if (prototype->isVariadic())
        out->flags |= THIMBLE_VARIADIC;
}

/* A type has no names for its parameters; the declaration has (read_function_type). */
static void read_parameters(struct unit *unit, uint32_t index, const FunctionType *type) {
    llvm::SmallVector<struct model_member, 8> parameters;
    if (const auto *prototype = dyn_cast<FunctionProtoType>(type))
        for (QualType of_parameter : prototype->param_types()) {
            struct model_member member = {};
            member.type = read_type(unit, of_parameter);
            parameters.push_back(member);
        }
    model_type_members(unit->model, index, parameters.data(), parameters.size());
}

/* A bound that is a constant, though the elements' size may be none. */
static void describe_bound(struct unit *unit, const VariableArrayType *type,
                           struct model_type *out) {
    auto bound = type->getSizeExpr()->getIntegerConstantExpr(*unit->context);
    if (bound)
        out->count = bound->getZExtValue();
    else
        out->flags |= THIMBLE_VARIABLE;
}

static void describe_array(struct unit *unit, const ArrayType *type, struct model_type *out) {
    out->kind = THIMBLE_ARRAY;
    out->target = read_type(unit, type->getElementType());
    const auto *variable = dyn_cast<VariableArrayType>(type);
    if (const auto *constant = dyn_cast<ConstantArrayType>(type))
        out->count = constant->getSize().getZExtValue();
    else if (variable && variable->getSizeExpr())
        describe_bound(unit, variable, out);
    if (out->count == 0 && !(out->flags & THIMBLE_VARIABLE)) /* [], [*], and GNU's [0] */
        out->flags |= THIMBLE_INCOMPLETE;
}

static void describe_tagged(struct unit *unit, const TagDecl *decl, struct model_type *out) {
    struct place place = declared_at(unit, decl->getLocation());
    out->name = given_name(decl);
    out->file = place.file;
    out->line = place.line;
    const auto *enumeration = dyn_cast<EnumDecl>(decl);
    if (!decl->isCompleteDefinition() && !(enumeration && enumeration->isFixed()))
        out->flags |= THIMBLE_INCOMPLETE;
    if (enumeration) {
        QualType integer = enumeration->getIntegerType();
        out->kind = THIMBLE_ENUM;
        out->target = read_type(unit, integer.isNull() ? unit->context->UnsignedIntTy : integer);
        return;
    }
    out->kind = decl->isUnion() ? THIMBLE_UNION : THIMBLE_STRUCT;
    if (decl->hasAttr<PackedAttr>())
        out->flags |= THIMBLE_PACKED;
    if (decl->hasAttr<TransparentUnionAttr>())
        out->flags |= THIMBLE_TRANSPARENT;
}

static void describe_builtin(struct unit *unit, const BuiltinType *type, struct model_type *out) {
    out->name = type->getNameAsCString(unit->context->getPrintingPolicy());
    if (type->isVoidType()) {
        out->kind = THIMBLE_VOID;
    } else if (type->getKind() == BuiltinType::Bool) {
        out->kind = THIMBLE_BOOL;
    } else if (type->isInteger()) {
        bool plain =
            type->getKind() == BuiltinType::Char_S || type->getKind() == BuiltinType::Char_U;
        out->kind = plain ? THIMBLE_CHAR : THIMBLE_INTEGER;
        out->flags |= type->isSignedInteger() ? THIMBLE_SIGNED : 0;
    } else if (type->isFloatingPoint()) {
        out->kind = THIMBLE_FLOAT;
    }
}

/* A bit-precise integer goes by its spelling; nothing else of it is known. */
static const char *spelling_of(struct unit *unit, QualType type) {
    static std::string spelling;
    spelling = type.getAsString(unit->context->getPrintingPolicy());
    return spelling.c_str();
}

/* What has no case of its own (blocks) has a size only. */
static void describe_bare(struct unit *unit, QualType type, struct model_type *out) {
    if (const auto *builtin = dyn_cast<BuiltinType>(type)) {
        describe_builtin(unit, builtin, out);
    } else if (const auto *complex = dyn_cast<ComplexType>(type)) {
        out->kind = THIMBLE_COMPLEX;
        out->target = read_type(unit, complex->getElementType());
    } else if (const auto *pointer = dyn_cast<PointerType>(type)) {
        out->kind = THIMBLE_POINTER;
        out->target = read_type(unit, pointer->getPointeeType());
    } else if (const auto *array = dyn_cast<ArrayType>(type)) {
        describe_array(unit, array, out);
    } else if (const auto *function = dyn_cast<FunctionType>(type)) {
        describe_function_type(unit, function, function->getReturnType(), out);
    } else if (const auto *vector = dyn_cast<VectorType>(type)) {
        out->target = read_type(unit, vector->getElementType());
        out->count = vector->getNumElements();
    } else if (type->isBitIntType()) {
        out->name = spelling_of(unit, type);
    } else if (const TagDecl *tagged = type->getAsTagDecl()) {
        const TagDecl *definition = tagged->getDefinition();
        describe_tagged(unit, definition ? definition : tagged, out);
    }
}

static void describe_typedef(struct unit *unit, const TypedefNameDecl *decl,
                             struct model_type *out) {
    struct place place = declared_at(unit, last_location(unit, decl));
    out->kind = THIMBLE_TYPEDEF;
    out->name = given_name(decl);
    out->target = read_type(unit, decl->getUnderlyingType());
    out->file = place.file;
    out->line = place.line;
}

static void describe_type(struct unit *unit, QualType type, struct model_type *out) {
    uint32_t qualifiers = flags_of_qualifiers(type);
    if (qualifiers) {
        out->kind = THIMBLE_QUALIFIED;
        out->target = read_type(unit, without_qualifiers(type));
        out->flags = qualifiers;
    } else if (const auto *name = dyn_cast<TypedefType>(type.getTypePtr())) {
        describe_typedef(unit, name->getDecl(), out);
    } else {
        describe_bare(unit, type, out);
    }
}

static void read_parts(struct unit *unit, uint32_t index, QualType type) {
    if (const auto *function = dyn_cast<FunctionType>(type)) {
        read_parameters(unit, index, function);
        return;
    }
    const TagDecl *tagged = type->getAsTagDecl();
    const TagDecl *definition = tagged ? tagged->getDefinition() : nullptr;
    if (!definition || definition->isInvalidDecl())
        return;
    if (const auto *record = dyn_cast<RecordDecl>(definition))
        read_members(unit, index, record);
    else
        read_enumerators(unit, index, cast<EnumDecl>(definition));
}

uint32_t read_type(struct unit *unit, QualType type) {
    type = look_through(unit, type);
    if (!flags_of_qualifiers(type))
        type = type.getLocalUnqualifiedType();
    uint64_t key = key_of_type(type);
    uint32_t index = model_type_find(unit->model, key);
    if (index != THIMBLE_NONE)
        return index;
    index = model_type_add(unit->model, key);
    struct model_type description = {};
    description.target = THIMBLE_NONE;
    measure(unit, type, &description);
    describe_type(unit, type, &description);
    model_type_set(unit->model, index, &description);
    if (description.kind == THIMBLE_STRUCT || description.kind == THIMBLE_UNION ||
        description.kind == THIMBLE_ENUM || description.kind == THIMBLE_FUNCTION)
        read_parts(unit, index, type);
    return index;
}

/* ---- Objects ---- */

static void read_objects_in(struct unit *unit, const DeclContext *in) {
    for (Decl *decl : in->decls()) {
        VarDecl *variable = dyn_cast<VarDecl>(decl);
        bool defined = variable && variable->hasGlobalStorage() &&
                       variable->hasDefinition() != VarDecl::DeclarationOnly &&
                       variable == variable->getMostRecentDecl();
        if (!defined || variable->getTLSKind() != VarDecl::TLS_None || !*name_of(variable) ||
            variable->isInvalidDecl())
            continue;
        model_object_add(unit->model, name_of(variable), read_type(unit, variable->getType()),
                         !in->isTranslationUnit());
        unit->objects.push_back(variable);
    }
}

/* The objects that the unit defines, for a unit that is described anyway. */
void read_objects(struct unit *unit, llvm::ArrayRef<FunctionDecl *> functions) {
    if (model_is_empty(unit->model) && !model_serves_tests(unit->model))
        return;
    read_objects_in(unit, unit->context->getTranslationUnitDecl());
    for (const FunctionDecl *function : functions)
        read_objects_in(unit, function);
}

/* ---- Functions ---- */

/* The declaration with the body, or null. Of GNU's inline definition and the one that
 * replaces it, the latter. */
static const FunctionDecl *definition_of(const FunctionDecl *decl) {
    const FunctionDecl *definition = nullptr;
    decl->getMostRecentDecl()->hasBody(definition);
    return definition;
}

/* Whether this unit has the function's code: an inline definition may leave that to
 * another. */
static bool is_defined(const FunctionDecl *decl) {
    const FunctionDecl *definition = definition_of(decl);
    if (!definition)
        return false;
    return is_internal(definition) || !definition->isInlined() ||
           definition->isInlineDefinitionExternallyVisible();
}

/* The declaration that says most: the definition, else the last one. */
static const FunctionDecl *main_declaration(const FunctionDecl *decl) {
    const FunctionDecl *definition = definition_of(decl);
    return definition ? definition : decl->getMostRecentDecl();
}

static bool has_prototype(const FunctionDecl *decl) {
    for (const FunctionDecl *other : decl->redecls())
        if (other->hasPrototype())
            return true;
    return false;
}

static bool names_parameters(const FunctionDecl *decl) {
    for (const ParmVarDecl *parameter : decl->parameters())
        if (parameter->getIdentifier())
            return true;
    return false;
}

/* The declaration whose names the parameters go by: the definition, else the first
 * that has names. */
static const FunctionDecl *parameters_of(const FunctionDecl *decl) {
    const FunctionDecl *known = main_declaration(decl);
    if (known->doesThisDeclarationHaveABody())
        return known;
    for (decl = known; decl; decl = decl->getPreviousDecl())
        if (names_parameters(decl))
            known = decl;
    return known;
}

/* The types are the declaration's: the function's own have lost their typedefs where it
 * was declared before or is known to the compiler. A definition without a prototype has
 * given the function's type its parameters, as arguments are promoted to in a call. */
static void read_named_parameters(struct unit *unit, uint32_t index, const FunctionDecl *decl) {
    llvm::SmallVector<struct model_member, 8> parameters;
    const FunctionDecl *named = parameters_of(decl);
    const auto *type = decl->getType()->getAs<FunctionProtoType>();
    unsigned count = type ? type->getNumParams() : 0;
    bool own = has_prototype(decl) && decl->getNumParams() == count;
    for (unsigned i = 0; i < count; i++) {
        struct model_member member = {};
        if (i < named->getNumParams())
            member.name = given_name(named->getParamDecl(i));
        member.type =
            read_type(unit, own ? decl->getParamDecl(i)->getType() : type->getParamType(i));
        parameters.push_back(member);
    }
    model_type_members(unit->model, index, parameters.data(), parameters.size());
}

/* A function's own type, so that its parameters keep their names. */
static uint32_t read_function_type(struct unit *unit, const FunctionDecl *decl) {
    const FunctionDecl *known = main_declaration(decl);
    uint32_t index = model_type_add(unit->model, key_of(decl->getCanonicalDecl()));
    struct model_type description = {};
    description.align = 1;
    describe_function_type(unit, known->getType()->castAs<FunctionType>(),
                           known->getDeclaredReturnType(), &description);
    if (!has_prototype(known))
        description.flags |= THIMBLE_UNPROTOTYPED;
    model_type_set(unit->model, index, &description);
    read_named_parameters(unit, index, known);
    return index;
}

bool surely_exists(struct unit *unit, const ValueDecl *decl) {
    if (decl->hasAttr<ErrorAttr>())
        return false;
    if (const auto *function = dyn_cast<FunctionDecl>(decl))
        if (is_defined(function) || function->getBuiltinID())
            return true;
    if (const auto *variable = dyn_cast<VarDecl>(decl))
        if (variable->hasDefinition() != VarDecl::DeclarationOnly)
            return true;
    return in_system_header(unit, decl->getLocation());
}

uint64_t key_of_decl(const Decl *decl) {
    return key_of(decl->getCanonicalDecl());
}

/* Text that stays as long as the unit. */
static const char *kept(struct unit *unit, llvm::StringRef text) {
    return unit->context->Idents.get(text).getNameStart();
}

/* Functions of one name have symbols of their own: __attribute__((overloadable)). */
static const char *overloaded_symbol(struct unit *unit, const FunctionDecl *decl) {
    std::unique_ptr<MangleContext> mangler(unit->context->createMangleContext());
    llvm::SmallString<128> symbol;
    llvm::raw_svector_ostream stream(symbol);
    if (!mangler->shouldMangleDeclName(decl))
        return name_of(decl);
    mangler->mangleName(GlobalDecl(decl), stream);
    return kept(unit, symbol);
}

/* Whether __builtin_NAME is the library's NAME. Clang says so of a few that no library
 * has (__builtin_powi), and of some with rules of their own for arguments. */
static bool names_library_function(struct unit *unit, unsigned builtin, const char *name) {
    const Builtin::Context &builtins = unit->context->BuiltinInfo;
    if (strncmp(name, "__builtin_", 10) || !builtins.isLibFunction(builtin) ||
        builtins.hasCustomTypechecking(builtin))
        return false;
    const char *plain = name + 10;
    return !strncmp(plain, "__", 2) || unit->context->Idents.get(plain).getBuiltinID();
}

const char *symbol_of(struct unit *unit, const FunctionDecl *decl) {
    decl = decl->getMostRecentDecl();
    if (const auto *label = decl->getAttr<AsmLabelAttr>()) {
        llvm::StringRef symbol = label->getLabel();
        symbol.consume_front("\01");
        return kept(unit, symbol);
    }
    if (decl->hasAttr<OverloadableAttr>())
        return overloaded_symbol(unit, decl);
    const char *name = name_of(decl);
    unsigned builtin = decl->getBuiltinID();
    return builtin && names_library_function(unit, builtin, name) ? name + 10 : name;
}

static bool is_declared_inline(const FunctionDecl *decl) {
    for (const FunctionDecl *other : decl->redecls())
        if (other->isInlineSpecified())
            return true;
    return false;
}

/* Where the function stands in the source; a built-in may stand nowhere. */
static SourceLocation location_of(struct unit *unit, const FunctionDecl *decl) {
    const FunctionDecl *known = main_declaration(decl);
    if (known->isImplicit() && known->getBuiltinID())
        return SourceLocation();
    return known->doesThisDeclarationHaveABody() ? known->getLocation()
                                                 : last_location(unit, known);
}

static uint32_t function_flags(struct unit *unit, const FunctionDecl *decl) {
    const FunctionDecl *last = decl->getMostRecentDecl();
    unsigned builtin = last->getBuiltinID();
    bool noreturn =
        last->isNoReturn() || (builtin && unit->context->BuiltinInfo.isNoReturn(builtin));
    return (is_internal(decl) ? THIMBLE_INTERNAL : 0) |
           (is_declared_inline(decl) ? THIMBLE_INLINE : 0) |
           (last->hasAttr<AlwaysInlineAttr>() ? THIMBLE_ALWAYS_INLINE : 0) |
           (noreturn ? THIMBLE_NORETURN : 0) | (is_defined(decl) ? THIMBLE_DEFINED : 0) |
           (in_system_header(unit, location_of(unit, decl)) ? THIMBLE_SYSTEM : 0) |
           (last->hasAttr<PureAttr>() || last->hasAttr<ConstAttr>() ? THIMBLE_PURE : 0);
}

uint32_t read_function(struct unit *unit, const FunctionDecl *decl) {
    uint64_t key = key_of(decl->getCanonicalDecl());
    uint32_t index = model_function_find(unit->model, key);
    if (index != THIMBLE_NONE)
        return index;
    struct place place = declared_at(unit, location_of(unit, decl));
    struct model_function function = {};
    function.name = naming_function(name_of(decl));
    function.symbol = symbol_of(unit, decl);
    function.file = place.file;
    function.line = place.line;
    function.main_file = !strcmp(place.file, unit->main_file);
    function.type = read_function_type(unit, decl);
    function.flags = function_flags(unit, decl);
    index = model_function_add(unit->model, key, &function);
    unit->functions.push_back(main_declaration(decl));
    return index;
}

const FunctionDecl *function_of_index(struct unit *unit, uint32_t function) {
    return unit->functions[function];
}

/* ---- Calls ---- */

/* Such a function gets more arguments than its type says, so no pointer can call it. */
static bool takes_object_sizes(const FunctionDecl *decl) {
    for (const ParmVarDecl *parameter : decl->parameters())
        if (parameter->hasAttr<PassObjectSizeAttr>())
            return true;
    return false;
}

struct call read_call(struct unit *unit, const CallExpr *, const FunctionDecl *decl) {
    const Builtin::Context &builtins = unit->context->BuiltinInfo;
    const FunctionDecl *last = decl->getMostRecentDecl();
    unsigned builtin = last->getBuiltinID();
    struct call answer = {};
    answer.name = name_of(decl);
    answer.symbol = symbol_of(unit, decl);
    answer.file = declared_at(unit, location_of(unit, decl)).file;
    answer.system = in_system_header(unit, location_of(unit, decl));
    answer.internal = is_internal(decl);
    answer.defined = is_defined(decl);
    answer.builtin = builtin != 0;
    answer.intrinsic = builtin && !builtins.isPredefinedLibFunction(builtin) &&
                       !names_library_function(unit, builtin, answer.name);
    answer.returns_twice =
        last->hasAttr<ReturnsTwiceAttr>() || (builtin && builtins.isReturnsTwice(builtin));
    answer.always_inline = last->hasAttr<AlwaysInlineAttr>();
    answer.forbidden = last->hasAttr<ErrorAttr>() || takes_object_sizes(last);
    return answer;
}

static unsigned position(ParamIdx index) {
    return index.isValid() ? index.getSourceIndex() : 0;
}

/* Of malloc(RELEASE) these Clangs know nothing: to those before 21 it is an error. */
struct allocator_attributes read_allocator_attributes(struct unit *unit, const FunctionDecl *decl) {
    const FunctionDecl *last = decl->getMostRecentDecl();
    struct allocator_attributes answer = {};
    answer.returns_new = last->hasAttr<RestrictAttr>();
    answer.from_libc = in_system_header(unit, location_of(unit, decl)) || last->getBuiltinID() != 0;
    if (const auto *size = last->getAttr<AllocSizeAttr>()) {
        answer.size = position(size->getElemSizeParam());
        answer.count = position(size->getNumElemsParam());
    }
    return answer;
}
