/* walk.c: what a body evaluates: the calls in it, and the tests that it mentions.
 *
 * Cursors below one another come in one list, whatever they are to their parent, so
 * that for each kind of expression stands here which of them are evaluated. In which
 * order they are met does not matter: a stack holds those that are still to be
 * looked at.
 */
#include "scan.h"

#include "core/heap.h"
#include <stdlib.h>
#include <string.h>

struct walk {
    struct unit *unit;
    CXCursor *stack;
    size_t count, capacity;
};

static void push(struct walk *walk, CXCursor cursor) {
    walk->stack = heap_grow(walk->stack, &walk->capacity, walk->count + 1, sizeof *walk->stack);
    walk->stack[walk->count++] = cursor;
}

/* One thing may stand below its parent twice, as the a of a ?: b does. */
static enum CXChildVisitResult visit_child(CXCursor cursor, CXCursor parent, void *data) {
    struct walk *walk = data;
    (void)parent;
    if (!walk->count || !clang_equalCursors(walk->stack[walk->count - 1], cursor))
        push(walk, cursor);
    return CXChildVisit_Continue;
}

/* Pushes what is below the cursor. Returns how much that is. */
static size_t push_children(struct walk *walk, CXCursor cursor) {
    size_t before = walk->count;
    clang_visitChildren(cursor, visit_child, walk);
    return walk->count - before;
}

/* Keeps, of the last so many, one. */
static void keep(struct walk *walk, size_t count, size_t which) {
    CXCursor kept = walk->stack[walk->count - count + which];
    walk->count -= count;
    push(walk, kept);
}

/* ---- Constants ---- */

/* What an expression of integers is known to be before the program runs; such an
 * expression calls nothing. */
static bool is_constant(CXCursor cursor, long long *value) {
    CXEvalResult result = clang_Cursor_Evaluate(cursor);
    bool constant = result && clang_EvalResult_getKind(result) == CXEval_Int;
    *value = constant ? clang_EvalResult_getAsLongLong(result) : 0;
    if (result)
        clang_EvalResult_dispose(result);
    return constant;
}

/* ---- One kind of cursor after the other ---- */

static bool is_static(CXCursor variable) {
    enum CX_StorageClass storage = clang_Cursor_getStorageClass(variable);
    return storage == CX_SC_Static || storage == CX_SC_Extern;
}

static bool is_variable_array(CXType type) {
    type = clang_getCanonicalType(type);
    while (type.kind == CXType_Pointer || clang_getArrayElementType(type).kind != CXType_Invalid) {
        if (type.kind == CXType_VariableArray)
            return true;
        type = type.kind == CXType_Pointer ? clang_getPointeeType(type)
                                           : clang_getArrayElementType(type);
    }
    return false;
}

/* Pushes the bounds of a declared array. A __typeof__'s operand, which stands there too
 * and is not evaluated, is in parentheses. */
static void push_bounds(struct walk *walk, CXCursor declaration, CXCursor initializer) {
    size_t count = push_children(walk, declaration);
    size_t kept = walk->count - count;
    for (size_t i = kept; i < walk->count; i++) {
        enum CXCursorKind kind = clang_getCursorKind(walk->stack[i]);
        if (clang_isExpression(kind) && kind != CXCursor_ParenExpr &&
            !clang_equalCursors(walk->stack[i], initializer))
            walk->stack[kept++] = walk->stack[i];
    }
    walk->count = kept;
}

static void push_variable(struct walk *walk, CXCursor variable) {
    CXCursor initializer = clang_Cursor_getVarDeclInitializer(variable);
    if (!is_static(variable) && is_variable_array(clang_getCursorType(variable)))
        push_bounds(walk, variable, initializer);
    if (!clang_Cursor_isNull(initializer))
        push(walk, initializer);
    read_cleanup(walk->unit, variable);
}

static void push_selected(struct walk *walk, CXCursor generic) {
    size_t count = push_children(walk, generic);
    if (count)
        keep(walk, count, generic_selected(generic, walk->stack + walk->count - count, count));
}

/* condition ? one : other, and __builtin_choose_expr(condition, one, other). */
static void push_chosen(struct walk *walk, CXCursor choice) {
    long long condition;
    size_t count = push_children(walk, choice);
    if (count != 3 || !is_constant(walk->stack[walk->count - 3], &condition))
        return;
    /* A comma may stand in a condition that is known. */
    if (condition)
        walk->count--;
    else
        keep(walk, 2, 1);
}

/* 0 && f(): known without its right side, which is not. */
static void push_binary(struct walk *walk, CXCursor cursor) {
    long long value;
    size_t count = push_children(walk, cursor);
    if (count == 2 && is_constant(walk->stack[walk->count - 2], &value) &&
        !is_constant(walk->stack[walk->count - 1], &value) && is_constant(cursor, &value))
        walk->count--;
}

/* What libclang has no name for: conversions that nobody wrote, choices, atomic
 * built-ins, and questions about types, which are constants. */
static void push_unexposed(struct walk *walk, CXCursor cursor) {
    long long value;
    size_t count = push_children(walk, cursor);
    if (count == 1 && clang_isExpression(clang_getCursorKind(walk->stack[walk->count - 1])) &&
        clang_equalRanges(clang_getCursorExtent(cursor),
                          clang_getCursorExtent(walk->stack[walk->count - 1])))
        return;
    walk->count -= count;
    if (!is_constant(cursor, &value))
        push_chosen(walk, cursor);
}

static bool holds_token(CXCursor cursor, const char *wanted) {
    CXToken *tokens;
    unsigned count;
    bool found = false;
    CXTranslationUnit translation = clang_Cursor_getTranslationUnit(cursor);
    clang_tokenize(translation, clang_getCursorExtent(cursor), &tokens, &count);
    for (unsigned i = 0; i < count && !found; i++) {
        CXString text = clang_getTokenSpelling(translation, tokens[i]);
        found = strstr(clang_getCString(text), wanted) != NULL;
        clang_disposeString(text);
    }
    clang_disposeTokens(translation, tokens, count);
    return found;
}

static void push_evaluated(struct walk *walk, CXCursor cursor);

/* What is evaluated for the cursor's sake where that is one thing, else a null cursor. */
static CXCursor only_operand(struct walk *walk, CXCursor cursor) {
    size_t before = walk->count;
    push_evaluated(walk, cursor);
    CXCursor only = walk->count - before == 1 ? walk->stack[before] : clang_getNullCursor();
    walk->count = before;
    return only;
}

/* An attributed statement. Of a return that must be a tail call the call is left alone. */
static void push_attributed(struct walk *walk, CXCursor statement) {
    CXCursor inner = only_operand(walk, statement);
    if (clang_getCursorKind(inner) == CXCursor_ReturnStmt && holds_token(statement, "musttail"))
        while (!clang_Cursor_isNull(inner) && clang_getCursorKind(inner) != CXCursor_CallExpr)
            inner = only_operand(walk, inner);
    if (clang_getCursorKind(inner) == CXCursor_CallExpr)
        push_children(walk, inner);
    else if (!clang_Cursor_isNull(inner))
        push(walk, inner);
}

/* The function that a call names, in parentheses, behind stars or by a choice that the
 * compiler makes; or a null cursor. */
static CXCursor callee_of(struct walk *walk, CXCursor callee) {
    for (;;) {
        switch (clang_getCursorKind(callee)) {
        case CXCursor_DeclRefExpr: {
            CXCursor named = clang_getCursorReferenced(callee);
            bool function = clang_getCursorKind(named) == CXCursor_FunctionDecl;
            return function ? named : clang_getNullCursor();
        }
        case CXCursor_UnexposedExpr:
        case CXCursor_ParenExpr:
        case CXCursor_UnaryOperator:
        case CXCursor_GenericSelectionExpr:
            callee = only_operand(walk, callee);
            break;
        default:
            return clang_getNullCursor();
        }
    }
}

/* Built-ins that ask about their argument and do not evaluate it. */
static bool only_asks(CXCursor function) {
    static const char *const names[] = {"__builtin_constant_p", "__builtin_object_size",
                                        "__builtin_dynamic_object_size", "__builtin_classify_type"};
    CXString text = clang_getCursorSpelling(function);
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        found |= strcmp(clang_getCString(text), names[i]) == 0;
    clang_disposeString(text);
    return found;
}

static void push_call(struct walk *walk, CXCursor call) {
    size_t before = walk->count;
    if (!push_children(walk, call))
        return;
    CXCursor function = callee_of(walk, walk->stack[before]);
    if (clang_Cursor_isNull(function))
        return;
    if (only_asks(function))
        walk->count = before;
    else
        read_call(walk->unit, function);
}

/* Pushes those below the cursor that are evaluated where it is. */
static void push_evaluated(struct walk *walk, CXCursor cursor) {
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    long long value;
    size_t count;
    switch (kind) {
    case CXCursor_VarDecl:
        push_variable(walk, cursor);
        break;
    case CXCursor_TypedefDecl:
        if (is_variable_array(clang_getTypedefDeclUnderlyingType(cursor)))
            push_children(walk, cursor);
        break;
    case CXCursor_CStyleCastExpr:
    case CXCursor_CompoundLiteralExpr: /* behind what the type names */
        count = push_children(walk, cursor);
        if (count)
            keep(walk, count, count - 1);
        break;
    case CXCursor_GenericSelectionExpr:
        push_selected(walk, cursor);
        break;
    case CXCursor_ConditionalOperator:
        push_chosen(walk, cursor);
        break;
    case CXCursor_UnexposedExpr:
        push_unexposed(walk, cursor);
        break;
    case CXCursor_UnexposedStmt:
        push_children(walk, cursor);
        break;
    case CXCursor_UnaryExpr: /* sizeof; of a variable array it is evaluated */
        if (!is_constant(cursor, &value))
            push_children(walk, cursor);
        break;
    case CXCursor_BinaryOperator:
        push_binary(walk, cursor);
        break;
    case CXCursor_ParmDecl:
        push_bounds(walk, cursor, clang_getNullCursor());
        break;
    default:
        if (clang_isExpression(kind) || clang_isStatement(kind))
            push_children(walk, cursor);
    }
}

static void walk_all(struct walk *walk) {
    while (walk->count) {
        CXCursor cursor = walk->stack[--walk->count];
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        if (kind == CXCursor_CallExpr)
            push_call(walk, cursor);
        else if (kind == CXCursor_UnexposedStmt)
            push_attributed(walk, cursor);
        else if (kind == CXCursor_DeclRefExpr)
            note_use(walk->unit, clang_getCursorReferenced(cursor));
        else
            push_evaluated(walk, cursor);
    }
    free(walk->stack);
}

/* Parameters may be arrays with bounds. */
void walk_body(struct unit *unit, CXCursor definition) {
    struct walk walk = {.unit = unit};
    size_t count = push_children(&walk, definition), kept = 0;
    for (size_t i = 0; i < count; i++) {
        enum CXCursorKind kind = clang_getCursorKind(walk.stack[i]);
        if (kind == CXCursor_CompoundStmt || kind == CXCursor_ParmDecl)
            walk.stack[kept++] = walk.stack[i];
    }
    walk.count = kept;
    walk_all(&walk);
}

void walk_initializer(struct unit *unit, CXCursor variable) {
    struct walk walk = {.unit = unit};
    push(&walk, variable);
    walk_all(&walk);
}
