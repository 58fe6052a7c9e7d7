/* given.cc: what the header's functions are given, for the core to hold against what a function
 * takes and returns. Markers stand as they were written.
 */
#include "clang.h"

#include <deque>
#include <stdlib.h>

extern "C" {
#include "injection.h"
}

using namespace clang;

namespace {

struct list {
    struct unit *unit;
    llvm::SmallVector<struct given, 16> given;
    llvm::SmallVector<SourceLocation, 16> places;
    std::deque<std::string> texts{}; /* theirs; never moved */
};

} // namespace

/* What a compound literal, or the address of one, is made of; or null. */
static const InitListExpr *list_in(const Expr *expression) {
    expression = expression->IgnoreParenCasts();
    if (const auto *literal = dyn_cast<CompoundLiteralExpr>(expression))
        expression = literal->getInitializer()->IgnoreParenCasts();
    return dyn_cast<InitListExpr>(expression);
}

/* The field's value; null where it is left out. */
static const Expr *field(const InitListExpr *list, const char *name) {
    const RecordDecl *record = list->getType()->getAsRecordDecl();
    for (const FieldDecl *one : record->fields())
        if (one->getName() == name && one->getFieldIndex() < list->getNumInits())
            return list->getInit(one->getFieldIndex());
    return nullptr;
}

static bool is_struct(const InitListExpr *list, const char *name) {
    const RecordDecl *record = list ? list->getType()->getAsRecordDecl() : nullptr;
    return record && record->getName() == name;
}

static const char *text_in(struct list *list, const Expr *expression) {
    const auto *literal =
        expression ? dyn_cast<clang::StringLiteral>(expression->IgnoreParenCasts()) : nullptr;
    if (!literal || literal->getCharByteWidth() != 1)
        return nullptr;
    list->texts.push_back(literal->getString().str());
    return list->texts.back().c_str();
}

static const CallExpr *marker_in(const Expr *expression) {
    const CallExpr *call =
        expression ? dyn_cast<CallExpr>(expression->IgnoreParenImpCasts()) : nullptr;
    const FunctionDecl *decl = call ? call->getDirectCallee() : nullptr;
    return decl && naming_is_marker(name_of(decl)) ? call : nullptr;
}

static void add(struct list *list, const struct given &given, SourceLocation place) {
    list->given.push_back(given);
    list->places.push_back(place);
}

static void read_constant(struct unit *unit, const Expr *value, struct given *out) {
    ASTContext &context = *unit->context;
    Expr::EvalResult result;
    if (value->isInstantiationDependent() || !value->getType()->isArithmeticType())
        return;
    if (value->getType()->isRealFloatingType()) {
        llvm::APFloat real(0.0);
        if (!value->EvaluateAsFloat(real, context, Expr::SE_NoSideEffects))
            return;
        llvm::SmallString<64> text;
        real.toString(text, 36);
        out->constant = CONSTANT_REAL;
        out->real = strtold(text.c_str(), nullptr);
        return;
    }
    auto number = value->getIntegerConstantExpr(context);
    if (!number || (number->isNegative() ? -*number : *number).getActiveBits() > 64)
        return;
    out->constant = CONSTANT_INTEGER;
    out->negative = number->isNegative();
    out->magnitude = (out->negative ? -*number : *number).extOrTrunc(64).getZExtValue();
}

static void read(struct list *, const Expr *, unsigned depth);

static void read_value(struct list *list, const InitListExpr *value, unsigned depth) {
    const CallExpr *marker = marker_in(field(value, "type"));
    const Expr *operand = field(value, "data");
    if (!marker)
        return;
    const InitListExpr *object = operand ? list_in(operand) : nullptr;
    operand = object && object->getNumInits() == 1 ? object->getInit(0) : nullptr;
    const InitListExpr *matcher = operand ? list_in(operand) : nullptr;
    if (!is_struct(matcher, "thimble_matcher"))
        matcher = nullptr;
    struct given given = {};
    given.kind = GIVEN_VALUE;
    given.depth = depth;
    given.type = marked_type(list->unit, value, marker);
    if (matcher) {
        struct given kind = {};
        read_constant(list->unit, field(matcher, "kind"), &kind);
        given.matcher = (int)kind.magnitude;
        given.text = text_in(list, field(matcher, "name"));
    } else if (operand) {
        read_constant(list->unit, operand, &given);
        given.text = text_in(list, operand);
    }
    /* The parentheses are the macro's. */
    add(list, given, operand ? operand->IgnoreParenImpCasts()->getExprLoc() : SourceLocation());
    if (const Expr *values = matcher ? field(matcher, "values") : nullptr)
        read(list, values, depth + 1);
}

static void read_name(struct list *list, const InitListExpr *name, unsigned depth) {
    struct given given = {};
    given.kind = GIVEN_NAME;
    given.depth = depth;
    given.text = text_in(list, field(name, "text"));
    if (const CallExpr *marker = marker_in(field(name, "ref")))
        given.ref = marked_kind(list->unit, marker, &given.index);
    add(list, given, SourceLocation());
}

static void read_call(struct list *list, const InitListExpr *call, unsigned depth) {
    struct given given = {};
    given.kind = GIVEN_CALL;
    given.depth = depth;
    add(list, given, SourceLocation());
    if (const Expr *values = field(call, "values"))
        read(list, values, depth + 1);
}

static void read(struct list *list, const Expr *expression, unsigned depth) {
    const InitListExpr *found = list_in(expression);
    if (!found)
        return;
    if (found->getType()->isArrayType())
        for (const Expr *element : found->inits())
            read(list, element, depth);
    else if (is_struct(found, "thimble_value"))
        read_value(list, found, depth);
    else if (is_struct(found, "thimble_name"))
        read_name(list, found, depth);
    else if (is_struct(found, "thimble_expected_call"))
        read_call(list, found, depth);
}

static void read_argument(struct list *list, const Expr *argument) {
    struct given given = {};
    given.kind = GIVEN_TEXT;
    given.text = text_in(list, argument);
    if (given.text)
        add(list, given, SourceLocation());
    else
        read(list, argument, 0);
}

void check_injection(struct unit *unit, const CallExpr *call, const FunctionDecl *decl) {
    if (!injection_checks(name_of(decl)))
        return;
    struct list list = {unit, {}, {}};
    for (const Expr *argument : call->arguments())
        read_argument(&list, argument);
    char message[2048];
    size_t wrong;
    if (injection_fits(unit->model, name_of(decl), list.given.data(), list.given.size(), message,
                       sizeof message, &wrong))
        return;
    SourceLocation place = list.places[wrong];
    say_error(unit, place.isValid() ? place : call->getBeginLoc(), message);
}
