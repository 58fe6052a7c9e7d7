#include "arithmetic.h"

#include "line.h"
#include <stdbool.h>
#include <string.h>

/* The words of a name, counted, but for the one that the others go with. */
struct words {
    int is_unsigned, is_signed, shorts, longs;
    int base_length; /* of char, double, __int128, …; 0 where it is an int */
    const char *base;
};

static bool is_word(const char *text, size_t length, const char *word) {
    return strlen(word) == length && strncmp(text, word, length) == 0;
}

/* Returns false where there are two that others go with. */
static bool split(const char *name, struct words *words) {
    for (size_t length; *name; name += length + strspn(name + length, " ")) {
        length = strcspn(name, " ");
        if (is_word(name, length, "unsigned"))
            words->is_unsigned++;
        else if (is_word(name, length, "signed"))
            words->is_signed++;
        else if (is_word(name, length, "short"))
            words->shorts++;
        else if (is_word(name, length, "long"))
            words->longs++;
        else if (words->base)
            return false;
        else if (!is_word(name, length, "int")) {
            words->base = name;
            words->base_length = (int)length;
        }
    }
    return true;
}

/* Two names for one type, of which C has the second. */
static const char *standard(const char *name) {
    return strcmp(name, "__float128") == 0 ? "_Float128" : name;
}

static void put_word(struct line *to, bool wanted, const char *word, int length) {
    if (wanted)
        line_add(to, "%s%.*s", to->length ? " " : "", length, word);
}

#define PUT_WORD(to, wanted, word) put_word((to), (wanted), (word), (int)sizeof(word) - 1)

const char *arithmetic_name(enum thimble_type_kind kind, const char *name, char *out, size_t size) {
    struct words words = {0};
    if (kind == THIMBLE_BOOL)
        return "_Bool";
    if (kind == THIMBLE_FLOAT && name)
        name = standard(name);
    if ((kind != THIMBLE_INTEGER && kind != THIMBLE_FLOAT) || !name || !split(name, &words))
        return name;
    struct line line = line_in(out, size);
    PUT_WORD(&line, words.is_unsigned, "unsigned");
    /* An int is signed anyway, a char by the compiler's leave. */
    PUT_WORD(&line, words.is_signed && words.base && is_word(words.base, words.base_length, "char"),
             "signed");
    PUT_WORD(&line, words.shorts, "short");
    PUT_WORD(&line, words.longs, "long");
    PUT_WORD(&line, words.longs > 1, "long");
    if (words.base)
        put_word(&line, true, words.base, words.base_length);
    else
        PUT_WORD(&line, !words.shorts && !words.longs, "int");
    return out;
}
