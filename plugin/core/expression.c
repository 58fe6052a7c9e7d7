#include "expression.h"

#include "heap.h"
#include "line.h"
#include <stdlib.h>
#include <string.h>

struct expression *expression_new(enum expression_kind kind, const char *name, void *node) {
    struct expression *expression = heap_new(sizeof *expression);
    expression->kind = kind;
    expression->name = heap_copy_text(name ? name : "", name ? strlen(name) : 0);
    expression->node = node;
    return expression;
}

void expression_settle(struct expression *variable, const struct expression_variable *is) {
    variable->settled = !is->changing && (is->parameter || is->lasting || is->initialized);
}

void expression_add(struct expression *expression, struct expression *part) {
    struct expression **place = &expression->parts;
    while (*place)
        place = &(*place)->next;
    *place = part;
}

void expression_free(struct expression *expression) {
    while (expression) {
        struct expression *next = expression->next;
        expression_free(expression->parts);
        free(expression->name);
        free(expression->text);
        free(expression);
        expression = next;
    }
}

bool expression_is_reported_by(const char *symbol) {
    return strcmp(symbol, "__assert_fail") == 0 || strcmp(symbol, "__assert") == 0 ||
           strcmp(symbol, "thimble_expect_failed") == 0;
}

/* ---- Text for what has none ---- */

enum { LONGEST_TEXT = 1024 };

static void put(struct line *, const struct expression *);

static void put_parts(struct line *line, const struct expression *parts, const char *between) {
    for (const struct expression *part = parts; part; part = part->next) {
        bool inner = part->kind == EXPRESSION_BINARY || part->kind == EXPRESSION_COMPARISON;
        inner = inner && *between != ',';
        line_add(line, "%s%s", part == parts ? "" : between, inner ? "(" : "");
        put(line, part);
        line_add(line, inner ? ")" : "");
    }
}

static void put_infix(struct line *line, const struct expression *expression) {
    const char *name = expression->kind == EXPRESSION_AND  ? "&&"
                       : expression->kind == EXPRESSION_OR ? "||"
                                                           : expression->name;
    char between[16];
    struct line spaced = line_in(between, sizeof between);
    line_add(&spaced, " %s ", name);
    put_parts(line, expression->parts, between);
}

static void put_member(struct line *line, const struct expression *member) {
    const struct expression *object = member->parts;
    bool arrow = object->kind == EXPRESSION_TARGET;
    put(line, arrow ? object->parts : object);
    line_add(line, "%s%s", arrow ? "->" : ".", member->name);
}

static void put(struct line *line, const struct expression *expression) {
    if (expression->text) {
        line_add(line, "%s", expression->text);
        return;
    }
    switch (expression->kind) {
    case EXPRESSION_MEMBER:
        put_member(line, expression);
        break;
    case EXPRESSION_ELEMENT:
        put(line, expression->parts);
        line_add(line, "[");
        put(line, expression->parts->next);
        line_add(line, "]");
        break;
    case EXPRESSION_TARGET:
    case EXPRESSION_ADDRESS:
    case EXPRESSION_UNARY:
    case EXPRESSION_NOT:
        line_add(line, "%s",
                 expression->kind == EXPRESSION_TARGET    ? "*"
                 : expression->kind == EXPRESSION_ADDRESS ? "&"
                 : expression->kind == EXPRESSION_NOT     ? "!"
                                                          : expression->name);
        put_parts(line, expression->parts, " ");
        break;
    case EXPRESSION_CALL:
        line_add(line, "%s(", expression->name);
        put_parts(line, expression->parts, ", ");
        line_add(line, ")");
        break;
    case EXPRESSION_BINARY:
    case EXPRESSION_COMPARISON:
    case EXPRESSION_AND:
    case EXPRESSION_OR:
        put_infix(line, expression);
        break;
    case EXPRESSION_CHOICE:
        put(line, expression->parts);
        line_add(line, " ? ... : ...");
        break;
    case EXPRESSION_CAST:
    case EXPRESSION_ASSIGNMENT:
        put(line, expression->parts);
        break;
    default:
        line_add(line, "%s", *expression->name ? expression->name : "(...)");
    }
}

/* Under which text an operand is shown: an assignment by what is assigned, a comparison
 * or choice in parentheses. */
static char *label(const struct expression *expression) {
    char text[LONGEST_TEXT];
    struct line line = line_in(text, sizeof text);
    bool whole = expression->loose && expression->kind != EXPRESSION_ASSIGNMENT;
    line_add(&line, whole ? "(" : "");
    put(&line, expression->kind == EXPRESSION_ASSIGNMENT ? expression->parts : expression);
    line_add(&line, whole ? ")" : "");
    return heap_copy_text(text, line.length);
}

/* ---- The plan ---- */

enum { MOST_OPERANDS = 32 };

/* Calls that compare are told of by what they compare. */
static const struct {
    const char *name;
    uint32_t flags;
} comparers[] = {
    {"strcmp", THIMBLE_OPERAND_STRINGS},
    {"strncmp", THIMBLE_OPERAND_STRINGS | THIMBLE_OPERAND_LENGTH},
    {"strcasecmp", THIMBLE_OPERAND_STRINGS | THIMBLE_OPERAND_NO_CASE},
    {"strncasecmp", THIMBLE_OPERAND_STRINGS | THIMBLE_OPERAND_NO_CASE | THIMBLE_OPERAND_LENGTH},
    {"memcmp", THIMBLE_OPERAND_BYTES | THIMBLE_OPERAND_LENGTH},
    {"bcmp", THIMBLE_OPERAND_BYTES | THIMBLE_OPERAND_LENGTH},
};

static uint32_t comparer_flags(const struct expression *call) {
    const char *name = call->name;
    if (strncmp(name, "__builtin_", 10) == 0)
        name += 10;
    for (size_t i = 0; i < sizeof comparers / sizeof *comparers; i++)
        if (strcmp(comparers[i].name, name) == 0)
            return comparers[i].flags;
    return 0;
}

static void plan_value(struct plan *, struct expression *, const struct guard *);
static void plan_condition(struct plan *, struct expression *, const struct guard *);

/* Of what a macro is made of, only what bears the program's own names. */
static bool is_worth_showing(const struct expression *expression) {
    const struct expression *object = expression;
    while (!object->text &&
           (object->kind == EXPRESSION_MEMBER || object->kind == EXPRESSION_TARGET))
        object = object->parts;
    return object->text || object->kind == EXPRESSION_VARIABLE;
}

static void add(struct plan *plan, struct expression *expression, const struct guard *guard,
                uint32_t flags) {
    bool wanted = flags || is_worth_showing(expression);
    if (expression->valueless || !wanted || plan->count == MOST_OPERANDS)
        return;
    if (!plan->operands)
        plan->operands = heap_new(MOST_OPERANDS * sizeof *plan->operands);
    plan->operands[plan->count++] = (struct operand){expression, guard, label(expression), flags};
}

static const struct guard *add_guard(struct plan *plan, struct expression *condition, bool wanted,
                                     const struct guard *outer) {
    struct guard *guard = heap_new(sizeof *guard);
    *guard = (struct guard){condition, wanted, outer};
    if (!plan->guards)
        plan->guards = heap_new(MOST_OPERANDS * sizeof *plan->guards);
    plan->guards[plan->guard_count++] = guard;
    return guard;
}

static struct expression *written(struct expression *expression) {
    while (expression->kind == EXPRESSION_CAST && expression->unwritten)
        expression = expression->parts;
    return expression;
}

/* The operands of strcmp and its like stand one behind the other, whatever they are;
 * what they are made of is not shown. */
static void plan_comparer(struct plan *plan, struct expression *call, const struct guard *guard,
                          uint32_t flags) {
    for (struct expression *part = call->parts; part; part = part->next) {
        struct expression *argument = written(part);
        bool evident = argument->kind == EXPRESSION_CONSTANT || !is_worth_showing(argument);
        add(plan, argument, guard, flags | (evident ? THIMBLE_OPERAND_HIDDEN : 0));
        flags = 0;
    }
}

static bool can_compare(const struct plan *plan, const struct expression *call) {
    size_t count = 0;
    for (struct expression *part = call->parts; part; part = part->next, count++)
        if (written(part)->valueless)
            return false;
    return count >= 2 && plan->count + count <= MOST_OPERANDS;
}

static void plan_call(struct plan *plan, struct expression *call, const struct guard *guard) {
    uint32_t flags = comparer_flags(call);
    if (flags && can_compare(plan, call)) {
        plan_comparer(plan, call, guard, flags);
        return;
    }
    add(plan, call, guard, 0);
    for (struct expression *part = call->parts; part; part = part->next)
        plan_value(plan, part, guard);
}

/* What decides which object an lvalue is: indices, arguments of calls. */
static void plan_inside(struct plan *plan, struct expression *expression,
                        const struct guard *guard) {
    expression = written(expression);
    switch (expression->kind) {
    case EXPRESSION_MEMBER:
    case EXPRESSION_TARGET:
    case EXPRESSION_ADDRESS:
    case EXPRESSION_CAST:
        plan_inside(plan, expression->parts, guard);
        break;
    case EXPRESSION_ELEMENT:
        plan_inside(plan, expression->parts, guard);
        plan_value(plan, expression->parts->next, guard);
        break;
    case EXPRESSION_CALL:
        for (struct expression *part = expression->parts; part; part = part->next)
            plan_value(plan, part, guard);
        break;
    case EXPRESSION_BINARY:
        plan_inside(plan, expression->parts, guard);
        plan_value(plan, expression->parts->next, guard);
        break;
    default:
        break;
    }
}

static void plan_value(struct plan *plan, struct expression *expression,
                       const struct guard *guard) {
    expression = written(expression);
    switch (expression->kind) {
    case EXPRESSION_CONSTANT:
        break;
    case EXPRESSION_CALL:
        plan_call(plan, expression, guard);
        break;
    case EXPRESSION_MEMBER:
    case EXPRESSION_ELEMENT:
    case EXPRESSION_TARGET:
        add(plan, expression, guard, 0);
        plan_inside(plan, expression, guard);
        break;
    case EXPRESSION_ADDRESS:
        plan_inside(plan, expression, guard);
        break;
    case EXPRESSION_AND:
    case EXPRESSION_OR:
    case EXPRESSION_NOT:
    case EXPRESSION_COMPARISON:
        add(plan, expression, guard, 0);
        plan_condition(plan, expression, guard);
        break;
    case EXPRESSION_CHOICE:
        add(plan, expression, guard, 0);
        plan_condition(plan, expression->parts, guard);
        break;
    case EXPRESSION_ASSIGNMENT:
        add(plan, expression, guard, 0);
        if (expression->parts->next)
            plan_value(plan, expression->parts->next, guard);
        break;
    case EXPRESSION_COMMA:
        plan_value(plan, expression->parts->next, guard);
        break;
    case EXPRESSION_UNARY:
    case EXPRESSION_BINARY:
    case EXPRESSION_CAST:
        add(plan, expression, guard, 0);
        for (struct expression *part = expression->parts; part; part = part->next)
            plan_value(plan, part, guard);
        break;
    default:
        add(plan, expression, guard, 0);
    }
}

static void plan_condition(struct plan *plan, struct expression *expression,
                           const struct guard *guard) {
    expression = written(expression);
    struct expression *left = expression->parts;
    switch (expression->kind) {
    case EXPRESSION_AND:
    case EXPRESSION_OR:
        plan_condition(plan, left, guard);
        if (plan->guard_count < MOST_OPERANDS)
            plan_condition(plan, left->next,
                           add_guard(plan, left, expression->kind == EXPRESSION_AND, guard));
        break;
    case EXPRESSION_NOT:
        plan_condition(plan, left, guard);
        break;
    case EXPRESSION_COMPARISON:
        plan_value(plan, left, guard);
        plan_value(plan, left->next, guard);
        break;
    default:
        plan_value(plan, expression, guard);
    }
}

struct plan expression_plan(struct expression *condition) {
    struct plan plan = {NULL, 0, NULL, 0};
    plan_condition(&plan, condition, NULL);
    return plan;
}

void expression_plan_free(struct plan *plan) {
    for (size_t i = 0; i < plan->count; i++)
        free(plan->operands[i].text);
    for (size_t i = 0; i < plan->guard_count; i++)
        free(plan->guards[i]);
    free(plan->operands);
    free(plan->guards);
}
