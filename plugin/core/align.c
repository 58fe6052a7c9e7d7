/* align.c: the text of an assert laid upon its tree. The text is split where C splits it,
 * the tree says what each piece is; a piece that is something else there comes out of a
 * macro, and what stands below it gets no text. */
#include "expression.h"
#include "tokens.h"
#include <stdlib.h>
#include <string.h>

static void align(const struct tokens *, struct expression *, struct slice);

static struct expression *part(const struct expression *expression, int number) {
    struct expression *found = expression->parts;
    for (; found && number; number--)
        found = found->next;
    return found;
}

static const struct expression *below_casts(const struct expression *expression) {
    while (expression->kind == EXPRESSION_CAST)
        expression = expression->parts;
    return expression;
}

/* Whether the part may be what is written there, by the names in it. */
static bool may_be(const struct tokens *tokens, const struct expression *expression,
                   struct slice slice) {
    expression = below_casts(expression);
    slice = slice_bare(tokens, slice);
    bool single = slice.to - slice.from == 1;
    switch (expression->kind) {
    case EXPRESSION_VARIABLE:
    case EXPRESSION_MEMBER:
        return slice.from < slice.to && token_is(tokens, slice.to - 1, expression->name);
    case EXPRESSION_CONSTANT:
        return !single || tokens->items[slice.from].kind != TOKEN_WORD;
    case EXPRESSION_CALL:
        return slice.from < slice.to && token_is(tokens, slice.to - 1, ")");
    default:
        return !single;
    }
}

/* A compiler may turn round what commutes. */
static void unswap(const struct tokens *tokens, struct expression *expression, struct slice slice,
                   int split) {
    struct slice left = {slice.from, split}, right = {split + 1, slice.to};
    struct expression *one = expression->parts, *other = one ? one->next : NULL;
    bool commutes =
        expression->kind == EXPRESSION_BINARY || expression->kind == EXPRESSION_COMPARISON;
    if (!other || !commutes || (may_be(tokens, one, left) && may_be(tokens, other, right)) ||
        !may_be(tokens, one, right) || !may_be(tokens, other, left))
        return;
    expression->parts = other;
    other->next = one;
    one->next = NULL;
}

static void align_part(const struct tokens *tokens, const struct expression *expression, int number,
                       struct slice slice) {
    struct expression *found = part(expression, number);
    if (found && slice.from < slice.to)
        align(tokens, found, slice);
}

static void align_both(const struct tokens *tokens, struct expression *expression,
                       struct slice slice, int split) {
    unswap(tokens, expression, slice, split);
    align_part(tokens, expression, 0, (struct slice){slice.from, split});
    align_part(tokens, expression, 1, (struct slice){split + 1, slice.to});
}

static void set_text(const struct tokens *tokens, struct expression *expression,
                     struct slice slice) {
    free(expression->text);
    expression->text = slice_text(tokens, slice);
}

/* ---- What is written otherwise than the tree has it ---- */

/* The x of `x != 0` and `x == 0`, which `x` and `!x` become; or null. */
static struct expression *truth_of(const struct expression *expression) {
    if (expression->kind != EXPRESSION_COMPARISON || !part(expression, 1))
        return NULL;
    if (part(expression, 1)->zero)
        return part(expression, 0);
    return part(expression, 0)->zero ? part(expression, 1) : NULL;
}

/* Casts that are written are the inner ones; what the compiler adds stands around them.
 * Returns the part that the slice is about. */
static struct expression *skip_unwritten_casts(const struct tokens *tokens,
                                               struct expression *expression, struct slice slice) {
    int written = 0, there = 0, length;
    bool names_too = below_casts(expression)->kind != EXPRESSION_CALL;
    if (expression->kind != EXPRESSION_CAST)
        return expression;
    if (slice_operator(tokens, slice) < 0)
        for (; (length = slice_cast(tokens, slice, names_too)); slice.from += length)
            written++;
    for (const struct expression *cast = expression; cast->kind == EXPRESSION_CAST;
         cast = cast->parts)
        there++;
    for (; there > written && expression->unwritten; there--)
        expression = expression->parts;
    for (struct expression *cast = expression; cast->kind == EXPRESSION_CAST; cast = cast->parts)
        cast->unwritten = false;
    return expression;
}

/* ---- By kinds ---- */

static void align_arguments(const struct tokens *tokens, const struct expression *call,
                            struct slice slice) {
    int open = tokens->items[slice.to - 1].partner, given = 0, taken = 0;
    if (!token_is(tokens, slice.to - 1, ")") || open <= slice.from)
        return;
    struct slice rest = {open + 1, slice.to - 1};
    for (struct slice at = rest; at.from < at.to; given++)
        at.from = slice_end_of_part(tokens, at, ",") + 1;
    for (const struct expression *argument = call->parts; argument; argument = argument->next)
        taken++;
    if (given != taken)
        return;
    for (struct expression *argument = call->parts; argument; argument = argument->next) {
        int end = slice_end_of_part(tokens, rest, ",");
        align(tokens, argument, (struct slice){rest.from, end});
        rest.from = end + 1;
    }
}

/* a[i], and *(a + i), which is the same. */
static void align_element(const struct tokens *tokens, struct expression *element,
                          struct slice slice) {
    if (token_is(tokens, slice.to - 1, "]")) {
        int open = tokens->items[slice.to - 1].partner;
        align_part(tokens, element, 0, (struct slice){slice.from, open});
        align_part(tokens, element, 1, (struct slice){open + 1, slice.to - 1});
        return;
    }
    if (!token_is(tokens, slice.from, "*"))
        return;
    slice = slice_bare(tokens, (struct slice){slice.from + 1, slice.to});
    int split = slice_operator(tokens, slice);
    if (split >= 0 && token_is(tokens, split, "+"))
        align_both(tokens, element, slice, split);
}

static void align_member(const struct tokens *tokens, const struct expression *member,
                         struct slice slice) {
    int dot = slice.to - 2;
    struct expression *object = part(member, 0);
    if (!object || dot <= slice.from || !token_is(tokens, dot + 1, member->name))
        return;
    bool arrow = token_is(tokens, dot, "->");
    if (arrow && object->kind == EXPRESSION_TARGET)
        object = part(object, 0);
    else if (arrow ? object->kind != EXPRESSION_ELEMENT : !token_is(tokens, dot, "."))
        return;
    if (object)
        align(tokens, object, (struct slice){slice.from, dot});
}

/* *p, and p[0], which is the same. */
static void align_target(const struct tokens *tokens, const struct expression *target,
                         struct slice slice) {
    if (token_is(tokens, slice.from, "*"))
        align_part(tokens, target, 0, (struct slice){slice.from + 1, slice.to});
    else if (token_is(tokens, slice.to - 1, "]"))
        align_part(tokens, target, 0,
                   (struct slice){slice.from, tokens->items[slice.to - 1].partner});
}

static void align_choice(const struct tokens *tokens, const struct expression *choice,
                         struct slice slice, int question) {
    struct slice rest = {question + 1, slice.to};
    int colon = slice_end_of_part(tokens, rest, ":");
    align_part(tokens, choice, 0, (struct slice){slice.from, question});
    align_part(tokens, choice, 1, (struct slice){rest.from, colon});
    if (colon < slice.to)
        align_part(tokens, choice, 2, (struct slice){colon + 1, slice.to});
}

/* Of `a += b` one compiler has b as the second part, the other a + b. */
static void align_assignment(const struct tokens *tokens, struct expression *assignment,
                             struct slice slice, int split) {
    if (token_is(tokens, split, "=")) {
        align_both(tokens, assignment, slice, split);
        return;
    }
    align_part(tokens, assignment, 0, (struct slice){slice.from, split});
    expression_free(assignment->parts->next);
    assignment->parts->next = NULL;
}

/* What stands around an operator of two or three operands. */
static void align_operands(const struct tokens *tokens, struct expression *expression,
                           struct slice slice, int split) {
    bool logical = token_is(tokens, split, "&&") || token_is(tokens, split, "||");
    switch (expression->kind) {
    case EXPRESSION_AND:
    case EXPRESSION_OR:
        if (logical)
            align_both(tokens, expression, slice, split);
        break;
    case EXPRESSION_COMPARISON:
        if (token_is_comparison(tokens, split))
            align_both(tokens, expression, slice, split);
        break;
    case EXPRESSION_BINARY:
        if (token_is(tokens, split, expression->name))
            align_both(tokens, expression, slice, split);
        break;
    case EXPRESSION_CHOICE:
        if (token_is(tokens, split, "?"))
            align_choice(tokens, expression, slice, split);
        break;
    case EXPRESSION_COMMA:
        if (token_is(tokens, split, ","))
            align_both(tokens, expression, slice, split);
        break;
    case EXPRESSION_ASSIGNMENT:
        if (token_is_assignment(tokens, split))
            align_assignment(tokens, expression, slice, split);
        break;
    default:
        break;
    }
}

static void align_operand(const struct tokens *tokens, struct expression *expression,
                          struct slice slice) {
    switch (expression->kind) {
    case EXPRESSION_UNARY:
        if (token_is(tokens, slice.from, expression->name))
            align_part(tokens, expression, 0, (struct slice){slice.from + 1, slice.to});
        break;
    case EXPRESSION_ADDRESS:
        if (token_is(tokens, slice.from, "&"))
            align_part(tokens, expression, 0, (struct slice){slice.from + 1, slice.to});
        break;
    case EXPRESSION_CAST:
        slice.from += slice_cast(tokens, slice, true);
        align_part(tokens, expression, 0, slice);
        break;
    case EXPRESSION_TARGET:
        align_target(tokens, expression, slice);
        break;
    case EXPRESSION_ELEMENT:
        align_element(tokens, expression, slice);
        break;
    case EXPRESSION_MEMBER:
        align_member(tokens, expression, slice);
        break;
    case EXPRESSION_CALL:
        align_arguments(tokens, expression, slice);
        break;
    default:
        break;
    }
}

static void align(const struct tokens *tokens, struct expression *expression, struct slice slice) {
    slice = slice_bare(tokens, slice);
    if (slice.from >= slice.to)
        return;
    int split = slice_operator(tokens, slice);
    if (split < 0 && token_is(tokens, slice.from, "!")) {
        bool there = expression->kind == EXPRESSION_NOT;
        align(tokens, there ? expression->parts : expression,
              (struct slice){slice.from + 1, slice.to});
        return;
    }
    /* In front of what can go wrong a sanitizer puts a check. */
    if (expression->kind == EXPRESSION_COMMA && !(split >= 0 && token_is(tokens, split, ","))) {
        align_part(tokens, expression, 1, slice);
        return;
    }
    struct expression *truth = truth_of(expression);
    if (truth && (split < 0 || !token_is_comparison(tokens, split))) {
        align(tokens, truth, slice);
        return;
    }
    expression = skip_unwritten_casts(tokens, expression, slice);
    set_text(tokens, expression, slice);
    expression->loose = split >= 0 && token_binds_less_than_sum(tokens, split);
    if (split < 0)
        align_operand(tokens, expression, slice);
    else
        align_operands(tokens, expression, slice, split);
}

void expression_align(struct expression *expression, const char *text) {
    struct tokens tokens = tokens_read(text);
    if (tokens.count)
        align(&tokens, expression, (struct slice){0, tokens.count});
    tokens_free(&tokens);
}
