/* expression.h: the condition of an assert as a reader describes it, and what of it a
 * failed assert shows: which operands, under what text, and behind what guards.
 *
 * A reader builds the tree from its compiler's. Text and tree say the same thing in two
 * ways: the text is as the user wrote it, but does not know what a name is; the tree
 * knows, but a compiler may have turned `!(a == b)` into `a != b`. expression_align lays
 * one upon the other; where they do not fit (a macro), a part's text is made of the tree.
 */
#ifndef CORE_EXPRESSION_H
#define CORE_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <thimble/abi.h>

enum expression_kind {
    EXPRESSION_CONSTANT, /* a literal, an enumerator, the name of a function */
    EXPRESSION_VARIABLE,
    EXPRESSION_MEMBER,  /* part 0 . name; behind `->` part 0 is a TARGET */
    EXPRESSION_ELEMENT, /* part 0 [ part 1 ] */
    EXPRESSION_TARGET,  /* * part 0 */
    EXPRESSION_ADDRESS, /* & part 0 */
    EXPRESSION_CALL,    /* name ( parts ) */
    EXPRESSION_UNARY,   /* name part 0 */
    EXPRESSION_BINARY,  /* part 0 name part 1 */
    EXPRESSION_COMPARISON,
    EXPRESSION_AND,
    EXPRESSION_OR,
    EXPRESSION_NOT,
    EXPRESSION_CHOICE,     /* part 0 ? part 1 : part 2 */
    EXPRESSION_ASSIGNMENT, /* part 0 = part 1 */
    EXPRESSION_COMMA,      /* part 0 , part 1 */
    EXPRESSION_CAST,       /* of part 0 */
    EXPRESSION_OTHER
};

struct expression {
    enum expression_kind kind;
    char *name;     /* a variable's, member's or function's; an operator; a constant's text */
    void *node;     /* the compiler's own */
    bool zero;      /* a CONSTANT that is zero or null */
    bool unwritten; /* a CAST: nothing but the compiler asks for it, so far as is known */
    bool valueless; /* has no value that could be kept */
    bool settled;   /* a VARIABLE that has a value, whether it was evaluated or not */
    bool loose;     /* written with an operator that binds less than `=` behind it would */
    struct expression *parts, *next;
    char *text; /* as written, once it is aligned; or null */
};

struct expression *expression_new(enum expression_kind, const char *name, void *node);
/* A VARIABLE of which the rest is known. */
struct expression_variable {
    bool parameter;
    bool lasting; /* with static storage, so zero if nothing else */
    bool initialized;
    bool changing; /* volatile: to look at it may do something */
};
void expression_settle(struct expression *, const struct expression_variable *);
/* Adds a part behind those that are there. */
void expression_add(struct expression *, struct expression *part);
/* All of the tree; null is none. */
void expression_free(struct expression *);

/* Gives texts to the parts that are written in `text`. */
void expression_align(struct expression *, const char *text);

/* An operand is evaluated where its guards let it: each condition's truth is `wanted`,
 * the outer ones first. Where they do not, its value is the variable's if that is settled,
 * and else there is none. */
struct guard {
    struct expression *condition;
    bool wanted;
    const struct guard *outer;
};

struct operand {
    struct expression *expression;
    const struct guard *guard; /* null: always evaluated */
    char *text;
    uint32_t flags; /* enum thimble_operand_flag */
};

struct plan {
    struct operand *operands; /* in the order of the source */
    size_t count;
    struct guard **guards;
    size_t guard_count;
};

/* What to keep of an aligned condition. The expressions stay whose they are. */
struct plan expression_plan(struct expression *condition);
void expression_plan_free(struct plan *);

/* A function that reports a failed assert gets what was asserted as text, number 0. */
bool expression_is_reported_by(const char *symbol);

#endif
