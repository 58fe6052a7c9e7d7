/* generic.c: which expression a _Generic selects.
 *
 * libclang shows the expressions and the names in the types between them, but neither
 * the types nor the choice. The selected expression has the type of the whole; where
 * several have, the tokens tell the types, unless a macro made them: then the first of
 * those expressions is taken.
 */
#define _GNU_SOURCE
#include "scan.h"

#include "core/arithmetic.h"
#include "core/heap.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The types between the commas and the colons ---- */

/* Each as its words with blanks between: "const char *". */
struct types {
    char **texts;
    size_t count, capacity;
};

static void add_word(struct types *types, const char *word) {
    char *old = types->texts[types->count - 1], *text;
    if (asprintf(&text, *old ? "%s %s" : "%s%s", old, word) < 0)
        abort();
    types->texts[types->count - 1] = text;
    free(old);
}

static void begin_type(struct types *types) {
    types->texts =
        heap_grow(types->texts, &types->capacity, types->count + 1, sizeof *types->texts);
    types->texts[types->count++] = heap_copy_text("", 0);
}

static void free_types(struct types *types) {
    for (size_t i = 0; i < types->count; i++)
        free(types->texts[i]);
    free(types->texts);
}

static int nesting(const char *word) {
    if (strlen(word) != 1)
        return 0;
    return strchr("([{", *word) ? 1 : strchr(")]}", *word) ? -1 : 0;
}

/* _Generic ( control , type : expression , default : expression ) */
static struct types read_types(CXCursor generic) {
    struct types types = {0};
    CXToken *tokens;
    unsigned count;
    CXTranslationUnit translation = clang_Cursor_getTranslationUnit(generic);
    clang_tokenize(translation, clang_getCursorExtent(generic), &tokens, &count);
    int depth = 0;
    bool in_type = false;
    for (unsigned i = 0; i < count; i++) {
        CXString text = clang_getTokenSpelling(translation, tokens[i]);
        const char *word = clang_getCString(text);
        depth += nesting(word);
        bool between = depth == 1 && strcmp(word, ",") == 0;
        if (between)
            begin_type(&types);
        else if (in_type && depth == 1 && strcmp(word, ":") == 0)
            in_type = false;
        else if (in_type)
            add_word(&types, word);
        in_type |= between;
        clang_disposeString(text);
    }
    clang_disposeTokens(translation, tokens, count);
    return types;
}

/* ---- The choice ---- */

/* Words alike, wherever blanks stand between them. */
static bool same_words(const char *one, const char *other) {
    for (;;) {
        one += strspn(one, " ");
        other += strspn(other, " ");
        if (*one != *other)
            return false;
        if (!*one)
            return true;
        one++;
        other++;
    }
}

static bool is_spelled(CXType type, const char *text) {
    char usual[128];
    CXString spelling = clang_getTypeSpelling(type);
    const char *name = arithmetic_name(THIMBLE_INTEGER, text, usual, sizeof usual);
    bool same = same_words(clang_getCString(spelling), name);
    clang_disposeString(spelling);
    return same;
}

/* `name` is what stands in front of the expression: the typedef or tag in its type. */
static bool is_of_type(CXType control, const char *text, CXCursor name) {
    if (is_spelled(control, text) || is_spelled(clang_getCanonicalType(control), text))
        return true;
    return clang_getCursorKind(name) == CXCursor_TypeRef && !strchr(text, ' ') &&
           clang_equalTypes(clang_getCanonicalType(clang_getCursorType(name)),
                            clang_getCanonicalType(control));
}

size_t generic_selected(CXCursor generic, const CXCursor *children, size_t count) {
    CXType type = clang_getCursorType(generic), control = clang_getCursorType(children[0]);
    struct types types = read_types(generic);
    size_t first = 0, fallback = 0, chosen = 0, association = 0;
    for (size_t i = 1; i < count && !chosen; i++) {
        if (!clang_isExpression(clang_getCursorKind(children[i])))
            continue;
        const char *text = association < types.count ? types.texts[association] : "";
        association++;
        if (!clang_equalTypes(clang_getCursorType(children[i]), type))
            continue;
        if (!first)
            first = i;
        if (strcmp(text, "default") == 0)
            fallback = i;
        else if (is_of_type(control, text, children[i - 1]))
            chosen = i;
    }
    free_types(&types);
    return chosen ? chosen : fallback ? fallback : first;
}
