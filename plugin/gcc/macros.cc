/* macros.cc: a call of ours around what an assert macro asserts.
 *
 * While it parses GCC folds `s.a == 1 && s.b == 2` into one comparison of both; when the
 * unit is known as a whole nobody can tell any more what was compared. So a macro that
 * hands its parameter as text to a function that reports failed asserts is edited when it
 * is defined: its last `expr` becomes
 *
 *     __builtin_thimble_asserted(#expr, expr)
 *
 * and the reported `#expr` becomes __builtin_thimble_asserted(#expr). The calls never
 * come to be: conditions.cc puts their operands in their places. What is preprocessed
 * with the plugin and compiled later has them too.
 */
#include "gcc.h"

extern "C" {
#include "expression.h"
}

static cpp_token named(const cpp_token *like, const char *name) {
    cpp_token token = *like;
    token.type = CPP_NAME;
    token.flags = like->flags & PREV_WHITE;
    token.val.node.node = cpp_lookup(parse_in, (const unsigned char *)name, (unsigned)strlen(name));
    token.val.node.spelling = token.val.node.node;
    return token;
}

static cpp_token punctuation(const cpp_token *like, enum cpp_ttype type) {
    cpp_token token = *like;
    token.type = type;
    token.flags = 0;
    return token;
}

static cpp_token argument(const cpp_token *like, unsigned flags) {
    cpp_token token = *like;
    token.flags = flags;
    return token;
}

static bool is_argument(const cpp_token *token, bool as_text) {
    unsigned pasted = PASTE_LEFT | SP_DIGRAPH;
    return token->type == CPP_MACRO_ARG && !(token->flags & pasted) &&
           !!(token->flags & STRINGIFY_ARG) == as_text;
}

/* What the macro's body tells of it: where the reported text and what is asserted stand. */
struct body {
    bool reports;
    int text;      /* -1: nowhere, and so for the next */
    int condition; /* the last one; those before are for the compiler's warnings */
};

static struct body inspect(const cpp_macro *macro) {
    struct body body = {false, -1, -1};
    for (unsigned i = 0; i < macro->count; i++) {
        const cpp_token *token = &macro->exp.tokens[i];
        if (token->type == CPP_NAME)
            body.reports |=
                expression_is_reported_by((const char *)NODE_NAME(token->val.node.node));
        if (is_argument(token, true))
            body.text = (int)i;
    }
    for (unsigned i = 0; i < macro->count && body.text >= 0; i++)
        if (is_argument(&macro->exp.tokens[i], false) &&
            macro->exp.tokens[i].val.macro_arg.arg_no ==
                macro->exp.tokens[body.text].val.macro_arg.arg_no)
            body.condition = (int)i;
    return body;
}

static cpp_token *put_call(cpp_token *to, const cpp_token *token, bool with_condition) {
    *to++ = named(token, ASSERTED);
    *to++ = punctuation(token, CPP_OPEN_PAREN);
    *to++ = argument(token, STRINGIFY_ARG);
    if (with_condition) {
        *to++ = punctuation(token, CPP_COMMA);
        *to++ = argument(token, 0);
    }
    *to++ = punctuation(token, CPP_CLOSE_PAREN);
    return to;
}

static void edit(cpp_hashnode *node, const cpp_macro *macro, const struct body *body) {
    enum { ADDED = 8 };
    cpp_macro *edited = (cpp_macro *)ggc_internal_cleared_alloc(
        sizeof *edited + (macro->count + ADDED) * sizeof(cpp_token));
    *edited = *macro;
    cpp_token *to = edited->exp.tokens;
    for (unsigned i = 0; i < macro->count; i++) {
        const cpp_token *token = &macro->exp.tokens[i];
        if ((int)i == body->text || (int)i == body->condition)
            to = put_call(to, token, (int)i == body->condition);
        else
            *to++ = *token;
    }
    edited->count = (unsigned)(to - edited->exp.tokens);
    node->value.macro = edited;
}

static void (*define)(cpp_reader *, location_t, cpp_hashnode *);

static void define_editing(cpp_reader *reader, location_t place, cpp_hashnode *node) {
    if (define)
        define(reader, place, node);
    if (node->type != NT_USER_MACRO || !node->value.macro->fun_like ||
        node->value.macro->kind != cmk_macro)
        return;
    struct body body = inspect(node->value.macro);
    if (!body.reports || body.text < 0 || body.condition < 0)
        return;
    if (!flag_preprocess_only)
        conditions_declare(); /* again: a precompiled header has taken it away */
    edit(node, node->value.macro, &body);
}

void macros_watch(void) {
    cpp_callbacks *callbacks = cpp_get_callbacks(parse_in);
    if (callbacks->define == define_editing)
        return;
    define = callbacks->define;
    callbacks->define = define_editing;
}
