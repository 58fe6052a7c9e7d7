/* marks.c: what is written in front of a test, which the header makes an annotation. What
 * an annotation says besides its first word, libclang tells since version 19. */
#include "scan.h"

#include "core/marks.h"
#include <math.h>
#include <string.h>

struct mark {
    struct unit *unit;
    uint32_t function;
    enum thimble_mark_kind kind;
};

static enum CXChildVisitResult visit_value(CXCursor cursor, CXCursor parent, void *data) {
    const struct mark *mark = data;
    (void)parent;
    CXEvalResult value = clang_Cursor_Evaluate(cursor);
    CXEvalResultKind kind = value ? clang_EvalResult_getKind(value) : CXEval_UnExposed;
    double number = kind == CXEval_Int     ? (double)clang_EvalResult_getAsLongLong(value)
                    : kind == CXEval_Float ? clang_EvalResult_getAsDouble(value)
                                           : NAN;
    model_mark_add(mark->unit->model, mark->function, mark->kind,
                   kind == CXEval_StrLiteral ? clang_EvalResult_getAsStr(value) : NULL, number);
    if (value)
        clang_EvalResult_dispose(value);
    return CXChildVisit_Break;
}

struct marked {
    struct unit *unit;
    CXCursor definition;
};

static enum CXChildVisitResult visit_attribute(CXCursor cursor, CXCursor parent, void *data) {
    static const char beginning[] = "thimble.";
    const struct marked *marked = data;
    (void)parent;
    if (clang_getCursorKind(cursor) != CXCursor_AnnotateAttr)
        return CXChildVisit_Continue;
    CXString text = clang_getCursorSpelling(cursor);
    const char *word = clang_getCString(text);
    struct mark mark = {.unit = marked->unit};
    if (strncmp(word, beginning, sizeof beginning - 1) == 0 &&
        marks_kind(word + sizeof beginning - 1, &mark.kind)) {
        mark.function = read_function(marked->unit, marked->definition);
        clang_visitChildren(cursor, visit_value, &mark);
    }
    clang_disposeString(text);
    return CXChildVisit_Continue;
}

void read_marks(struct unit *unit, CXCursor definition) {
    struct marked marked = {unit, definition};
    if (clang_Cursor_hasAttrs(definition))
        clang_visitChildren(definition, visit_attribute, &marked);
}
