#include "tokens.h"

#include "heap.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- Reading ---- */

static bool is_word_letter(char letter) {
    return isalnum((unsigned char)letter) || letter == '_' || letter == '$' ||
           (unsigned char)letter >= 0x80;
}

static int word_length(const char *at) {
    int length = 0;
    while (is_word_letter(at[length]))
        length++;
    return length;
}

/* 0x1.8p+3 is one number. */
static int number_length(const char *at) {
    int length = 0;
    while (is_word_letter(at[length]) || at[length] == '.' ||
           (length && strchr("+-", at[length]) && at[length] && strchr("eEpP", at[length - 1])))
        length++;
    return length;
}

static int quoted_length(const char *at) {
    char quote = *at;
    int length = 1;
    while (at[length] && at[length] != quote)
        length += at[length] == '\\' && at[length + 1] ? 2 : 1;
    return length + (at[length] != '\0');
}

static int punctuator_length(const char *at) {
    static const char *const longer[] = {"<<=", ">>=", "...", "->", "++", "--", "<<", ">>",
                                         "<=",  ">=",  "==",  "!=", "&&", "||", "+=", "-=",
                                         "*=",  "/=",  "%=",  "&=", "|=", "^=", "##"};
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
        if (strncmp(at, longer[i], strlen(longer[i])) == 0)
            return (int)strlen(longer[i]);
    return 1;
}

static struct token read_token(const char *at) {
    int word = word_length(at);
    bool number = isdigit((unsigned char)*at) || (*at == '.' && isdigit((unsigned char)at[1]));
    bool prefix = word && word <= 2 && strchr("LuU", *at) && (at[word] == '"' || at[word] == '\'');
    if (number)
        return (struct token){TOKEN_NUMBER, at, number_length(at), -1};
    if (prefix || *at == '"' || *at == '\'')
        return (struct token){TOKEN_QUOTED, at,
                              (prefix ? word : 0) + quoted_length(at + (prefix ? word : 0)), -1};
    if (word)
        return (struct token){TOKEN_WORD, at, word, -1};
    return (struct token){TOKEN_PUNCTUATOR, at, punctuator_length(at), -1};
}

/* Whether all brackets found their partners. */
static bool match_brackets(struct tokens *tokens) {
    int *open = heap_new(sizeof *open * (size_t)(tokens->count + 1)), depth = 0;
    bool good = true;
    for (int i = 0; i < tokens->count && good; i++) {
        struct token *token = &tokens->items[i];
        const char *closing = ")]}", *opening = "([{";
        bool bracket = token->kind == TOKEN_PUNCTUATOR && token->length == 1;
        const char *closes = bracket ? strchr(closing, *token->start) : NULL;
        if (bracket && strchr(opening, *token->start))
            open[depth++] = i;
        if (!closes)
            continue;
        good = depth && *tokens->items[open[depth - 1]].start == opening[closes - closing];
        if (!good)
            break;
        token->partner = open[--depth];
        tokens->items[token->partner].partner = i;
    }
    free(open);
    return good && !depth;
}

struct tokens tokens_read(const char *text) {
    struct tokens tokens = {NULL, 0};
    size_t capacity = 0;
    for (const char *at = text; *at;) {
        if (isspace((unsigned char)*at)) {
            at++;
            continue;
        }
        tokens.items =
            heap_grow(tokens.items, &capacity, (size_t)tokens.count + 1, sizeof *tokens.items);
        tokens.items[tokens.count] = read_token(at);
        at += tokens.items[tokens.count++].length;
    }
    if (!match_brackets(&tokens))
        tokens.count = 0;
    return tokens;
}

void tokens_free(struct tokens *tokens) {
    free(tokens->items);
}

/* ---- Single tokens ---- */

bool token_is(const struct tokens *tokens, int at, const char *text) {
    return (size_t)tokens->items[at].length == strlen(text) &&
           strncmp(tokens->items[at].start, text, strlen(text)) == 0;
}

static bool is_one_of(const struct tokens *tokens, int at, const char *const *texts) {
    for (; *texts; texts++)
        if (token_is(tokens, at, *texts))
            return true;
    return false;
}

bool token_is_comparison(const struct tokens *tokens, int at) {
    static const char *const texts[] = {"==", "!=", "<", ">", "<=", ">=", NULL};
    return is_one_of(tokens, at, texts);
}

bool token_is_assignment(const struct tokens *tokens, int at) {
    static const char *const texts[] = {
        "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", NULL};
    return is_one_of(tokens, at, texts);
}

static bool is_type_word(const struct tokens *tokens, int at) {
    static const char *const texts[] = {"const",   "volatile", "unsigned",   "signed", "int",
                                        "char",    "short",    "long",       "float",  "double",
                                        "void",    "struct",   "union",      "enum",   "_Bool",
                                        "bool",    "__int128", "_Complex",   "typeof", "__typeof__",
                                        "_Atomic", "restrict", "__restrict", NULL};
    const struct token *token = &tokens->items[at];
    bool t = token->kind == TOKEN_WORD && token->length > 2 &&
             strncmp(token->start + token->length - 2, "_t", 2) == 0;
    return t || is_one_of(tokens, at, texts);
}

/* How an operator binds, from the comma up; 0 for what is none. */
static int precedence(const struct tokens *tokens, int at) {
    static const char *const levels[][5] = {{","},        {"?"},        {"||"},
                                            {"&&"},       {"|"},        {"^"},
                                            {"&"},        {"==", "!="}, {"<", ">", "<=", ">="},
                                            {"<<", ">>"}, {"+", "-"},   {"*", "/", "%"}};
    if (tokens->items[at].kind != TOKEN_PUNCTUATOR)
        return 0;
    if (token_is_assignment(tokens, at))
        return 2;
    for (int level = 0; level < (int)(sizeof levels / sizeof *levels); level++)
        if (is_one_of(tokens, at, levels[level]))
            return level ? level + 2 : 1;
    return 0;
}

bool token_binds_less_than_sum(const struct tokens *tokens, int at) {
    int level = precedence(tokens, at);
    return level && level <= 10; /* up to < and > */
}

/* ---- Slices ---- */

struct slice slice_bare(const struct tokens *tokens, struct slice slice) {
    while (slice.to - slice.from > 2 && token_is(tokens, slice.from, "(") &&
           tokens->items[slice.from].partner == slice.to - 1 &&
           !token_is(tokens, slice.from + 1, "{"))
        slice = (struct slice){slice.from + 1, slice.to - 1};
    return slice;
}

/* Whether the parentheses that close at `close` hold a type, so far as words tell. */
static bool closes_type(const struct tokens *tokens, int close) {
    int open = tokens->items[close].partner;
    if (!token_is(tokens, close, ")") || close - open < 2)
        return false;
    return is_type_word(tokens, open + 1) || token_is(tokens, close - 1, "*");
}

/* Whether an operand can end with the token, so that an operator behind it has two. */
static bool ends_operand(const struct tokens *tokens, struct slice slice, int at) {
    if (at < slice.from)
        return false;
    const struct token *token = &tokens->items[at];
    if (token->kind != TOKEN_PUNCTUATOR)
        return !token_is(tokens, at, "sizeof");
    if (token_is(tokens, at, "++") || token_is(tokens, at, "--"))
        return ends_operand(tokens, slice, at - 1);
    bool closes = token->partner >= 0 && token->partner < at;
    if (!closes || !closes_type(tokens, at))
        return closes;
    /* sizeof(int) is an operand, the (int) of a cast is none. */
    return token->partner > slice.from && tokens->items[token->partner - 1].kind == TOKEN_WORD;
}

static bool is_right_associative(int level) {
    return level == 2 || level == 3;
}

int slice_operator(const struct tokens *tokens, struct slice slice) {
    int found = -1, lowest = 0;
    for (int i = slice.from; i < slice.to; i++) {
        if (tokens->items[i].partner > i) {
            i = tokens->items[i].partner;
            continue;
        }
        int level = precedence(tokens, i);
        if (!level || !ends_operand(tokens, slice, i - 1))
            continue;
        if (found < 0 || level < lowest || (level == lowest && !is_right_associative(level))) {
            found = i;
            lowest = level;
        }
        if (level == 3) /* what stands between `?` and `:` stands as if in parentheses */
            i = slice_end_of_part(tokens, (struct slice){i + 1, slice.to}, ":");
    }
    return found;
}

int slice_cast(const struct tokens *tokens, struct slice slice, bool names_too) {
    int close = token_is(tokens, slice.from, "(") ? tokens->items[slice.from].partner : -1;
    if (close < 0 || close >= slice.to - 1 || token_is(tokens, close + 1, "{"))
        return 0;
    enum token_kind next = tokens->items[close + 1].kind;
    bool name_alone = close - slice.from == 2 && tokens->items[close - 1].kind == TOKEN_WORD;
    if (!closes_type(tokens, close) && !(name_alone && (names_too || next != TOKEN_PUNCTUATOR)))
        return 0;
    return close + 1 - slice.from;
}

int slice_end_of_part(const struct tokens *tokens, struct slice slice, const char *separator) {
    int questions = 0;
    for (int i = slice.from; i < slice.to; i++) {
        if (tokens->items[i].partner > i)
            i = tokens->items[i].partner;
        else if (token_is(tokens, i, separator) && !questions)
            return i;
        else if (*separator == ':')
            questions += token_is(tokens, i, "?") ? 1 : token_is(tokens, i, ":") ? -1 : 0;
    }
    return slice.to;
}

char *slice_text(const struct tokens *tokens, struct slice slice) {
    const struct token *first = &tokens->items[slice.from], *last = &tokens->items[slice.to - 1];
    return heap_copy_text(first->start, (size_t)(last->start + last->length - first->start));
}
