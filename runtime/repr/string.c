#include "literal.h"
#include "repr.h"
#include <string.h>

/* The length of the UTF-8 character at the front, or 0 for what is none. */
static size_t utf8_length(const unsigned char *bytes, size_t left) {
    unsigned char first = bytes[0];
    size_t length = first >= 0xc2 && first <= 0xdf   ? 2
                    : first >= 0xe0 && first <= 0xef ? 3
                    : first >= 0xf0 && first <= 0xf4 ? 4
                                                     : 0;
    if (!length || length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    /* Longer forms than needed, surrogates, and what lies beyond U+10FFFF. */
    if ((first == 0xe0 && bytes[1] < 0xa0) || (first == 0xed && bytes[1] > 0x9f) ||
        (first == 0xf0 && bytes[1] < 0x90) || (first == 0xf4 && bytes[1] > 0x8f))
        return 0;
    return length;
}

/* The letter behind the backslash, or 0. */
static char escape_letter(unsigned char byte) {
    static const char bytes[] = "\a\b\t\n\v\f\r\\";
    static const char letters[] = "abtnvfr\\";
    const char *found = byte ? strchr(bytes, byte) : NULL;
    if (!found)
        return 0;
    return letters[found - bytes];
}

/* One byte as it stands between quotes. `next` is what stands behind it. */
static void put_byte(struct text *out, unsigned char byte, char quote, int next) {
    char letter = escape_letter(byte);
    bool printable = byte >= ' ' && byte < 0x7f;
    if (letter)
        _thimble_printf(out, "\\%c", letter);
    else if (byte == (unsigned char)quote)
        _thimble_printf(out, "\\%c", quote);
    else if (printable)
        _thimble_put(out, (const char *)&byte, 1);
    else if (!byte && !(next >= '0' && next <= '7'))
        _thimble_puts(out, "\\0");
    else /* three octal digits end by themselves, hexadecimal ones would go on */
        _thimble_printf(out, "\\%03o", byte);
}

void _thimble_repr_char(struct text *out, unsigned char byte) {
    _thimble_puts(out, "'");
    put_byte(out, byte, '\'', -1);
    _thimble_puts(out, "'");
}

/* Appends the character at `at` and returns its length. */
static size_t put_character(struct text *out, const unsigned char *bytes, size_t at,
                            size_t length) {
    size_t several = utf8_length(bytes + at, length - at);
    if (several) {
        _thimble_put(out, (const char *)bytes + at, several);
        return several;
    }
    bool trigraph = bytes[at] == '?' && at && bytes[at - 1] == '?';
    _thimble_puts(out, trigraph ? "\\" : "");
    put_byte(out, bytes[at], '"', at + 1 < length ? bytes[at + 1] : -1);
    return 1;
}

void _thimble_repr_string(struct text *out, const char *bytes, size_t length, size_t limit) {
    const unsigned char *characters = (const unsigned char *)bytes;
    size_t at = 0;
    _thimble_puts(out, "\"");
    for (size_t count = 0; at < length && count < limit; count++)
        at += put_character(out, characters, at, length);
    _thimble_puts(out, at < length ? "\"..." : "\"");
}
