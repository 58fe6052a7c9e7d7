/* conditions.cc: what an assert asserts, and its operands on the failing side.
 *
 * In front of the call that reports the failure stands
 *
 *     &thimble_operands ? thimble_operands(&unit, 7, (const void *[]){&(int){t1}, …}) : 0
 *
 * where t1 is the operand itself, evaluated again; or where the condition has side effects,
 * a variable that was assigned in it: `feed() == 2` becomes `(t1 = feed()) == 2`. The
 * variables' own addresses are never taken, so to the optimizer they are values.
 */
#include "build.h"

using namespace clang;

/* ---- From the syntax tree to expressions; a node of one is the place of its value ---- */

static struct expression *read(struct unit *, Stmt **place);

static Expr *at(const struct expression *expression) {
    return cast<Expr>(*(Stmt **)expression->node);
}

/* Whether a copy of the value can be made on the failing side. A struct is copied from
 * where it lies. */
static bool has_value(struct unit *unit, const Expr *value) {
    QualType type = value->getType();
    if (type->isVoidType() || type->isFunctionType() || type->isIncompleteType() ||
        type->isVariablyModifiedType() || type->isArrayType())
        return false;
    return type->isScalarType() || type->isVectorType() || type->isAnyComplexType() ||
           (type->isRecordType() && !value->HasSideEffects(*unit->context));
}

static struct expression *make(struct unit *unit, enum expression_kind kind, llvm::StringRef name,
                               Stmt **place) {
    struct expression *expression = expression_new(kind, name.str().c_str(), place);
    expression->valueless = !has_value(unit, cast<Expr>(*place));
    return expression;
}

/* With all children as parts. */
static struct expression *make_of(struct unit *unit, enum expression_kind kind,
                                  llvm::StringRef name, Stmt **place, Stmt *node) {
    struct expression *expression = make(unit, kind, name, place);
    for (Stmt *&child : node->children())
        expression_add(expression, read(unit, &child));
    return expression;
}

static Stmt **only_child(Stmt *node) {
    return &*node->children().begin();
}

/* A literal, a name for one, or what is made of such: its value is evident. */
static bool is_constant(const Expr *value) {
    value = value->IgnoreParenCasts();
    if (const DeclRefExpr *reference = dyn_cast<DeclRefExpr>(value))
        return !isa<VarDecl>(reference->getDecl());
    if (const UnaryOperator *operation = dyn_cast<UnaryOperator>(value))
        return operation->isArithmeticOp() && is_constant(operation->getSubExpr());
    if (const BinaryOperator *operation = dyn_cast<BinaryOperator>(value))
        return !operation->isAssignmentOp() && is_constant(operation->getLHS()) &&
               is_constant(operation->getRHS());
    return isa<IntegerLiteral, CharacterLiteral, FloatingLiteral, clang::StringLiteral,
               UnaryExprOrTypeTraitExpr, PredefinedExpr, ImaginaryLiteral>(value);
}

static bool is_null_pointer(struct unit *unit, const Expr *value) {
    return value->getType()->isPointerType() &&
           value->isNullPointerConstant(*unit->context, Expr::NPC_NeverValueDependent);
}

static struct expression *read_constant(struct unit *unit, Stmt **place) {
    const Expr *value = cast<Expr>(*place);
    Expr::EvalResult result;
    char text[64] = "";
    bool known = value->getType()->isIntegralOrEnumerationType() &&
                 value->EvaluateAsInt(result, *unit->context);
    if (known)
        snprintf(text, sizeof text, "%lld", (long long)result.Val.getInt().getExtValue());
    struct expression *constant = make(unit, EXPRESSION_CONSTANT, text, place);
    constant->zero = known ? !result.Val.getInt().getBoolValue() : is_null_pointer(unit, value);
    return constant;
}

static struct expression *read_member(struct unit *unit, MemberExpr *member, Stmt **place) {
    if (member->getMemberDecl()->getName().empty()) /* an anonymous struct on the way */
        return read(unit, only_child(member));
    struct expression *object = read(unit, only_child(member));
    struct expression *expression =
        make(unit, EXPRESSION_MEMBER, member->getMemberDecl()->getName(), place);
    if (member->isArrow()) {
        struct expression *target = expression_new(EXPRESSION_TARGET, "*", place);
        expression_add(target, object);
        object = target;
    }
    expression_add(expression, object);
    return expression;
}

static struct expression *read_element(struct unit *unit, Stmt **base, Stmt **index, Stmt **place) {
    struct expression *element = make(unit, EXPRESSION_ELEMENT, "", place);
    expression_add(element, read(unit, base));
    expression_add(element, read(unit, index));
    return element;
}

static struct expression *read_subscript(struct unit *unit, ArraySubscriptExpr *subscript,
                                         Stmt **place) {
    Stmt **left = &*subscript->children().begin();
    Stmt **right = &*std::next(subscript->children().begin());
    bool turned = subscript->getBase() != subscript->getLHS();
    return read_element(unit, turned ? right : left, turned ? left : right, place);
}

/* *p, and *(p + i), which is p[i]. */
static struct expression *read_target(struct unit *unit, UnaryOperator *target, Stmt **place) {
    BinaryOperator *sum = dyn_cast<BinaryOperator>(target->getSubExpr()->IgnoreParens());
    if (sum && sum->getOpcode() == BO_Add && sum->getLHS()->getType()->isPointerType())
        return read_element(unit, &*sum->children().begin(), &*std::next(sum->children().begin()),
                            place);
    return make_of(unit, EXPRESSION_TARGET, "*", place, target);
}

static struct expression *read_unary(struct unit *unit, UnaryOperator *operation, Stmt **place) {
    switch (operation->getOpcode()) {
    case UO_Deref:
        return read_target(unit, operation, place);
    case UO_AddrOf: {
        struct expression *object = read(unit, only_child(operation));
        if (operation->getSubExpr()->getType()->isConstantArrayType()) {
            object->node = place;
            object->valueless = false;
            return object;
        }
        struct expression *address = make(unit, EXPRESSION_ADDRESS, "&", place);
        expression_add(address, object);
        return address;
    }
    case UO_LNot:
        return make_of(unit, EXPRESSION_NOT, "!", place, operation);
    case UO_Minus:
    case UO_Not:
        return make_of(unit, EXPRESSION_UNARY, UnaryOperator::getOpcodeStr(operation->getOpcode()),
                       place, operation);
    case UO_Plus:
    case UO_Extension:
        return read(unit, only_child(operation));
    default:
        return make(unit, EXPRESSION_OTHER, "", place);
    }
}

static struct expression *read_binary(struct unit *unit, BinaryOperator *operation, Stmt **place) {
    enum expression_kind kind = operation->isAssignmentOp()          ? EXPRESSION_ASSIGNMENT
                                : operation->isComparisonOp()        ? EXPRESSION_COMPARISON
                                : operation->getOpcode() == BO_LAnd  ? EXPRESSION_AND
                                : operation->getOpcode() == BO_LOr   ? EXPRESSION_OR
                                : operation->getOpcode() == BO_Comma ? EXPRESSION_COMMA
                                                                     : EXPRESSION_BINARY;
    return make_of(unit, kind, operation->getOpcodeStr(), place, operation);
}

static struct expression *read_call(struct unit *unit, CallExpr *call, Stmt **place) {
    const ValueDecl *callee = dyn_cast_or_null<ValueDecl>(call->getCalleeDecl());
    struct expression *expression =
        make(unit, EXPRESSION_CALL, callee ? callee->getName() : "(...)", place);
    auto child = call->children().begin();
    for (++child; child != call->children().end(); ++child)
        expression_add(expression, read(unit, &*child));
    return expression;
}

static struct expression *read_reference(struct unit *unit, const DeclRefExpr *reference,
                                         Stmt **place) {
    const VarDecl *variable = dyn_cast<VarDecl>(reference->getDecl());
    if (!variable)
        return read_constant(unit, place);
    struct expression *expression = make(unit, EXPRESSION_VARIABLE, variable->getName(), place);
    expression->settled =
        !variable->getType().isVolatileQualified() &&
        (isa<ParmVarDecl>(variable) || variable->hasGlobalStorage() || variable->hasInit());
    return expression;
}

/* What is read of an object, which is a value where it is loaded or decays. */
static struct expression *read_value(struct unit *unit, ImplicitCastExpr *cast, Stmt **place) {
    struct expression *object = read(unit, only_child(cast));
    object->node = place;
    object->valueless = !has_value(unit, cast);
    return object;
}

static struct expression *read_cast(struct unit *unit, CastExpr *cast, Stmt **place) {
    if (ImplicitCastExpr *implicit = dyn_cast<ImplicitCastExpr>(cast)) {
        bool reads = cast->getCastKind() == CK_LValueToRValue ||
                     cast->getCastKind() == CK_AtomicToNonAtomic ||
                     cast->getCastKind() == CK_ArrayToPointerDecay;
        return reads ? read_value(unit, implicit, place) : read(unit, only_child(cast));
    }
    return make_of(unit, EXPRESSION_CAST, "", place, cast);
}

static struct expression *read(struct unit *unit, Stmt **place) {
    Expr *node = dyn_cast<Expr>(*place);
    if (ParenExpr *inner = dyn_cast<ParenExpr>(node))
        return read(unit, only_child(inner));
    if (is_constant(node) || is_null_pointer(unit, node))
        return read_constant(unit, place);
    if (CastExpr *cast = dyn_cast<CastExpr>(node))
        return read_cast(unit, cast, place);
    if (DeclRefExpr *reference = dyn_cast<DeclRefExpr>(node))
        return read_reference(unit, reference, place);
    if (MemberExpr *member = dyn_cast<MemberExpr>(node))
        return read_member(unit, member, place);
    if (ArraySubscriptExpr *subscript = dyn_cast<ArraySubscriptExpr>(node))
        return read_subscript(unit, subscript, place);
    if (UnaryOperator *operation = dyn_cast<UnaryOperator>(node))
        return read_unary(unit, operation, place);
    if (BinaryOperator *operation = dyn_cast<BinaryOperator>(node))
        return read_binary(unit, operation, place);
    if (ConditionalOperator *choice = dyn_cast<ConditionalOperator>(node))
        return make_of(unit, EXPRESSION_CHOICE, "", place, choice);
    if (CallExpr *call = dyn_cast<CallExpr>(node))
        return read_call(unit, call, place);
    return make(unit, EXPRESSION_OTHER, "", place);
}

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
    if (keeping->again || type->isRecordType() || is_constant(value))
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

static Expr *null_place(struct unit *unit, SourceLocation where) {
    ASTContext &context = *unit->context;
    return build_cast(unit, context.VoidPtrTy, CK_NullToPointer,
                      build_number(unit, context.IntTy, 0, where));
}

static Expr *address_of_copy(struct unit *unit, Expr *value) {
    ASTContext &context = *unit->context;
    SourceLocation where = value->getExprLoc();
    QualType type = value->getType().getUnqualifiedType();
    Expr *copy = new (context) CompoundLiteralExpr(where, context.getTrivialTypeSourceInfo(type),
                                                   type, VK_LValue, value, false);
    Expr *address =
        UnaryOperator::Create(context, copy, UO_AddrOf, context.getPointerType(type), VK_PRValue,
                              OK_Ordinary, where, false, FPOptionsOverride());
    return build_cast(unit, context.VoidPtrTy, CK_BitCast, address);
}

/* The address where the guard lets the value be evaluated, else the other. */
static Expr *guarded(struct keeping *keeping, const struct guard *guard, Expr *address,
                     Expr *otherwise) {
    if (!guard)
        return address;
    struct unit *unit = keeping->unit;
    SourceLocation where = address->getExprLoc();
    Expr *truth = save(keeping, guard->condition);
    Expr *choice = new (*unit->context) ConditionalOperator(
        truth, where, guard->wanted ? address : otherwise, where,
        guard->wanted ? otherwise : address, address->getType(), VK_PRValue, OK_Ordinary);
    return guarded(keeping, guard->outer, choice, otherwise);
}

/* What is shown of an operand that was not evaluated. */
static Expr *otherwise(struct unit *unit, const struct expression *expression, Expr *value) {
    return expression->settled && expression->kind == EXPRESSION_VARIABLE
               ? address_of_copy(unit, value)
               : null_place(unit, value->getExprLoc());
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

/* What is asserted, and the call that reports that it does not hold; or null. */
static CallExpr *find_assert(struct unit *unit, Stmt *node, Expr **condition) {
    if (IfStmt *choice = dyn_cast<IfStmt>(node)) {
        *condition = choice->getCond();
        CallExpr *call = reporting_call(unit, choice->getElse());
        return call ? call : reporting_call(unit, choice->getThen());
    }
    if (ConditionalOperator *choice = dyn_cast<ConditionalOperator>(node)) {
        *condition = choice->getCond();
        CallExpr *call = reporting_call(unit, choice->getFalseExpr());
        return call ? call : reporting_call(unit, choice->getTrueExpr());
    }
    BinaryOperator *operation = dyn_cast<BinaryOperator>(node);
    if (!operation || !operation->isLogicalOp())
        return nullptr;
    *condition = operation->getLHS();
    return reporting_call(unit, operation->getRHS());
}

static const clang::StringLiteral *text_of(const CallExpr *call) {
    return dyn_cast<clang::StringLiteral>(call->getArg(0)->IgnoreParenCasts());
}

static FunctionDecl *operands_function(struct unit *unit) {
    ASTContext &context = *unit->context;
    if (unit->operands)
        return unit->operands;
    QualType args[] = {context.VoidPtrTy, context.UnsignedIntTy, context.VoidPtrTy};
    QualType type =
        context.getFunctionType(context.VoidTy, args, FunctionProtoType::ExtProtoInfo());
    unit->operands = declare_function(unit, EMISSION_OPERANDS, type, SC_Extern);
    unit->operands->addAttr(WeakAttr::CreateImplicit(context));
    return unit->operands;
}

/* &thimble_operands ? thimble_operands(&unit, NUMBER, (const void *[]){PLACES}) : nothing */
static Expr *handing_over(struct unit *unit, uint32_t number, llvm::ArrayRef<Expr *> places,
                          SourceLocation where) {
    ASTContext &context = *unit->context;
    QualType type = build_array_type(unit, context.VoidPtrTy, (uint32_t)places.size());
    Expr *array =
        new (context) CompoundLiteralExpr(where, context.getTrivialTypeSourceInfo(type), type,
                                          VK_LValue, build_list(unit, type, places, where), false);
    FunctionDecl *function = operands_function(unit);
    QualType pointer = context.getPointerType(function->getType());
    Expr *callee = build_cast(unit, pointer, CK_FunctionToPointerDecay,
                              build_reference(unit, function, where));
    Expr *args[] = {unit_address(unit, where),
                    build_number(unit, context.UnsignedIntTy, number, where),
                    build_cast(unit, context.VoidPtrTy, CK_BitCast,
                               build_cast(unit, context.getPointerType(context.VoidPtrTy),
                                          CK_ArrayToPointerDecay, array))};
    Expr *call = build_call(unit, callee, args, context.VoidTy, where);
    Expr *there = build_cast(unit, pointer, CK_FunctionToPointerDecay,
                             build_reference(unit, function, where));
    return new (context) ConditionalOperator(there, where, call, where, build_nothing(unit, where),
                                             context.VoidTy, VK_PRValue, OK_Ordinary);
}

/* ---- An assert ---- */

/* A call that is a seam may be a mock's, which counts. */
static bool has_seam(struct unit *unit, const Stmt *node) {
    if (const CallExpr *call = dyn_cast<CallExpr>(node)) {
        const FunctionDecl *decl = call->getDirectCallee();
        struct call facts = {};
        if (decl)
            facts = read_call(unit, call, decl);
        if (!decl || seams_decide(unit->options, &facts) != SEAM_NO)
            return true;
    }
    for (const Stmt *child : node->children())
        if (child && has_seam(unit, child))
            return true;
    return false;
}

/* Whether nobody can tell that the condition is evaluated a second time. Then that is done
 * where it has failed, and the code of one that holds is what it is without us. */
static bool can_be_repeated(struct unit *unit, const Expr *condition) {
    return !condition->HasSideEffects(*unit->context) && !has_seam(unit, condition);
}

static Expr *keep_operands(struct keeping *keeping, const struct plan *plan, SourceLocation where) {
    struct unit *unit = keeping->unit;
    llvm::SmallVector<Expr *, 16> places;
    llvm::SmallVector<struct model_operand, 16> described;
    for (size_t i = 0; i < plan->count; i++) {
        const struct operand *operand = &plan->operands[i];
        Expr *before = at(operand->expression);
        QualType array = array_behind(before);
        QualType type = array.isNull() ? before->getType().getUnqualifiedType() : array;
        Expr *value = save(keeping, operand->expression);
        places.push_back(guarded(keeping, operand->guard, address_of_copy(unit, value),
                                 otherwise(unit, operand->expression, before)));
        described.push_back(
            {operand->text, read_type(unit, type),
             operand->flags | (array.isNull() ? 0 : (uint32_t)THIMBLE_OPERAND_ARRAY)});
    }
    uint32_t number = model_assert_add(unit->model, described.data(), described.size());
    return handing_over(unit, number, places, where);
}

bool take_apart(struct unit *unit, FunctionDecl *function, Stmt *node, struct asserted *out) {
    Expr *condition;
    out->call = unit->options->asserts ? find_assert(unit, node, &condition) : nullptr;
    const clang::StringLiteral *text = out->call ? text_of(out->call) : nullptr;
    if (!text)
        return false;
    Stmt **place = nullptr;
    for (Stmt *&child : node->children())
        if (child == condition)
            place = &child;
    if (!place)
        return false;
    struct expression *expression = read(unit, place);
    expression_align(expression, text->getString().str().c_str());
    struct plan plan = expression_plan(expression);
    struct keeping keeping = {unit, function, out->variables, can_be_repeated(unit, condition)};
    if (plan.count)
        out->operands = keep_operands(&keeping, &plan, out->call->getBeginLoc());
    expression_plan_free(&plan);
    expression_free(expression);
    return out->operands != nullptr;
}
