#include "spelling.h"

#include "../registry/registry.h"
#include <string.h>

bool _thimble_value_is(const struct thimble_value *value, const char *tag) {
    const struct unit *unit = _thimble_ref_unit(value->type);
    const struct thimble_type *type = unit ? _thimble_bare_type(unit, value->type.index) : NULL;
    return type && type->kind == THIMBLE_STRUCT && !strcmp(_thimble_string(unit, type->name), tag);
}

/* ---- Spelling ---- */

/* The place behind the string or character that begins here. */
static size_t behind_quotes(const char *text, size_t at, size_t length) {
    char quote = text[at++];
    while (at < length && text[at] != quote)
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

/* Whether the first parenthesis closes at the very end. */
static bool is_parenthesized(const char *text, size_t length) {
    int depth = 1;
    if (length < 2 || text[0] != '(')
        return false;
    size_t at = 1;
    while (at < length && depth) {
        if (text[at] == '"' || text[at] == '\'') {
            at = behind_quotes(text, at, length);
            continue;
        }
        depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
        at++;
    }
    return !depth && at == length;
}

static void put_shortened(struct text *out, const char *text, size_t length) {
    while (length && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--; /* not inside a character of several bytes */
    _thimble_put(out, text, length);
    _thimble_puts(out, "...");
}

void _thimble_put_spelling(struct text *out, const struct thimble_value *value) {
    enum { LONGEST = 60 };
    const char *text = value->text ? value->text : "the value";
    size_t length = strlen(text);
    while (is_parenthesized(text, length)) {
        text++;
        length -= 2;
    }
    if (length == 9 && !strncmp(text, "(void *)0", length))
        _thimble_puts(out, "NULL");
    else if (length <= LONGEST)
        _thimble_put(out, text, length);
    else
        put_shortened(out, text, LONGEST - 3);
}
