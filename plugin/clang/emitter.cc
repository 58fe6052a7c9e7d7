/* emitter.cc: a unit's descriptors into its object file, as static data and a
 * constructor. */
#include "build.h"

#include <stdlib.h>

using namespace clang;

/* ---- Making declarations ---- */

/* A static variable that no source can name. */
static VarDecl *static_variable(struct unit *unit, const char *name, QualType type) {
    ASTContext &context = *unit->context;
    VarDecl *variable = VarDecl::Create(context, context.getTranslationUnitDecl(), SourceLocation(),
                                        SourceLocation(), &context.Idents.get(name), type,
                                        context.getTrivialTypeSourceInfo(type), SC_Static);
    variable->setImplicit();
    variable->setIsUsed();
    variable->addAttr(NoDebugAttr::CreateImplicit(context));
    return variable;
}

/* ---- struct thimble_unit, as in thimble/abi.h ---- */

static QualType hook_type(struct unit *unit, bool with_size) {
    ASTContext &context = *unit->context;
    QualType args[] = {context.VoidPtrTy, context.UnsignedIntTy, context.VoidPtrTy,
                       context.getSizeType()};
    QualType function =
        context.getFunctionType(context.VoidTy, llvm::ArrayRef<QualType>(args, with_size ? 4 : 3),
                                FunctionProtoType::ExtProtoInfo());
    return context.getPointerType(function);
}

static RecordDecl *make_unit_record(struct unit *unit) {
    ASTContext &context = *unit->context;
    QualType number = context.UnsignedIntTy, pointer = context.VoidPtrTy;
    const struct {
        const char *name;
        QualType type;
    } members[] = {{"format", number},
                   {"blob_size", number},
                   {"blob", pointer},
                   {"symbols", pointer},
                   {"slots", pointer},
                   {"symbol_count", number},
                   {"slot_count", number},
                   {"allocated", hook_type(unit, true)},
                   {"releasing", hook_type(unit, false)},
                   {"next", pointer},
                   {"state", pointer}};
    llvm::SmallVector<QualType, 12> types;
    llvm::SmallVector<const char *, 12> names;
    for (const auto &member : members) {
        types.push_back(member.type);
        names.push_back(member.name);
    }
    return build_record(unit, "thimble_unit", types, names.data());
}

void emitter_init(struct unit *unit) {
    ASTContext &context = *unit->context;
    unit->record = make_unit_record(unit);
    unit->variable = static_variable(unit, EMISSION_UNIT, record_type(context, unit->record));
    /* Its bound is known when the last seam is. */
    unit->slots = static_variable(
        unit, EMISSION_SLOTS, context.getIncompleteArrayType(context.VoidPtrTy, normal_array, 0));
}

Expr *slot_value(struct unit *unit, uint32_t slot, SourceLocation place) {
    return build_load(unit, build_subscript(unit, build_reference(unit, unit->slots, place), slot,
                                            unit->context->VoidPtrTy, place));
}

Expr *unit_address(struct unit *unit, SourceLocation place) {
    return build_address(unit, unit->variable, unit->context->VoidPtrTy, place);
}

Expr *unit_hook(struct unit *unit, const char *name, SourceLocation place) {
    for (FieldDecl *field : unit->record->fields())
        if (field->getName() == name)
            return build_load(unit,
                              MemberExpr::CreateImplicit(
                                  *unit->context, build_reference(unit, unit->variable, place),
                                  false, field, field->getType(), VK_LValue, OK_Ordinary));
    return nullptr;
}

Expr *ref_constant(struct unit *unit, QualType type, uint32_t kind, uint32_t index,
                   SourceLocation place) {
    const RecordDecl *record = type->getAsRecordDecl();
    auto field = record->field_begin();
    QualType pointer = field->getType(), number = (++field)->getType();
    Expr *where = kind == THIMBLE_REF_NONE
                      ? build_cast(unit, pointer, CK_NullToPointer,
                                   build_number(unit, unit->context->IntTy, 0, place))
                      : build_address(unit, unit->variable, pointer, place);
    return build_list(
        unit, type.getUnqualifiedType(),
        {where, build_number(unit, number, index, place), build_number(unit, number, kind, place)},
        place);
}

/* ---- main ---- */

FunctionDecl *declare_function(struct unit *unit, const char *name, QualType type,
                               StorageClass storage) {
    ASTContext &context = *unit->context;
    FunctionDecl *decl = FunctionDecl::Create(
        context, context.getTranslationUnitDecl(), SourceLocation(), SourceLocation(),
        &context.Idents.get(name), type, context.getTrivialTypeSourceInfo(type), storage);
    llvm::SmallVector<ParmVarDecl *, 3> parameters;
    if (const FunctionProtoType *prototype = type->getAs<FunctionProtoType>())
        for (QualType parameter : prototype->param_types())
            parameters.push_back(ParmVarDecl::Create(context, decl, SourceLocation(),
                                                     SourceLocation(), nullptr, parameter, nullptr,
                                                     SC_None, nullptr));
    decl->setParams(parameters);
    decl->setImplicit();
    return decl;
}

static Decl *weak_alias(struct unit *unit, const char *name, QualType type) {
    FunctionDecl *alias = declare_function(unit, name, type, SC_Extern);
    alias->addAttr(WeakAttr::CreateImplicit(*unit->context));
    alias->addAttr(AliasAttr::CreateImplicit(*unit->context, EMISSION_MAIN_BODY));
    return alias;
}

/* The compiler takes whatever is named main for run once; a test may call it often, so
 * it loses that name. */
void emit_program_main(struct unit *unit, FunctionDecl *decl) {
    ASTContext &context = *unit->context;
    for (FunctionDecl *one : decl->redecls()) {
        one->setDeclName(&context.Idents.get(EMISSION_PROGRAM_MAIN));
        one->setStorageClass(SC_Static);
        one->addAttr(AsmLabelAttr::CreateImplicit(context, EMISSION_MAIN_BODY));
    }
    unit->added.push_back(weak_alias(unit, EMISSION_MAIN, decl->getType()));
    unit->added.push_back(weak_alias(unit, EMISSION_PROGRAM_MAIN, decl->getType()));
}

/* ---- The unit ---- */

static VarDecl *blob_variable(struct unit *unit, uint32_t *size) {
    ASTContext &context = *unit->context;
    bool big_endian = context.getTargetInfo().isBigEndian();
    unsigned char *bytes = layout_blob(unit->model, big_endian, size);
    QualType type = build_array_type(unit, context.CharTy.withConst(), *size);
    VarDecl *blob = static_variable(unit, EMISSION_BLOB, type);
    blob->addAttr(AlignedAttr::CreateImplicit(
        context, true, build_number(unit, context.IntTy, 8, SourceLocation())));
    Expr *text = StringLiteral::Create(context, llvm::StringRef((const char *)bytes, *size),
                                       ordinary_string, false, type, SourceLocation());
    text->setValueKind(VK_PRValue); /* it fills an array: it is not an object itself */
    blob->setInit(text);
    free(bytes);
    return blob;
}

static VarDecl *symbols_variable(struct unit *unit) {
    ASTContext &context = *unit->context;
    QualType pointer = context.VoidPtrTy.withConst();
    uint32_t count = model_symbol_count(unit->model);
    VarDecl *symbols =
        static_variable(unit, EMISSION_SYMBOLS, build_array_type(unit, pointer, count));
    llvm::SmallVector<Expr *, 32> addresses;
    for (uint32_t i = 0; i < count; i++) {
        struct model_symbol symbol = model_symbol_at(unit->model, i);
        ValueDecl *decl = symbol.object
                              ? (ValueDecl *)unit->objects[symbol.index]
                              : const_cast<FunctionDecl *>(function_of_index(unit, symbol.index));
        addresses.push_back(build_address(unit, decl, context.VoidPtrTy, SourceLocation()));
    }
    if (!count)
        addresses.push_back(build_cast(unit, context.VoidPtrTy, CK_NullToPointer,
                                       build_number(unit, context.IntTy, 0, SourceLocation())));
    symbols->setInit(build_list(unit, symbols->getType(), addresses, SourceLocation()));
    return symbols;
}

/* All zero; the runtime writes there. */
static void define_slots(struct unit *unit) {
    uint32_t count = model_slot_count(unit->model);
    unit->slots->setType(build_array_type(unit, unit->context->VoidPtrTy, count));
    unit->slots->setInit(new (*unit->context) ImplicitValueInitExpr(unit->slots->getType()));
}

static void define_unit(struct unit *unit) {
    ASTContext &context = *unit->context;
    SourceLocation nowhere;
    uint32_t blob_size;
    VarDecl *blob = blob_variable(unit, &blob_size);
    VarDecl *symbols = symbols_variable(unit);
    define_slots(unit);
    auto number = [&](uint32_t value) {
        return build_number(unit, context.UnsignedIntTy, value, nowhere);
    };
    auto pointer = [&](VarDecl *variable) {
        return build_address(unit, variable, context.VoidPtrTy, nowhere);
    };
    llvm::SmallVector<Expr *, 16> values = {number(THIMBLE_FORMAT),
                                            number(blob_size),
                                            pointer(blob),
                                            pointer(symbols),
                                            pointer(unit->slots),
                                            number(model_symbol_count(unit->model)),
                                            number(model_slot_count(unit->model))};
    auto fields = unit->record->fields();
    for (auto field = std::next(fields.begin(), values.size()); field != fields.end(); ++field)
        values.push_back(new (context) ImplicitValueInitExpr(field->getType()));
    unit->variable->setInit(build_list(unit, unit->variable->getType(), values, nowhere));
    for (VarDecl *variable : {blob, symbols, unit->slots, unit->variable})
        unit->added.push_back(variable);
}

/* A weak reference to the runtime's function. */
static FunctionDecl *runtime_function(struct unit *unit, const char *name) {
    ASTContext &context = *unit->context;
    QualType args[] = {context.VoidPtrTy};
    FunctionDecl *decl = declare_function(
        unit, name,
        context.getFunctionType(context.VoidTy, args, FunctionProtoType::ExtProtoInfo()),
        SC_Extern);
    decl->addAttr(WeakAttr::CreateImplicit(context));
    return decl;
}

/* static void NAME(void) { if (&RUNTIME) RUNTIME(&unit); } */
static FunctionDecl *call_of_runtime(struct unit *unit, const char *name, const char *runtime) {
    ASTContext &context = *unit->context;
    SourceLocation nowhere;
    FunctionDecl *callee = runtime_function(unit, runtime);
    FunctionDecl *caller = declare_function(
        unit, name, context.getFunctionType(context.VoidTy, {}, FunctionProtoType::ExtProtoInfo()),
        SC_Static);
    auto address = [&] {
        return build_cast(unit, context.getPointerType(callee->getType()),
                          CK_FunctionToPointerDecay, build_reference(unit, callee, nowhere));
    };
    Expr *there = build_cast(unit, context.BoolTy, CK_PointerToBoolean, address());
    Expr *call =
        build_call(unit, address(), {unit_address(unit, nowhere)}, context.VoidTy, nowhere);
    caller->setBody(IfStmt::Create(context, nowhere, IfStatementKind::Ordinary, nullptr, nullptr,
                                   there, nowhere, nowhere, call));
    caller->addAttr(NoDebugAttr::CreateImplicit(context));
    return caller;
}

void emit_unit(struct unit *unit) {
    if (model_is_empty(unit->model))
        return;
    ASTContext &context = *unit->context;
    define_unit(unit);
    FunctionDecl *first = call_of_runtime(unit, "thimble.construct", EMISSION_REGISTER);
    FunctionDecl *last = call_of_runtime(unit, "thimble.destruct", EMISSION_UNREGISTER);
    struct priority priority = {
        build_number(unit, context.IntTy, EMISSION_PRIORITY, SourceLocation()), EMISSION_PRIORITY};
    first->addAttr(ConstructorAttr::CreateImplicit(context, priority));
    last->addAttr(DestructorAttr::CreateImplicit(context, priority));
    unit->added.push_back(first);
    unit->added.push_back(last);
}
