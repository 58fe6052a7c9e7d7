/* isolate_missing.c: what linkers say is undefined. Each has its own words. */
#include "isolate.h"

#include <stdlib.h>
#include <string.h>

/* ---- Names ---- */

bool has_name(const struct names *names, const char *name, size_t length) {
    for (size_t i = 0; i < names->count; i++)
        if (strlen(names->all[i]) == length && memcmp(names->all[i], name, length) == 0)
            return true;
    return false;
}

void add_name(struct names *names, const char *name, size_t length) {
    names->all = realloc(names->all, (names->count + 1) * sizeof *names->all);
    char *copy = strndup(name, length);
    if (!names->all || !copy)
        abort();
    names->all[names->count++] = copy;
}

/* ---- Messages ---- */

/* How a message begins and ends that names a symbol between the two; "" ends with the line. */
static const struct form {
    const char *before, *behind;
} forms[] = {
    {"undefined reference to `", "'"},       /* bfd */
    {"undefined reference to '", "'"},       /* gold */
    {"hidden symbol `", "' isn't defined"},  /* bfd */
    {"hidden symbol '", "' is not defined"}, /* gold */
    {"undefined symbol: ", ""},              /* lld; mold, with "FILE: " in front of the name */
    {"undefined hidden symbol: ", ""},       /* lld, and the next two */
    {"undefined protected symbol: ", ""},
    {"undefined internal symbol: ", ""},
};

static size_t length_of_name(const char *name, const char *end, const char *behind) {
    const char *found = *behind ? strstr(name, behind) : end;
    return found && found <= end ? (size_t)(found - name) : 0;
}

static const char *last_word(const char *text, size_t *length) {
    while (*length && (text[*length - 1] == ' ' || text[*length - 1] == '\r'))
        --*length;
    size_t start = *length;
    while (start && text[start - 1] != ' ')
        start--;
    *length -= start;
    return text + start;
}

static bool add_from_line(struct names *names, const char *line, const char *end) {
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const char *found = strstr(line, forms[i].before);
        if (!found || found >= end)
            continue;
        const char *name = found + strlen(forms[i].before);
        size_t length = length_of_name(name, end, forms[i].behind);
        if (!*forms[i].behind)
            name = last_word(name, &length);
        if (!length || has_name(names, name, length))
            return false;
        add_name(names, name, length);
        return true;
    }
    return false;
}

bool add_missing(struct names *names, const char *output) {
    bool any = false;
    for (const char *line = output; *line;) {
        const char *end = line + strcspn(line, "\n");
        any |= add_from_line(names, line, end);
        line = *end ? end + 1 : end;
    }
    return any;
}

bool is_cut_short(const char *output) {
    return strstr(output, "too many errors emitted"); /* lld */
}
