#include "path.h"

#include <ctype.h>
#include <string.h>

#include "number.h"

/* ---- Expressions ---- */

/* The place behind the group that opens here. */
static size_t behind_group(const char *text, size_t at) {
    int depth = 0;
    char quote = '\0';
    for (; text[at]; at++) {
        if (quote && text[at] == '\\' && text[at + 1])
            at++;
        else if (quote)
            quote = text[at] == quote ? '\0' : quote;
        else if (text[at] == '"' || text[at] == '\'')
            quote = text[at];
        else if (strchr("([{", text[at]))
            depth++;
        else if (strchr(")]}", text[at]) && --depth == 0)
            return at + 1;
    }
    return at;
}

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* A name with members, elements and calls behind it, a compound literal, or nothing yet:
 * what takes a member as it is. A cast is none. */
static bool is_postfix(const char *text) {
    size_t at = 0;
    if (isdigit((unsigned char)text[0]))
        return false;
    if (text[0] == '(') {
        at = behind_group(text, 0);
        if (text[at] && !strchr(".[-{", text[at]))
            return false;
    }
    while (text[at])
        if (strchr("([{", text[at]))
            at = behind_group(text, at);
        else if (is_word(text[at]) || text[at] == '.')
            at++;
        else if (text[at] == '-' && text[at + 1] == '>')
            at += 2;
        else
            return false;
    return true;
}

static void surround(struct path *path, const char *front, const char *back) {
    char inside[sizeof path->bytes];
    memcpy(inside, path->text.data, path->text.length + 1);
    path->text = _thimble_text(path->bytes, sizeof path->bytes);
    _thimble_printf(&path->text, "%s%s%s", front, inside, back);
}

static void make_postfix(struct path *path) {
    if (!is_postfix(path->text.data))
        surround(path, "(", ")");
}

static void drop_front(struct path *path) {
    memmove(path->bytes, path->bytes + 1, path->text.length--);
}

void _thimble_path_begin(struct path *path, const char *expression) {
    path->text = _thimble_text(path->bytes, sizeof path->bytes);
    _thimble_puts(&path->text, expression);
    path->follows = *expression == '*' && is_postfix(expression + 1);
    if (path->follows)
        drop_front(path);
}

static void put_star(struct path *path) {
    if (*path->bytes != '*')
        make_postfix(path);
    surround(path, "*", "");
}

void _thimble_path_follow(struct path *path) {
    if (path->follows)
        put_star(path);
    path->follows = *path->bytes != '&' || !is_postfix(path->bytes + 1);
    if (!path->follows)
        drop_front(path);
}

void _thimble_path_skip(struct path *path, uint64_t count) {
    make_postfix(path);
    _thimble_printf(&path->text, "->(%llu more)", (unsigned long long)count);
}

static void put_member(struct path *path, const char *name) {
    make_postfix(path);
    _thimble_printf(&path->text, "%s%s", path->follows ? "->" : ".", name);
    path->follows = false;
}

static void put_index(struct path *path, uint64_t i) {
    if (path->follows)
        surround(path, "(*", ")");
    else
        make_postfix(path);
    _thimble_printf(&path->text, "[%llu]", (unsigned long long)i);
    path->follows = false;
}

const char *_thimble_path_end(struct path *path) {
    if (path->follows)
        put_star(path);
    path->follows = false;
    return path->text.data;
}

/* ---- Places ---- */

static uint64_t width_of(const struct unit *unit, const struct thimble_member *member) {
    const struct thimble_type *type = _thimble_bare_type(unit, member->type);
    return member->flags & THIMBLE_BITFIELD ? member->width : type ? type->size * 8 : 0;
}

const struct thimble_member *_thimble_member_at(const struct unit *unit,
                                                const struct thimble_type *type, uint64_t place,
                                                uint64_t *number) {
    const struct thimble_member *member;
    for (*number = 0; (member = _thimble_member(unit, type, *number)); ++*number)
        if (place >= member->offset && place - member->offset < width_of(unit, member))
            return member;
    return NULL;
}

/* An anonymous union by the names in it: {number, text}. */
static void put_anonymous(struct path *path, const struct unit *unit,
                          const struct thimble_type *type) {
    const struct thimble_member *member;
    char names[64];
    struct text text = _thimble_text(names, sizeof names);
    _thimble_puts(&text, "{");
    for (uint64_t i = 0; (member = _thimble_member(unit, type, i)); i++)
        _thimble_printf(&text, "%s%s", i ? ", " : "", _thimble_string(unit, member->name));
    _thimble_puts(&text, "}");
    put_member(path, names);
}

void _thimble_path_enter(struct path *path, const struct unit *unit, uint32_t index, uint64_t place,
                         uint32_t stop) {
    const struct thimble_type *last = _thimble_bare_type(unit, stop), *type;
    const struct thimble_member *member;
    uint64_t number;
    while ((type = _thimble_bare_type(unit, index)) && (type != last || place)) {
        const struct thimble_type *element = _thimble_bare_type(unit, type->target);
        if (type->kind == THIMBLE_ARRAY && element && element->size) {
            put_index(path, place / (element->size * 8));
            place %= element->size * 8;
            index = type->target;
            continue;
        }
        if (type->kind != THIMBLE_STRUCT ||
            !(member = _thimble_member_at(unit, type, place, &number)))
            return;
        const struct thimble_type *inner = _thimble_bare_type(unit, member->type);
        if (*_thimble_string(unit, member->name))
            put_member(path, _thimble_string(unit, member->name));
        else if (inner->kind == THIMBLE_UNION)
            put_anonymous(path, unit, inner);
        if (member->flags & THIMBLE_BITFIELD)
            return;
        place -= member->offset;
        index = member->type;
    }
}
