/* For strcasestr. */
#define _GNU_SOURCE 1

#include "expression.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "../base/text.h"

/*     or   = and { "or" and }
 *     and  = not { "and" not }
 *     not  = "not" not | "(" or ")" | WORD
 * Both sides of an operator are always read, as only that finds errors. */
#define DEEPEST 200

struct reader {
    const char *at;
    const struct test *test;
    const char *error;
    int depth;
};

static size_t word_length(struct reader *reader) {
    while (isspace((unsigned char)*reader->at))
        reader->at++;
    return strcspn(reader->at, " \t\r\n\f\v()");
}

/* Passes over the keyword if it comes next. */
static bool keyword(struct reader *reader, const char *word) {
    size_t length = word_length(reader);
    if (length != strlen(word) || strncmp(reader->at, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

static bool character(struct reader *reader, char wanted) {
    word_length(reader);
    if (*reader->at != wanted)
        return false;
    reader->at++;
    return true;
}

static void wrong(struct reader *reader, const char *error) {
    if (!reader->error)
        reader->error = error;
}

static bool is_true(const char *word, const struct test *test) {
    if (strcasestr(test->label, word))
        return true;
    for (uint32_t i = 0; i < test->tag_count; i++) {
        if (strcasestr(test->tags[i], word))
            return true;
    }
    return false;
}

static bool read_or(struct reader *reader);

static bool read_word(struct reader *reader) {
    if (keyword(reader, "and") || keyword(reader, "or")) {
        wrong(reader, "an operand is missing");
        return false;
    }
    size_t length = word_length(reader);
    char buffer[256];
    if (length == 0)
        wrong(reader, *reader->at ? "a word is missing" : "it ends too early");
    if (length >= sizeof(buffer))
        wrong(reader, "a word is too long");
    if (reader->error)
        return false;
    struct text word = _thimble_text(buffer, sizeof(buffer));
    _thimble_put(&word, reader->at, length);
    reader->at += length;
    return is_true(word.data, reader->test);
}

static bool read_not(struct reader *reader) {
    if (++reader->depth > DEEPEST) {
        wrong(reader, "it is nested too deeply");
        return false;
    }
    bool value;
    if (keyword(reader, "not")) {
        value = !read_not(reader);
    } else if (character(reader, '(')) {
        value = read_or(reader);
        if (!character(reader, ')'))
            wrong(reader, "a ')' is missing");
    } else {
        value = read_word(reader);
    }
    reader->depth--;
    return value;
}

static bool read_and(struct reader *reader) {
    bool value = read_not(reader);
    while (!reader->error && keyword(reader, "and")) {
        bool right = read_not(reader);
        value = value && right;
    }
    return value;
}

static bool read_or(struct reader *reader) {
    bool value = read_and(reader);
    while (!reader->error && keyword(reader, "or")) {
        bool right = read_and(reader);
        value = value || right;
    }
    return value;
}

static bool read_whole(struct reader *reader) {
    bool value = read_or(reader);
    if (!reader->error && word_length(reader) > 0)
        wrong(reader, "`and` or `or` is missing between two words");
    if (!reader->error && *reader->at)
        wrong(reader, *reader->at == ')' ? "a '(' is missing" : "an operator is missing");
    return value && !reader->error;
}

const char *_thimble_expression_mistake(const char *expression) {
    static const struct test any = {.label = ""};
    struct reader reader = {.at = expression, .test = &any};
    read_whole(&reader);
    return reader.error;
}

bool _thimble_expression_matches(const char *expression, const struct test *test) {
    struct reader reader = {.at = expression, .test = test};
    return read_whole(&reader);
}
