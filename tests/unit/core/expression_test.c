/* What a failed assert shows: the text laid upon the tree, and the plan made of both. */
#include "check.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "expression.h"
#include "line.h"

/* ---- Trees as a reader makes them; the list of parts ends with null ---- */

static struct expression *make(enum expression_kind kind, const char *name, ...) {
    struct expression *made = expression_new(kind, name, NULL), *part;
    va_list parts;
    va_start(parts, name);
    while ((part = va_arg(parts, struct expression *)))
        expression_add(made, part);
    va_end(parts);
    return made;
}

static struct expression *variable(const char *name) {
    return make(EXPRESSION_VARIABLE, name, NULL);
}

static struct expression *constant(const char *text) {
    struct expression *made = make(EXPRESSION_CONSTANT, text, NULL);
    made->zero = strcmp(text, "0") == 0;
    return made;
}

static struct expression *equal(struct expression *a, struct expression *b) {
    return make(EXPRESSION_COMPARISON, "==", a, b, NULL);
}

static struct expression * and (struct expression * a, struct expression *b) {
    return make(EXPRESSION_AND, "&&", a, b, NULL);
}

static struct expression * or (struct expression * a, struct expression *b) {
    return make(EXPRESSION_OR, "||", a, b, NULL);
}

static struct expression *binary(const char *name, struct expression *a, struct expression *b) {
    return make(EXPRESSION_BINARY, name, a, b, NULL);
}

static struct expression *call(const char *name, struct expression *a, struct expression *b) {
    return b ? make(EXPRESSION_CALL, name, a, b, NULL) : make(EXPRESSION_CALL, name, a, NULL);
}

static struct expression *cast(struct expression *operand, bool unwritten) {
    struct expression *made = make(EXPRESSION_CAST, "", operand, NULL);
    made->unwritten = unwritten;
    return made;
}

static struct expression *arrow(struct expression *pointer, const char *name) {
    return make(EXPRESSION_MEMBER, name, make(EXPRESSION_TARGET, "*", pointer, NULL), NULL);
}

/* ---- Looking at plans ---- */

static void put_guard(struct line *line, const struct guard *guard) {
    if (!guard)
        return;
    put_guard(line, guard->outer);
    line_add(line, " if%s %s", guard->wanted ? "" : " not",
             guard->condition->text ? guard->condition->text : "?"); /* a truth has none */
}

/* "a; b if a == 1; (c)" where c is hidden. */
static void check_plan(struct expression *tree, const char *text, const char *wanted, int line) {
    char got[1024];
    struct line out = line_in(got, sizeof got);
    expression_align(tree, text);
    struct plan plan = expression_plan(tree);
    for (size_t i = 0; i < plan.count; i++) {
        bool hidden = plan.operands[i].flags & THIMBLE_OPERAND_HIDDEN;
        line_add(&out, "%s%s%s%s", i ? "; " : "", hidden ? "[" : "", plan.operands[i].text,
                 hidden ? "]" : "");
        put_guard(&out, plan.operands[i].guard);
    }
    check_text(got, wanted, __FILE__, line);
    expression_plan_free(&plan);
    expression_free(tree);
}

#define CHECK_PLAN(tree, text, wanted) check_plan((tree), (text), (wanted), __LINE__)

static void check_operands(void) {
    CHECK_PLAN(equal(variable("a"), constant("2")), "a == 2", "a");
    CHECK_PLAN(equal(variable("a"), variable("b")), "a==b", "a; b");
    CHECK_PLAN(variable("a"), "a", "a");
    CHECK_PLAN(equal(arrow(variable("p"), "x"), constant("1")), "p -> x == 1", "p -> x");
    CHECK_PLAN(equal(make(EXPRESSION_ELEMENT, "", variable("a"),
                          binary("+", variable("i"), constant("1")), NULL),
                     constant("1")),
               "a[i + 1] == 1", "a[i + 1]; i + 1; i");
    CHECK_PLAN(equal(call("f", variable("a"), call("g", variable("b"), NULL)), constant("1")),
               "f(a, g(b)) == 1", "f(a, g(b)); a; g(b); b");
    CHECK_PLAN(
        equal(make(EXPRESSION_ASSIGNMENT, "=", variable("n"), call("f", constant("1"), NULL), NULL),
              constant("1")),
        "(n = f(1)) == 1", "n; f(1)");
    CHECK_PLAN(equal(make(EXPRESSION_CHOICE, "", variable("c"), variable("a"), variable("b"), NULL),
                     constant("1")),
               "(c ? a : b) == 1", "(c ? a : b); c");
    CHECK_PLAN(equal(equal(variable("a"), variable("b")), constant("0")), "(a < b) == 0",
               "(a < b); a; b");
}

static struct expression *choice(struct expression *condition, struct expression *a,
                                 struct expression *b) {
    return make(EXPRESSION_CHOICE, "", condition, a, b, NULL);
}

static struct expression *comma(struct expression *a, struct expression *b) {
    return make(EXPRESSION_COMMA, ",", a, b, NULL);
}

/* A comma between `?` and `:` belongs to them, one behind them does not. */
static void check_commas(void) {
    CHECK_PLAN(
        comma(choice(variable("c"), variable("a"), variable("b")), arrow(variable("p"), "x")),
        "c ? a : b, p -> x", "p -> x");
    CHECK_PLAN(
        equal(choice(arrow(variable("p"), "x"), comma(variable("a"), variable("b")), variable("d")),
              constant("1")),
        "(p -> x ? a, b : d) == 1", "(p -> x ? a, b : d); p -> x");
    CHECK_PLAN(equal(choice(variable("a"), variable("b"),
                            choice(arrow(variable("p"), "x"), variable("c"), variable("d"))),
                     arrow(variable("q"), "y")),
               "(a ? b : p -> x ? c : d) == q -> y", "(a ? b : p -> x ? c : d); a; q -> y");
}

static void check_guards(void) {
    CHECK_PLAN(and(equal(variable("a"), constant("1")), equal(variable("b"), constant("2"))),
               "a == 1 && b == 2", "a; b if a == 1");
    CHECK_PLAN(or (variable("a"), and(variable("b"), variable("c"))), "a || (b && c)",
               "a; b if not a; c if not a if b");
    CHECK_PLAN(and(or (variable("a"), variable("b")), variable("c")), "(a || b) && c",
               "a; b if not a; c if a || b");
}

/* What a compiler says otherwise than it is written. */
static void check_rewritten(void) {
    /* !(a && b) is !a || !b, !p is p == 0, and x stands for x != 0. */
    CHECK_PLAN(or (equal(variable("a"), constant("0")), equal(variable("b"), constant("0"))),
               "!(a && b)", "a; b if not ?");
    CHECK_PLAN(equal(variable("p"), constant("0")), "!p", "p");
    CHECK_PLAN(equal(variable("p"), constant("0")), "p == NULL", "p");
    CHECK_PLAN(and(equal(variable("p"), constant("0")), variable("q")), "p && q", "p; q if ?");
    /* What commutes may be turned round. */
    CHECK_PLAN(equal(binary("*", variable("n"), variable("d")), constant("1")), "d * n == 1",
               "d * n; d; n");
    CHECK_PLAN(equal(variable("x"), constant("5")), "5 == x", "x");
    /* *(a + i) is a[i], p[0] is *p. */
    CHECK_PLAN(make(EXPRESSION_ELEMENT, "", variable("a"), variable("i"), NULL), "*(a + i)",
               "*(a + i); i");
    CHECK_PLAN(make(EXPRESSION_TARGET, "*", variable("p"), NULL), "p[0]", "p[0]");
    /* Of `a += f(b)` the second part may be a + f(b). */
    CHECK_PLAN(equal(make(EXPRESSION_ASSIGNMENT, "=", variable("a"),
                          binary("+", variable("a"), call("f", variable("b"), NULL)), NULL),
                     constant("1")),
               "(a += f(b)) == 1", "a");
}

static void check_casts(void) {
    CHECK_PLAN(equal(cast(variable("c"), true), constant("1")), "c == 'x'", "c");
    CHECK_PLAN(equal(cast(cast(variable("c"), true), true), constant("1")),
               "(unsigned char)c == 200", "(unsigned char)c; c");
    CHECK_PLAN(equal(cast(variable("c"), false), constant("1")), "(my_type)(c) == 1",
               "(my_type)(c); c");
    CHECK_PLAN(equal(cast(call("f", variable("c"), NULL), true), constant("1")), "(f)(c) == 1",
               "(f)(c); c");
    CHECK_PLAN(equal(cast(make(EXPRESSION_UNARY, "-", variable("c"), NULL), true), constant("1")),
               "(int) -c == 1", "(int) -c; -c; c");
    CHECK_PLAN(equal(binary("-", variable("a"), variable("c")), constant("1")), "(a) - c == 1",
               "(a) - c; a; c");
}

/* A text that is not what the tree says is a macro's. */
static void check_macros(void) {
    CHECK_PLAN(equal(binary("%", variable("n"), constant("2")), constant("1")), "IS_ODD(n)", "n");
    CHECK_PLAN(equal(arrow(variable("a"), "legs"), variable("b")), "LEGS(a) == MOST",
               "LEGS(a); MOST");
    CHECK_PLAN(equal(call("__hidden", call("__inner", constant("1"), NULL), NULL), constant("0")),
               "MACRO", "MACRO");
    CHECK_PLAN(equal(variable("a"), variable("b")), "unbalanced ( [", "a; b");
    CHECK_PLAN(equal(variable("a"), variable("b")), "", "a; b");
}

static bool settles(struct expression_variable is) {
    struct expression *tree = variable("a");
    expression_settle(tree, &is);
    bool settled = tree->settled;
    expression_free(tree);
    return settled;
}

static void check_settled(void) {
    CHECK(!settles((struct expression_variable){.parameter = false}));
    CHECK(settles((struct expression_variable){.parameter = true}));
    CHECK(settles((struct expression_variable){.lasting = true}));
    CHECK(settles((struct expression_variable){.initialized = true}));
    CHECK(!settles((struct expression_variable){.parameter = true, .changing = true}));
}

static void check_comparers(void) {
    CHECK_PLAN(equal(call("strcmp", variable("a"), constant("\"x\"")), constant("0")),
               "strcmp(a, \"x, y\") == 0", "a; [\"x, y\"]");
    CHECK_PLAN(equal(call("__builtin_strcmp", variable("a"), variable("b")), constant("0")),
               "!strcmp(a, b)", "a; b");
    CHECK_PLAN(equal(call("strcmp", variable("a"), NULL), constant("0")), "strcmp(a) == 0",
               "strcmp(a); a");
}

static void check_limits(void) {
    struct expression *tree = variable("x0");
    char text[1024] = "x0";
    for (int i = 1; i < 60; i++) {
        char name[16], more[16];
        struct line line = line_in(name, sizeof name);
        line_add(&line, "x%d", i);
        line = line_in(more, sizeof more);
        line_add(&line, " && %s", name);
        tree = and(tree, variable(name));
        strcat(text, more);
    }
    expression_align(tree, text);
    struct plan plan = expression_plan(tree);
    CHECK(plan.count == 32); /* more the object file has no bits for */
    expression_plan_free(&plan);
    expression_free(tree);
}

void check_expressions(void) {
    check_operands();
    check_commas();
    check_guards();
    check_rewritten();
    check_casts();
    check_macros();
    check_settled();
    check_comparers();
    check_limits();
}
