/* tokens.h: the text of an expression as C's tokens, and which operator of a stretch
 * of them binds last. */
#ifndef CORE_TOKENS_H
#define CORE_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_QUOTED, TOKEN_PUNCTUATOR };

struct token {
    enum token_kind kind;
    const char *start;
    int length;
    int partner; /* of a bracket: the other one; else -1 */
};

struct tokens {
    struct token *items;
    int count;
};

/* Tokens `from` up to and without `to`. */
struct slice {
    int from, to;
};

/* No tokens at all where brackets do not match. The text has to stay. */
struct tokens tokens_read(const char *text);
void tokens_free(struct tokens *);

bool token_is(const struct tokens *, int at, const char *text);
bool token_is_comparison(const struct tokens *, int at);
bool token_is_assignment(const struct tokens *, int at);
/* An operator below the arithmetic ones: a comparison, a logical one, a choice. */
bool token_binds_less_than_sum(const struct tokens *, int at);

/* Without parentheses around all of it. */
struct slice slice_bare(const struct tokens *, struct slice);
/* The operator with two or three operands that is applied last: of `a + b * c` the plus,
 * of `c ? x : y` the question mark. -1 for an operand with no such operator. */
int slice_operator(const struct tokens *, struct slice);
/* How many tokens a cast at the front takes, parentheses included; 0: there is none. Only
 * for a slice without an operator. A name alone between parentheses is one where
 * `names_too` says so: `(size)(x)`. */
int slice_cast(const struct tokens *, struct slice, bool names_too);
/* The comma or colon that ends the part at the front, or `to`. */
int slice_end_of_part(const struct tokens *, struct slice, const char *separator);
/* The text from the first to the last token, as it stands. */
char *slice_text(const struct tokens *, struct slice);

#endif
