/* marks.cc: what the header's TAG("slow") and its like put in front of a test: annotations,
 * which are taken away before code is made of the function. */
#include "clang.h"

#include <math.h>

using namespace clang;

static bool is_mark(const AnnotateAttr *annotation, enum thimble_mark_kind *kind) {
    llvm::StringRef text = annotation->getAnnotation();
    return text.consume_front("thimble.") && annotation->args_size() == 1 &&
           marks_kind(text.str().c_str(), kind);
}

/* NAN for what is no constant. */
static double number_of(struct unit *unit, const Expr *value) {
    Expr::EvalResult result;
    if (value->isValueDependent() || !value->EvaluateAsRValue(result, *unit->context))
        return NAN;
    if (result.Val.isInt())
        return result.Val.getInt().roundToDouble(result.Val.getInt().isSigned());
    if (!result.Val.isFloat())
        return NAN;
    bool inexact;
    llvm::APFloat number = result.Val.getFloat();
    number.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven, &inexact);
    return number.convertToDouble();
}

static void read_mark(struct unit *unit, uint32_t function, const AnnotateAttr *annotation,
                      enum thimble_mark_kind kind) {
    const Expr *value = *annotation->args_begin();
    const auto *literal = dyn_cast<clang::StringLiteral>(value->IgnoreParenCasts());
    bool narrow = literal && literal->getCharByteWidth() == 1;
    std::string text = narrow ? literal->getString().str() : "";
    model_mark_add(unit->model, function, kind, narrow ? text.c_str() : nullptr,
                   literal ? NAN : number_of(unit, value));
}

static void drop_marks(FunctionDecl *function) {
    llvm::erase_if(function->getAttrs(), [](const Attr *attribute) {
        enum thimble_mark_kind kind;
        const auto *annotation = dyn_cast<AnnotateAttr>(attribute);
        return annotation && is_mark(annotation, &kind);
    });
    if (function->getAttrs().empty())
        function->dropAttrs();
}

void read_marks(struct unit *unit, FunctionDecl *function) {
    bool any = false;
    enum thimble_mark_kind kind;
    for (const AnnotateAttr *annotation : function->specific_attrs<AnnotateAttr>()) {
        if (!is_mark(annotation, &kind))
            continue;
        read_mark(unit, read_function(unit, function), annotation, kind);
        any = true;
    }
    if (!any)
        return;
    for (FunctionDecl *one : function->redecls())
        if (one->hasAttrs())
            drop_marks(one);
}

void check_marks(struct unit *unit, VarDecl *variable) {
    enum thimble_mark_kind kind;
    for (const AnnotateAttr *annotation : variable->specific_attrs<AnnotateAttr>()) {
        if (!is_mark(annotation, &kind))
            continue;
        char message[256];
        marks_misplaced(kind, name_of(variable), message, sizeof message);
        say_error(unit, variable->getLocation(), message);
        return;
    }
}
