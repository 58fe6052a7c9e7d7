/* build.cc: see build.h. */
#include "build.h"

using namespace clang;

Expr *build_number(struct unit *unit, QualType type, uint64_t value, SourceLocation place) {
    ASTContext &context = *unit->context;
    llvm::APInt bits(context.getIntWidth(type), value);
    return IntegerLiteral::Create(context, bits, type, place);
}

Expr *build_reference(struct unit *unit, ValueDecl *decl, SourceLocation place) {
    return DeclRefExpr::Create(*unit->context, NestedNameSpecifierLoc(), SourceLocation(), decl,
                               false, place, decl->getType(), VK_LValue);
}

Expr *build_cast(struct unit *unit, QualType type, CastKind kind, Expr *operand) {
    return ImplicitCastExpr::Create(*unit->context, type, kind, operand, nullptr, VK_PRValue,
                                    FPOptionsOverride());
}

Expr *build_load(struct unit *unit, Expr *lvalue) {
    return build_cast(unit, lvalue->getType().getUnqualifiedType(), CK_LValueToRValue, lvalue);
}

Expr *build_address(struct unit *unit, ValueDecl *decl, QualType pointer, SourceLocation place) {
    ASTContext &context = *unit->context;
    Expr *address = UnaryOperator::Create(context, build_reference(unit, decl, place), UO_AddrOf,
                                          context.getPointerType(decl->getType()), VK_PRValue,
                                          OK_Ordinary, place, false, FPOptionsOverride());
    return build_cast(unit, pointer, CK_BitCast, address);
}

Expr *build_subscript(struct unit *unit, Expr *array, uint64_t index, QualType element,
                      SourceLocation place) {
    ASTContext &context = *unit->context;
    Expr *first = build_cast(unit, context.getPointerType(element), CK_ArrayToPointerDecay, array);
    Expr *number = build_number(unit, context.UnsignedIntTy, index, place);
    return new (context) ArraySubscriptExpr(first, number, element, VK_LValue, OK_Ordinary, place);
}

QualType build_array_type(struct unit *unit, QualType element, uint32_t count) {
    llvm::APInt size(unit->context->getTypeSize(unit->context->getSizeType()), count ? count : 1);
    return unit->context->getConstantArrayType(element, size, nullptr, normal_array, 0);
}

Expr *build_list(struct unit *unit, QualType type, llvm::ArrayRef<Expr *> values,
                 SourceLocation place) {
    InitListExpr *list = new (*unit->context) InitListExpr(*unit->context, place, values, place);
    list->setType(type);
    return list;
}

Expr *build_call(struct unit *unit, Expr *pointer, llvm::ArrayRef<Expr *> args, QualType result,
                 SourceLocation place) {
    return CallExpr::Create(*unit->context, pointer, args, result, VK_PRValue, place,
                            FPOptionsOverride());
}

static FunctionDecl *expect_function(struct unit *unit) {
    ASTContext &context = *unit->context;
    if (unit->expect)
        return unit->expect;
    QualType args[] = {context.LongTy, context.LongTy};
    QualType type =
        context.getFunctionType(context.LongTy, args, FunctionProtoType::ExtProtoInfo());
    IdentifierInfo *name = &context.Idents.get("__builtin_expect");
    unit->expect = FunctionDecl::Create(context, context.getTranslationUnitDecl(), SourceLocation(),
                                        SourceLocation(), name, type, nullptr, SC_Extern);
    unit->expect->addAttr(BuiltinAttr::CreateImplicit(context, Builtin::BI__builtin_expect));
    return unit->expect;
}

/* __builtin_expect(POINTER != 0, 0) */
static Expr *unlikely(struct unit *unit, Expr *pointer, SourceLocation place) {
    ASTContext &context = *unit->context;
    Expr *null = build_cast(unit, pointer->getType(), CK_NullToPointer,
                            build_number(unit, context.IntTy, 0, place));
    Expr *set = BinaryOperator::Create(context, pointer, null, BO_NE, context.IntTy, VK_PRValue,
                                       OK_Ordinary, place, FPOptionsOverride());
    FunctionDecl *expect = expect_function(unit);
    Expr *args[] = {build_cast(unit, context.LongTy, CK_IntegralCast, set),
                    build_number(unit, context.LongTy, 0, place)};
    Expr *function = build_cast(unit, context.getPointerType(expect->getType()),
                                CK_BuiltinFnToFnPtr, build_reference(unit, expect, place));
    return build_call(unit, function, args, context.LongTy, place);
}

Expr *build_choice(struct unit *unit, Expr *pointer, Expr *yes, Expr *no) {
    SourceLocation place = no->getExprLoc();
    return new (*unit->context)
        ConditionalOperator(unlikely(unit, pointer, place), place, yes, place, no, no->getType(),
                            VK_PRValue, OK_Ordinary);
}

Expr *build_nothing(struct unit *unit, SourceLocation place) {
    ASTContext &context = *unit->context;
    return build_cast(unit, context.VoidTy, CK_ToVoid, build_number(unit, context.IntTy, 0, place));
}

/* A struct or union is kept in an object, as a compound literal makes one. */
static Expr *in_object(struct unit *unit, Expr *value) {
    ASTContext &context = *unit->context;
    QualType type = value->getType().getUnqualifiedType();
    return new (context) CompoundLiteralExpr(
        value->getExprLoc(), context.getTrivialTypeSourceInfo(type), type, VK_LValue, value, false);
}

Expr *build_temporary(struct unit *unit, struct sequence *sequence, Expr *value) {
    ASTContext &context = *unit->context;
    bool aggregate = value->getType()->isRecordType();
    Expr *source = aggregate ? in_object(unit, value) : value;
    Expr *temporary = new (context) OpaqueValueExpr(value->getExprLoc(), source->getType(),
                                                    source->getValueKind(), OK_Ordinary, source);
    sequence->steps.push_back(temporary);
    return aggregate ? build_load(unit, temporary) : temporary;
}

Expr *build_sequence(struct unit *unit, const struct sequence *sequence, Expr *last,
                     Expr *written) {
    llvm::SmallVector<Expr *, 8> steps = sequence->steps;
    if (steps.empty())
        return last;
    auto found = llvm::find(steps, last); /* standing there twice it would be done twice */
    unsigned result = (unsigned)(found - steps.begin());
    if (found == steps.end())
        steps.push_back(last);
    if (last->getType()->isVoidType())
        result = PseudoObjectExpr::NoResult;
    return PseudoObjectExpr::Create(*unit->context, written, steps, result);
}

Expr *build_parentheses(struct unit *unit, Expr *operand) {
    SourceLocation place = operand->getExprLoc();
    return new (*unit->context) ParenExpr(place, place, operand);
}

RecordDecl *build_record(struct unit *unit, const char *name, llvm::ArrayRef<QualType> types,
                         const char *const *names) {
    ASTContext &context = *unit->context;
    RecordDecl *record = context.buildImplicitRecord(name);
    record->startDefinition();
    for (size_t i = 0; i < types.size(); i++) {
        FieldDecl *field = FieldDecl::Create(context, record, SourceLocation(), SourceLocation(),
                                             &context.Idents.get(names ? names[i] : "member"),
                                             types[i], context.getTrivialTypeSourceInfo(types[i]),
                                             nullptr, false, ICIS_NoInit);
        field->setAccess(AS_public);
        record->addDecl(field);
    }
    record->completeDefinition();
    return record;
}

Stmt *build_block(struct unit *unit, llvm::ArrayRef<VarDecl *> variables, Stmt *node) {
    ASTContext &context = *unit->context;
    SourceLocation start = node->getBeginLoc(), end = node->getEndLoc();
    if (variables.empty())
        return node;
    llvm::SmallVector<Decl *, 8> decls(variables.begin(), variables.end());
    Stmt *declared = new (context)
        DeclStmt(DeclGroupRef::Create(context, decls.data(), (unsigned)decls.size()), start, start);
    CompoundStmt *block = create_compound(context, {declared, node}, start, end);
    Expr *value = dyn_cast<Expr>(node);
    if (!value)
        return block;
    return new (context) StmtExpr(block, value->getType(), start, end, 0);
}
