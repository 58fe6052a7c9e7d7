/* flows.cc: where the values of a function go, told to core while the function is walked. */
#include "tracking.h"

using namespace clang;

/* ---- Types ---- */

struct pointed pointed_to(QualType type) {
    struct pointed answer = {};
    if (type.isNull())
        return answer;
    answer.type = type.getAsOpaquePtr();
    answer.is_void = type->isVoidType();
    answer.is_function = type->isFunctionType();
    answer.is_char = type->isSpecificBuiltinType(BuiltinType::Char_S) ||
                     type->isSpecificBuiltinType(BuiltinType::Char_U);
    answer.is_byte = type->isCharType();
    return answer;
}

struct pointed pointed_by(QualType pointer) {
    return pointed_to(pointer->isPointerType() ? pointer->getPointeeType() : QualType());
}

/* void * or char *, of something that can be written to. */
static bool is_block(QualType type) {
    struct pointed pointed = pointed_by(type);
    return (pointed.is_void || pointed.is_char) && !type->getPointeeType().isConstQualified();
}

static bool is_number(QualType type) {
    return type->isIntegerType() && !type->isBooleanType() && !type->isEnumeralType() &&
           !pointed_to(type).is_char;
}

static bool takes_number(const CallExpr *call, const FunctionProtoType *type) {
    if (type)
        return llvm::any_of(type->param_types(), is_number);
    return llvm::any_of(call->arguments(),
                        [](const Expr *arg) { return is_number(arg->getType()); });
}

static const FunctionType *called_type(const CallExpr *call) {
    QualType callee = call->getCallee()->getType();
    QualType type = callee->isPointerType() ? callee->getPointeeType() : callee;
    return type->getAs<FunctionType>();
}

struct passing read_passing(struct tracking *tracking, const CallExpr *call,
                            const FunctionDecl *decl) {
    struct unit *unit = tracking->unit;
    struct passing answer = {};
    const FunctionType *type = decl ? decl->getType()->getAs<FunctionType>() : called_type(call);
    answer.through_pointer = !decl;
    answer.returns_block = type && is_block(type->getReturnType());
    answer.takes_number = takes_number(call, dyn_cast_or_null<FunctionProtoType>(type));
    answer.noreturn = type && type->getNoReturnAttr();
    if (!decl)
        return answer;
    answer.system = in_system_header(unit, decl->getLocation());
    answer.builtin = decl->getBuiltinID();
    answer.noreturn |= decl->isNoReturn();
    answer.pure = decl->hasAttr<PureAttr>() || decl->hasAttr<ConstAttr>();
    answer.itself = decl->getCanonicalDecl() == tracking->function->getCanonicalDecl();
    answer.interposable = decl->isWeak();
    answer.key = key_of_decl(decl);
    return answer;
}

struct site_function read_site_function(const FunctionDecl *decl) {
    struct site_function answer = {};
    answer.key = key_of_decl(decl);
    answer.internal = is_internal(decl);
    answer.returns_block = is_block(decl->getReturnType());
    answer.returns_pointer = decl->getReturnType()->isPointerType();
    for (const ParmVarDecl *parameter : decl->parameters()) {
        QualType type = parameter->getType();
        answer.takes_number |= is_number(type);
        answer.takes_holder |= type->isPointerType() && is_block(type->getPointeeType());
    }
    return answer;
}

/* ---- Sources ---- */

static const VarDecl *local_of(const Expr *operand) {
    const DeclRefExpr *reference = dyn_cast<DeclRefExpr>(operand);
    const VarDecl *variable = reference ? dyn_cast<VarDecl>(reference->getDecl()) : nullptr;
    return variable && !variable->hasGlobalStorage() ? variable : nullptr;
}

/* What an address is the address of, or the base of, if that is what a pointer points to; else
 * null. */
static const Expr *pointer_below(const Expr *operand, bool *moved) {
    for (;;) {
        operand = operand->IgnoreParens();
        if (const MemberExpr *member = dyn_cast<MemberExpr>(operand)) {
            *moved = true;
            operand = member->getBase();
            if (member->isArrow())
                return operand;
        } else if (const ArraySubscriptExpr *element = dyn_cast<ArraySubscriptExpr>(operand)) {
            *moved = true;
            const Expr *base = element->getBase()->IgnoreParens();
            const CastExpr *decayed = dyn_cast<CastExpr>(base);
            if (!decayed || decayed->getCastKind() != CK_ArrayToPointerDecay)
                return base;
            operand = decayed->getSubExpr();
        } else {
            const UnaryOperator *target = dyn_cast<UnaryOperator>(operand);
            return target && target->getOpcode() == UO_Deref ? target->getSubExpr() : nullptr;
        }
    }
}

using Found = llvm::function_ref<void(const Stmt *call, const VarDecl *variable, bool moved)>;

static void each_source(const Expr *operand, bool moved, Found found);

static void each_source_of_unary(const UnaryOperator *unary, bool moved, Found found) {
    switch (unary->getOpcode()) {
    case UO_Extension:
        each_source(unary->getSubExpr(), moved, found);
        break;
    case UO_AddrOf:
        if (const Expr *pointer = pointer_below(unary->getSubExpr(), &moved))
            each_source(pointer, moved, found);
        break;
    case UO_Deref:
    case UO_LNot:
        break;
    default:
        each_source(unary->getSubExpr(), true, found);
    }
}

static void each_source_of_binary(const BinaryOperator *binary, bool moved, Found found) {
    if (binary->getOpcode() == BO_Comma || binary->getOpcode() == BO_Assign) {
        each_source(binary->getRHS(), moved, found);
    } else if (!binary->isComparisonOp() && !binary->isLogicalOp()) {
        each_source(binary->getLHS(), true, found);
        each_source(binary->getRHS(), true, found);
    }
}

static void each_source_of_cast(const CastExpr *cast, bool moved, Found found) {
    const Expr *operand = cast->getSubExpr();
    if (cast->getCastKind() == CK_ArrayToPointerDecay)
        operand = pointer_below(operand, &moved);
    if (operand)
        each_source(operand, moved, found);
}

/* Calls `found` for the variables and calls whose value the operand may be, or of which it is
 * made (`moved`). */
static void each_source(const Expr *operand, bool moved, Found found) {
    operand = operand->IgnoreParens();
    if (isa<CallExpr>(operand)) {
        found(operand, nullptr, moved);
    } else if (const VarDecl *variable = local_of(operand)) {
        found(nullptr, variable, moved);
    } else if (const CastExpr *cast = dyn_cast<CastExpr>(operand)) {
        each_source_of_cast(cast, moved, found);
    } else if (const AbstractConditionalOperator *choice =
                   dyn_cast<AbstractConditionalOperator>(operand)) {
        each_source(choice->getTrueExpr(), moved, found);
        each_source(choice->getFalseExpr(), moved, found);
    } else if (const UnaryOperator *unary = dyn_cast<UnaryOperator>(operand)) {
        each_source_of_unary(unary, moved, found);
    } else if (const BinaryOperator *binary = dyn_cast<BinaryOperator>(operand)) {
        each_source_of_binary(binary, moved, found);
    } else if (const OpaqueValueExpr *same = dyn_cast<OpaqueValueExpr>(operand)) {
        if (same->getSourceExpr())
            each_source(same->getSourceExpr(), moved, found);
    } else if (const PseudoObjectExpr *became = dyn_cast<PseudoObjectExpr>(operand)) {
        each_source(became->getSyntacticForm(), moved, found);
    } else if (const ChooseExpr *choose = dyn_cast<ChooseExpr>(operand)) {
        each_source(choose->getChosenSubExpr(), moved, found);
    } else if (const GenericSelectionExpr *generic = dyn_cast<GenericSelectionExpr>(operand)) {
        each_source(generic->getResultExpr(), moved, found);
    } else if (const StmtExpr *block = dyn_cast<StmtExpr>(operand)) {
        const CompoundStmt *body = block->getSubStmt();
        const Stmt *last = body->body_empty() ? nullptr : body->body_back();
        if (const Expr *value = dyn_cast_or_null<Expr>(last))
            each_source(value, moved, found);
    }
}

static void note_sources(struct tracking *tracking, const Expr *operand, struct flow_place to) {
    each_source(operand, false, [&](const Stmt *call, const VarDecl *variable, bool moved) {
        struct flow_place from = {call ? (const void *)call : variable, FLOW_VALUE};
        if (variable && isa<ParmVarDecl>(variable) && is_number(variable->getType()))
            from = flow_parameters;
        flow_goes(&tracking->flow, from, to, moved);
    });
}

/* ---- Steps ---- */

/* Whether it is to be told what goes into a variable of this type. */
static bool counts(const struct tracking *tracking, QualType type) {
    return type->isVoidPointerType() ||
           (tracking->may_wrap && (type->isPointerType() || type->isIntegerType()));
}

static void note_assignment(struct tracking *tracking, const Expr *left, const Expr *right) {
    left = left->IgnoreParens();
    const UnaryOperator *target = dyn_cast<UnaryOperator>(left);
    if (const VarDecl *variable = local_of(left)) {
        if (counts(tracking, variable->getType()))
            note_sources(tracking, right, {variable, FLOW_VALUE});
    } else if (target && target->getOpcode() == UO_Deref && left->getType()->isPointerType()) {
        const VarDecl *holder = local_of(target->getSubExpr()->IgnoreParenImpCasts());
        if (holder && isa<ParmVarDecl>(holder) && sites_returns_by_holder(&tracking->facts))
            note_sources(tracking, right, flow_returned);
    }
}

void note_initializer(struct tracking *tracking, const VarDecl *variable) {
    if (!variable->hasGlobalStorage() && counts(tracking, variable->getType()))
        note_sources(tracking, variable->getInit(), {variable, FLOW_VALUE});
}

/* Of variables those count that alone do not tell what they point to. */
static void note_conversion(struct tracking *tracking, const CastExpr *cast) {
    struct pointed pointed = pointed_by(cast->getType());
    if (cast->getCastKind() == CK_LValueToRValue)
        return;
    each_source(cast->getSubExpr(), false,
                [&](const Stmt *call, const VarDecl *variable, bool moved) {
                    const void *source = call ? (const void *)call : variable;
                    if (!moved && (call || variable->getType()->isVoidPointerType()))
                        flow_becomes(&tracking->flow, {source, FLOW_VALUE}, &pointed);
                });
}

/* What is made of numbers is a number made of them. */
static void note_call(struct tracking *tracking, const CallExpr *call) {
    if (!is_number(call->getType()))
        return;
    for (const Expr *arg : call->arguments())
        if (is_number(arg->getType()))
            note_sources(tracking, arg, {call, FLOW_VALUE});
}

static void note_unary(struct tracking *tracking, const UnaryOperator *unary) {
    const Expr *operand = unary->getSubExpr()->IgnoreParens();
    if (unary->isIncrementOp() && unary->getType()->isPointerType())
        note_assignment(tracking, operand, unary);
    const VarDecl *variable = unary->getOpcode() == UO_AddrOf ? local_of(operand) : nullptr;
    if (variable && is_block(variable->getType()))
        flow_goes(&tracking->flow, flow_unseen, {variable, FLOW_VALUE}, false);
}

void note_flow(struct tracking *tracking, const Stmt *node) {
    if (const CastExpr *cast = dyn_cast<CastExpr>(node)) {
        if (cast->getType()->isPointerType())
            note_conversion(tracking, cast);
    } else if (const BinaryOperator *binary = dyn_cast<BinaryOperator>(node)) {
        if (binary->getOpcode() == BO_Assign)
            note_assignment(tracking, binary->getLHS(), binary->getRHS());
        else if (binary->isCompoundAssignmentOp())
            note_assignment(tracking, binary->getLHS(), binary);
    } else if (!tracking->may_wrap) {
        return;
    } else if (const ReturnStmt *last = dyn_cast<ReturnStmt>(node)) {
        if (last->getRetValue())
            note_sources(tracking, last->getRetValue(), flow_returned);
    } else if (const UnaryOperator *unary = dyn_cast<UnaryOperator>(node)) {
        note_unary(tracking, unary);
    } else if (const CallExpr *call = dyn_cast<CallExpr>(node)) {
        note_call(tracking, call);
    }
}

void note_asked(struct tracking *tracking, const CallExpr *call,
                const struct allocator *allocator) {
    for (unsigned i = 0; i < call->getNumArgs(); i++) {
        const Expr *arg = call->getArg(i);
        if (is_number(arg->getType()) && allocators_asked_by(allocator, i + 1, call->getNumArgs()))
            note_sources(tracking, arg, {call, FLOW_ASKED});
    }
}

void note_holder(struct tracking *tracking, const CallExpr *call, const Expr *holder) {
    holder = holder->IgnoreParenCasts();
    for (; isa<OpaqueValueExpr>(holder); holder = holder->IgnoreParenCasts())
        holder = cast<OpaqueValueExpr>(holder)->getSourceExpr();
    if (!holder->getType()->isPointerType())
        return;
    struct pointed pointed = pointed_by(holder->getType()->getPointeeType());
    if (pointed.type)
        flow_becomes(&tracking->flow, {call, FLOW_VALUE}, &pointed);
    const UnaryOperator *address = dyn_cast<UnaryOperator>(holder);
    if (address && address->getOpcode() == UO_AddrOf)
        if (const VarDecl *variable = local_of(address->getSubExpr()->IgnoreParens()))
            flow_goes(&tracking->flow, {call, FLOW_VALUE}, {variable, FLOW_VALUE}, false);
}
