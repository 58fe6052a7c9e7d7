/* conditions.cc: what an assert asserts, from the syntax tree to core's expressions.
 */
#include "build.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

/* ---- From the syntax tree to expressions; a node of one is the place of its value ---- */

static struct expression *read(struct unit *, Stmt **place);

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

bool is_evident(const Expr *value) {
    value = value->IgnoreParenCasts();
    if (const DeclRefExpr *reference = dyn_cast<DeclRefExpr>(value))
        return !isa<VarDecl>(reference->getDecl());
    if (const UnaryOperator *operation = dyn_cast<UnaryOperator>(value))
        return operation->isArithmeticOp() && is_evident(operation->getSubExpr());
    if (const BinaryOperator *operation = dyn_cast<BinaryOperator>(value))
        return !operation->isAssignmentOp() && is_evident(operation->getLHS()) &&
               is_evident(operation->getRHS());
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
    if (known) {
        llvm::SmallString<48> digits;
        result.Val.getInt().toString(digits);
        snprintf(text, sizeof text, "%s", digits.c_str());
    }
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

/* Of what the compiler chose from, the one that counts. */
static struct expression *read_chosen(struct unit *unit, Expr *node, const Expr *chosen,
                                      Stmt **place) {
    for (Stmt *&child : node->children())
        if (child == chosen)
            return read(unit, &child);
    return make(unit, EXPRESSION_OTHER, "", place);
}

/* a ?: b */
static struct expression *read_short_choice(struct unit *unit, BinaryConditionalOperator *choice,
                                            Stmt **place) {
    struct expression *expression = make(unit, EXPRESSION_CHOICE, "", place);
    expression_add(expression, read(unit, only_child(choice)));
    return expression;
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
    struct expression_variable is = {};
    is.parameter = isa<ParmVarDecl>(variable);
    is.lasting = variable->hasGlobalStorage();
    is.initialized = variable->hasInit();
    is.changing = variable->getType().isVolatileQualified();
    expression_settle(expression, &is);
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
    /* Around a member of what a function returns. */
    if (isa<ExprWithCleanups, MaterializeTemporaryExpr>(node))
        return read(unit, only_child(node));
    if (is_evident(node) || is_null_pointer(unit, node))
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
    if (GenericSelectionExpr *generic = dyn_cast<GenericSelectionExpr>(node))
        return read_chosen(unit, generic, generic->getResultExpr(), place);
    if (ChooseExpr *choose = dyn_cast<ChooseExpr>(node))
        return read_chosen(unit, choose, choose->getChosenSubExpr(), place);
    if (BinaryConditionalOperator *choice = dyn_cast<BinaryConditionalOperator>(node))
        return read_short_choice(unit, choice, place);
    if (ConditionalOperator *choice = dyn_cast<ConditionalOperator>(node))
        return make_of(unit, EXPRESSION_CHOICE, "", place, choice);
    if (CallExpr *call = dyn_cast<CallExpr>(node))
        return read_call(unit, call, place);
    return make(unit, EXPRESSION_OTHER, "", place);
}

struct expression *read_condition(struct unit *unit, Stmt **place) {
    return read(unit, place);
}

/* ---- Evaluating it a second time ---- */

/* A call that is a seam may be a mock's, which counts; what is atomic may be something
 * else the next time. */
static bool is_seen(struct unit *unit, const Stmt *node) {
    if (const ImplicitCastExpr *read = dyn_cast<ImplicitCastExpr>(node))
        if (read->getCastKind() == CK_AtomicToNonAtomic)
            return true;
    if (const CallExpr *call = dyn_cast<CallExpr>(node)) {
        const FunctionDecl *decl = call->getDirectCallee();
        struct call facts = {};
        if (decl)
            facts = read_call(unit, call, decl);
        if (!decl || seams_decide(unit->options, &facts) != SEAM_NO)
            return true;
    }
    for (const Stmt *child : node->children())
        if (child && is_seen(unit, child))
            return true;
    return false;
}

bool can_be_repeated(struct unit *unit, const Expr *condition) {
    return !condition->HasSideEffects(*unit->context) && !is_seen(unit, condition);
}
