/* asserts.cc: the operands of an assert on its failing side. In front of the call that
 * reports the failure stands
 *
 *     &thimble_operands ? thimble_operands(&unit, 7, known, &(struct {int a; …}){t1, …}) : 0
 *
 * where t1 is the operand itself, evaluated again; or where the condition has side effects,
 * a variable that was assigned in it: `feed() == 2` becomes `(t1 = feed()) == 2`. The
 * variables' own addresses are never taken, so to the optimizer they are values.
 */
#include "build.h"

using namespace clang;

/* ---- Keeping values ---- */

struct keeping {
    struct unit *unit;
    FunctionDecl *function;
    llvm::SmallVectorImpl<VarDecl *> &variables;
    bool again; /* the condition can be evaluated a second time */
};

/* Assigns the value at the place to a variable, and returns what loads that. */
static Expr *save(struct keeping *keeping, const struct expression *expression) {
    struct unit *unit = keeping->unit;
    ASTContext &context = *unit->context;
    Stmt **place = (Stmt **)expression->node;
    Expr *value = cast<Expr>(*place);
    SourceLocation where = value->getExprLoc();
    QualType type = value->getType().getUnqualifiedType();
    if (keeping->again || type->isRecordType() || is_evident(value))
        return value;
    if (const BinaryOperator *known = dyn_cast<BinaryOperator>(value->IgnoreParens()))
        if (const DeclRefExpr *target = dyn_cast<DeclRefExpr>(known->getLHS()))
            for (VarDecl *variable : keeping->variables)
                if (target->getDecl() == variable)
                    return build_load(unit, build_reference(unit, variable, where));
    VarDecl *variable = VarDecl::Create(context, keeping->function, where, where,
                                        &context.Idents.get("thimble.operand"), type,
                                        context.getTrivialTypeSourceInfo(type), SC_None);
    variable->setImplicit();
    variable->setIsUsed();
    variable->addAttr(NoDebugAttr::CreateImplicit(context));
    keeping->variables.push_back(variable);
    *place = build_parentheses(
        unit,
        BinaryOperator::Create(context, build_reference(unit, variable, where), value, BO_Assign,
                               type, VK_PRValue, OK_Ordinary, where, FPOptionsOverride()));
    return build_load(unit, build_reference(unit, variable, where));
}

static Expr *zero(struct unit *unit, QualType type) {
    return new (*unit->context) ImplicitValueInitExpr(type);
}

/* The one where the guards let something be evaluated, else the other. */
static Expr *guarded(struct keeping *keeping, const struct guard *guard, Expr *yes, Expr *no) {
    if (!guard)
        return yes;
    SourceLocation where = yes->getExprLoc();
    Expr *truth = save(keeping, guard->condition);
    Expr *choice = new (*keeping->unit->context)
        ConditionalOperator(truth, where, guard->wanted ? yes : no, where, guard->wanted ? no : yes,
                            yes->getType(), VK_PRValue, OK_Ordinary);
    return guarded(keeping, guard->outer, choice, no);
}

/* The array that decayed to the value, or null. */
static QualType array_behind(const Expr *value) {
    value = value->IgnoreParens();
    const Expr *object = nullptr;
    if (const UnaryOperator *address = dyn_cast<UnaryOperator>(value))
        object = address->getOpcode() == UO_AddrOf ? address->getSubExpr() : nullptr;
    if (const ImplicitCastExpr *decay = dyn_cast<ImplicitCastExpr>(value))
        object = decay->getCastKind() == CK_ArrayToPointerDecay ? decay->getSubExpr() : nullptr;
    return object && object->getType()->isConstantArrayType() ? object->getType() : QualType();
}

/* ---- The call that reports ---- */

static CallExpr *reporting_call(struct unit *unit, Stmt *node) {
    if (CompoundStmt *block = dyn_cast_or_null<CompoundStmt>(node))
        node = block->body_empty() ? nullptr : block->body_front();
    Expr *expression = dyn_cast_or_null<Expr>(node);
    if (!expression)
        return nullptr;
    expression = expression->IgnoreParenCasts();
    if (BinaryOperator *comma = dyn_cast<BinaryOperator>(expression))
        return comma->isCommaOp() ? reporting_call(unit, comma->getLHS()) : nullptr;
    CallExpr *call = dyn_cast<CallExpr>(expression);
    const FunctionDecl *decl = call ? call->getDirectCallee() : nullptr;
    return decl && call->getNumArgs() && expression_is_reported_by(symbol_of(unit, decl)) ? call
                                                                                          : nullptr;
}

/* The branches of a choice, the one that is taken where the condition does not hold first. */
static CallExpr *reporting_branch(struct unit *unit, Stmt *no, Stmt *yes) {
    CallExpr *call = reporting_call(unit, no);
    return call ? call : reporting_call(unit, yes);
}

bool find_assert(struct unit *unit, Stmt *node, struct asserted *out) {
    if (!unit->options->asserts)
        return false;
    if (IfStmt *choice = dyn_cast<IfStmt>(node)) {
        out->condition = choice->getCond();
        out->call = reporting_branch(unit, choice->getElse(), choice->getThen());
    } else if (ConditionalOperator *choice = dyn_cast<ConditionalOperator>(node)) {
        out->condition = choice->getCond();
        out->call = reporting_branch(unit, choice->getFalseExpr(), choice->getTrueExpr());
    } else if (BinaryOperator *operation = dyn_cast<BinaryOperator>(node)) {
        out->condition = operation->getLHS();
        out->call = operation->isLogicalOp() ? reporting_call(unit, operation->getRHS()) : nullptr;
    }
    return out->call != nullptr;
}

static const clang::StringLiteral *text_of(const CallExpr *call) {
    return dyn_cast<clang::StringLiteral>(call->getArg(0)->IgnoreParenCasts());
}

/* ---- The failing side ---- */

/* What is handed over, while it is put together. */
struct handing {
    llvm::SmallVector<QualType, 16> types;
    llvm::SmallVector<Expr *, 16> values;
    llvm::SmallVector<struct model_operand, 16> described;
    Expr *known; /* a number with a bit for each value that is one */
};

static FunctionDecl *operands_function(struct unit *unit) {
    ASTContext &context = *unit->context;
    if (unit->operands)
        return unit->operands;
    QualType args[] = {context.VoidPtrTy, context.UnsignedIntTy, context.UnsignedIntTy,
                       context.VoidPtrTy};
    QualType type =
        context.getFunctionType(context.VoidTy, args, FunctionProtoType::ExtProtoInfo());
    unit->operands = declare_function(unit, EMISSION_OPERANDS, type, SC_Extern);
    unit->operands->addAttr(WeakAttr::CreateImplicit(context));
    return unit->operands;
}

/* A function makes room for one word on its stack by a push, which is a store, and for more
 * by moving the stack's end. */
static void take_more_than_a_word(struct unit *unit, struct handing *handing) {
    QualType room = build_array_type(unit, unit->context->VoidPtrTy, 2);
    handing->types.push_back(room);
    handing->values.push_back(zero(unit, room));
}

/* &(struct {…}){VALUES}; the descriptions learn where each one lies. */
static Expr *values_together(struct unit *unit, struct handing *handing, SourceLocation where) {
    ASTContext &context = *unit->context;
    take_more_than_a_word(unit, handing);
    RecordDecl *record = build_record(unit, "thimble.operands", handing->types);
    const ASTRecordLayout &layout = context.getASTRecordLayout(record);
    for (unsigned i = 0; i < handing->described.size(); i++)
        handing->described[i].offset = (uint32_t)(layout.getFieldOffset(i) / 8);
    QualType type = record_type(context, record);
    Expr *object = new (context)
        CompoundLiteralExpr(where, context.getTrivialTypeSourceInfo(type), type, VK_LValue,
                            build_list(unit, type, handing->values, where), false);
    return UnaryOperator::Create(context, object, UO_AddrOf, context.getPointerType(type),
                                 VK_PRValue, OK_Ordinary, where, false, FPOptionsOverride());
}

/* &thimble_operands ? thimble_operands(&unit, NUMBER, KNOWN, &VALUES) : nothing */
static Expr *handing_over(struct unit *unit, struct handing *handing, SourceLocation where) {
    ASTContext &context = *unit->context;
    Expr *values = values_together(unit, handing, where);
    uint32_t number =
        model_assert_add(unit->model, handing->described.data(), handing->described.size());
    FunctionDecl *function = operands_function(unit);
    QualType pointer = context.getPointerType(function->getType());
    Expr *callee = build_cast(unit, pointer, CK_FunctionToPointerDecay,
                              build_reference(unit, function, where));
    Expr *args[] = {unit_address(unit, where),
                    build_number(unit, context.UnsignedIntTy, number, where), handing->known,
                    build_cast(unit, context.VoidPtrTy, CK_BitCast, values)};
    Expr *call = build_call(unit, callee, args, context.VoidTy, where);
    Expr *there = build_cast(unit, pointer, CK_FunctionToPointerDecay,
                             build_reference(unit, function, where));
    return new (context) ConditionalOperator(there, where, call, where, build_nothing(unit, where),
                                             context.VoidTy, VK_PRValue, OK_Ordinary);
}

static void note_known(struct keeping *keeping, struct handing *handing, const struct guard *guard,
                       uint32_t bits, SourceLocation where) {
    ASTContext &context = *keeping->unit->context;
    QualType type = context.UnsignedIntTy;
    Expr *known = guarded(keeping, guard, build_number(keeping->unit, type, bits, where),
                          build_number(keeping->unit, type, 0, where));
    handing->known = !handing->known ? known
                                     : BinaryOperator::Create(context, handing->known, known, BO_Or,
                                                              type, VK_PRValue, OK_Ordinary, where,
                                                              FPOptionsOverride());
}

static void hand_over(struct keeping *keeping, struct handing *handing, unsigned number,
                      const struct operand *operand) {
    struct unit *unit = keeping->unit;
    Expr *before = cast<Expr>(*(Stmt **)operand->expression->node);
    QualType array = array_behind(before), type = before->getType().getUnqualifiedType();
    Expr *value = save(keeping, operand->expression);
    bool settled = operand->expression->settled;
    handing->types.push_back(type);
    handing->values.push_back(
        guarded(keeping, operand->guard, value, settled ? before : zero(unit, type)));
    note_known(keeping, handing, settled ? nullptr : operand->guard, 1u << number,
               before->getExprLoc());
    struct model_operand described = {};
    described.text = operand->text;
    described.type = read_type(unit, array.isNull() ? type : array);
    described.flags = operand->flags | (array.isNull() ? 0 : (uint32_t)THIMBLE_OPERAND_ARRAY);
    handing->described.push_back(described);
}

void take_apart(struct unit *unit, FunctionDecl *function, Stmt *node, struct asserted *out) {
    const clang::StringLiteral *text = text_of(out->call);
    Stmt **place = nullptr;
    for (Stmt *&child : node->children())
        if (child == out->condition)
            place = &child;
    if (!text || !place)
        return;
    struct expression *expression = read_condition(unit, place);
    expression_align(expression, text->getString().str().c_str());
    struct plan plan = expression_plan(expression);
    struct keeping keeping = {unit, function, out->variables,
                              can_be_repeated(unit, out->condition)};
    struct handing handing = {};
    for (unsigned i = 0; i < plan.count; i++)
        hand_over(&keeping, &handing, i, &plan.operands[i]);
    if (plan.count)
        out->operands = handing_over(unit, &handing, out->call->getBeginLoc());
    expression_plan_free(&plan);
    expression_free(expression);
}
