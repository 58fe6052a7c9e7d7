/* values.cc: functions and values as the header's macros describe them: markers into
 * constants, and whether a value is what it is needed for.
 */
#include "build.h"

extern "C" {
#include "values.h"
}

using namespace clang;

/* ---- Markers ---- */

static const FunctionDecl *function_operand(const Expr *operand) {
    const UnaryOperator *address = dyn_cast<UnaryOperator>(operand->IgnoreParenCasts());
    if (!address || address->getOpcode() != UO_AddrOf)
        return nullptr;
    const DeclRefExpr *reference =
        dyn_cast<DeclRefExpr>(address->getSubExpr()->IgnoreParenImpCasts());
    return reference ? dyn_cast<FunctionDecl>(reference->getDecl()) : nullptr;
}

static uint32_t kind_of(struct unit *unit, const CallExpr *marker) {
    return (uint32_t)marker->getArg(0)->EvaluateKnownConstInt(*unit->context).getZExtValue();
}

/* By the operand's kind. For a pointer to a function the reference is to the function's
 * type. */
enum thimble_ref_kind marked_kind(struct unit *unit, const CallExpr *marker, uint32_t *index) {
    uint32_t kind = kind_of(unit, marker);
    const Expr *operand = marker->getArg(1);
    QualType pointed = operand->getType()->getPointeeType();
    const FunctionDecl *function = function_operand(operand);
    *index = THIMBLE_NONE;
    if (pointed.isNull()) { /* what should be a pointer is looked at later */
        *index = read_type(unit, operand->getType());
        return THIMBLE_REF_TYPE;
    }
    if (kind == THIMBLE_REF_TYPE || kind == THIMBLE_REF_OBJECT) {
        *index = read_type(unit, pointed);
        return THIMBLE_REF_TYPE;
    }
    if (function) {
        *index = read_function(unit, function);
        return (enum thimble_ref_kind)kind;
    }
    if (!pointed->isFunctionPointerType())
        return THIMBLE_REF_NONE;
    *index = read_type(unit, pointed->getPointeeType());
    return THIMBLE_REF_TYPE;
}

Expr *marked(struct unit *unit, const CallExpr *call) {
    uint32_t index;
    enum thimble_ref_kind kind = marked_kind(unit, call, &index);
    return ref_constant(unit, call->getType(), kind, index, call->getBeginLoc());
}

/* ---- Values ---- */

/* The call of the marker that a struct thimble_value begins with, or null. */
static const CallExpr *marker_of(const InitListExpr *value) {
    if (!value->getType()->isRecordType() || value->getNumInits() < 2)
        return nullptr;
    const CallExpr *call = dyn_cast<CallExpr>(value->getInit(0)->IgnoreParenImpCasts());
    const FunctionDecl *decl = call ? call->getDirectCallee() : nullptr;
    return decl && naming_is_marker(name_of(decl)) ? call : nullptr;
}

/* The x of `(T[1]){(x)}`, whose address is the value's second part, or null. */
static const Expr *operand_of(const InitListExpr *value) {
    const CompoundLiteralExpr *literal =
        dyn_cast<CompoundLiteralExpr>(value->getInit(1)->IgnoreParenCasts());
    const InitListExpr *list =
        literal ? dyn_cast<InitListExpr>(literal->getInitializer()) : nullptr;
    return list && list->getNumInits() == 1 ? list->getInit(0)->IgnoreParenCasts() : nullptr;
}

/* The type of the array that the value's operand is, where its bound is known; else null. */
static QualType array_of_object(struct unit *unit, const InitListExpr *value,
                                const CallExpr *marker) {
    const Expr *operand = kind_of(unit, marker) == THIMBLE_REF_OBJECT ? operand_of(value) : nullptr;
    const ConstantArrayType *array =
        operand ? unit->context->getAsConstantArrayType(operand->getType()) : nullptr;
    if (!array)
        return QualType();
    /* A cast to something else is what was meant. */
    QualType decayed = marker->getArg(1)->getType()->getPointeeType();
    bool as_it_is =
        decayed->isPointerType() &&
        unit->context->hasSameUnqualifiedType(decayed->getPointeeType(), array->getElementType());
    return as_it_is ? operand->getType() : QualType();
}

void mark_object(struct unit *unit, InitListExpr *value) {
    const CallExpr *marker = marker_of(value);
    QualType array = marker ? array_of_object(unit, value, marker) : QualType();
    if (!array.isNull())
        value->setInit(0, ref_constant(unit, marker->getType(), THIMBLE_REF_ARRAY,
                                       read_type(unit, array), marker->getBeginLoc()));
}

/* ---- Checks ---- */

uint32_t marked_type(struct unit *unit, const InitListExpr *value, const CallExpr *marker) {
    QualType array = array_of_object(unit, value, marker);
    uint32_t index;
    if (!array.isNull())
        return read_type(unit, array);
    marked_kind(unit, marker, &index);
    return index;
}

static void collect_values(struct unit *unit, const Stmt *node,
                           llvm::SmallVectorImpl<uint32_t> &types) {
    const InitListExpr *value = dyn_cast<InitListExpr>(node);
    const CallExpr *marker = value ? marker_of(value) : nullptr;
    if (marker) {
        types.push_back(marked_type(unit, value, marker));
        return;
    }
    for (const Stmt *child : node->children())
        if (child)
            collect_values(unit, child, types);
}

void check_values(struct unit *unit, const CallExpr *call, const FunctionDecl *decl) {
    enum values_rule rule = values_rule(name_of(decl));
    if (rule == VALUES_ANY)
        return;
    llvm::SmallVector<uint32_t, 16> types;
    for (const Expr *argument : call->arguments())
        collect_values(unit, argument, types);
    const clang::StringLiteral *literal =
        rule == VALUES_FORMATTED
            ? dyn_cast<clang::StringLiteral>(call->getArg(0)->IgnoreParenCasts())
            : nullptr;
    std::string format =
        literal && literal->getCharByteWidth() == 1 ? literal->getString().str() : std::string();
    char message[1024];
    if (values_fit(unit->model, rule, literal ? format.c_str() : nullptr, types.data(),
                   types.size(), message, sizeof message))
        return;
    say_error(unit, call->getBeginLoc(), message);
}
