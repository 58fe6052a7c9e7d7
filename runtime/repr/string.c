/* Characters and strings as literals. They are read again by a compiler that takes its
 * source for UTF-8. */
#include "printer.h"
#include <string.h>

/* ---- Code points ---- */

enum { NO_CHARACTER = -1 };

static int32_t utf8_value(const unsigned char *bytes, size_t length) {
    static const unsigned char marks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    int32_t value = bytes[0] & marks[length];
    for (size_t i = 1; i < length; i++)
        value = value << 6 | (bytes[i] & 0x3f);
    return value;
}

/* The length of the UTF-8 character at the front, or 0 for what is none. */
static size_t utf8_length(const unsigned char *bytes, size_t left) {
    unsigned char first = bytes[0];
    size_t length = first < 0x80                     ? 1
                    : first >= 0xc2 && first <= 0xdf ? 2
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

static uint32_t unit_at(const char *units, unsigned width, size_t i) {
    uint16_t two;
    uint32_t four;
    if (width == 1)
        return (unsigned char)units[i];
    if (width == 2)
        return memcpy(&two, units + i * 2, 2), two;
    return memcpy(&four, units + i * 4, 4), four;
}

/* The character at the front of `count` units, and in *length how many of them it takes. */
static int32_t character_at(const char *units, unsigned width, size_t count, size_t *length) {
    uint32_t first = unit_at(units, width, 0);
    *length = 1;
    if (width == 1) {
        size_t several = utf8_length((const unsigned char *)units, count);
        *length = several ? several : 1;
        return several ? utf8_value((const unsigned char *)units, several) : NO_CHARACTER;
    }
    if (first < 0xd800 || (first > 0xdfff && first <= 0x10ffff))
        return (int32_t)first;
    uint32_t second = width == 2 && count > 1 ? unit_at(units, width, 1) : 0;
    if (first > 0xdbff || second < 0xdc00 || second > 0xdfff)
        return NO_CHARACTER;
    *length = 2;
    return (int32_t)(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
}

/* What a reader can see, and no compiler warns of: neither controls nor what joins,
 * separates and turns around other characters. */
static bool is_visible(int32_t character) {
    static const struct {
        int32_t first, last;
    } hidden[] = {{0, 0x1f},        {0x7f, 0xa0},     {0xad, 0xad},      {0x200b, 0x200f},
                  {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfe00, 0xfe0f},  {0xfeff, 0xfeff},
                  {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0xe0000, 0xe0fff}};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (character >= hidden[i].first && character <= hidden[i].last)
            return false;
    return character != NO_CHARACTER;
}

bool _thimble_reads_as_text(const char *bytes, size_t count) {
    for (size_t at = 0, length; at < count; at += length) {
        int32_t character = character_at(bytes + at, 1, count - at, &length);
        if (!is_visible(character) && !strchr("\t\n\r", character > 0 ? character : 'x'))
            return false;
    }
    return true;
}

static void put_utf8(struct text *out, int32_t character) {
    unsigned char bytes[4];
    size_t length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const unsigned char marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = length; i-- > 1; character >>= 6)
        bytes[i] = (unsigned char)(0x80 | (character & 0x3f));
    bytes[0] = (unsigned char)(marks[length] | character);
    _thimble_put(out, (const char *)bytes, length);
}

/* ---- Escapes ---- */

/* The letter behind the backslash, or 0. */
static char escape_letter(uint32_t value) {
    static const char bytes[] = "\a\b\t\n\v\f\r\\";
    static const char letters[] = "abtnvfr\\";
    const char *found = value && value < 0x80 ? strchr(bytes, (int)value) : NULL;
    return found ? letters[found - bytes] : '\0';
}

/* One unit that is no visible character. `next` is the one behind it. Three octal digits
 * end by themselves, hexadecimal ones would go on: then the literal is put together from
 * two, where there is a prefix to begin the second with. */
static void put_escape(struct text *out, uint32_t value, int64_t next, const char *prefix) {
    char letter = escape_letter(value);
    bool octal = next >= '0' && next <= '7';
    bool hexadecimal = (next >= '0' && next <= '9') || (next >= 'a' && next <= 'f') ||
                       (next >= 'A' && next <= 'F');
    if (letter)
        _thimble_printf(out, "\\%c", letter);
    else if (value == 0 && !octal)
        _thimble_puts(out, "\\0");
    else if (value < 0x200)
        _thimble_printf(out, "\\%03o", value);
    else
        _thimble_printf(out, "\\x%x", value);
    if (value >= 0x200 && hexadecimal)
        _thimble_printf(out, "\" %s\"", prefix);
}

/* ---- Literals ---- */

void _thimble_put_character(struct text *out, const char *prefix, unsigned width, uint32_t value) {
    size_t length;
    char unit[4];
    uint16_t two = (uint16_t)value;
    memcpy(unit, width == 2 ? (const void *)&two : &value, width == 2 ? 2 : 4);
    int32_t character = width == 1 ? value < 0x80 ? (int32_t)value : NO_CHARACTER
                                   : character_at(unit, width, 1, &length);
    _thimble_printf(out, "%s'", strcmp(prefix, "u8") == 0 ? "" : prefix);
    if (value == '\'')
        _thimble_puts(out, "\\'");
    else if (is_visible(character) && value != '\\')
        put_utf8(out, character);
    else
        put_escape(out, value, NO_CHARACTER, prefix);
    _thimble_puts(out, "'");
}

static void put_units(struct text *out, const char *prefix, const char *units, size_t i,
                      size_t count, unsigned width, size_t length) {
    for (size_t end = i + length; i < end; i++)
        put_escape(out, unit_at(units, width, i),
                   i + 1 < count ? (int64_t)unit_at(units, width, i + 1) : NO_CHARACTER, prefix);
}

/* Appends the character that begins at unit number i; returns how many units it takes. */
static size_t put_one(struct text *out, const char *prefix, const char *units, size_t i,
                      size_t count, unsigned width) {
    size_t length;
    int32_t character = character_at(units + i * width, width, count - i, &length);
    bool trigraph = character == '?' && i && unit_at(units, width, i - 1) == '?';
    if (character == '"' || trigraph)
        _thimble_printf(out, "\\%c", (char)character);
    else if (is_visible(character) && character != '\\')
        put_utf8(out, character);
    else
        put_units(out, prefix, units, i, count, width, length);
    return length;
}

size_t _thimble_put_literal(struct text *out, const char *prefix, const char *units, size_t count,
                            unsigned width, size_t most, size_t end) {
    size_t at = 0;
    _thimble_printf(out, "%s\"", prefix);
    for (size_t i = 0; at < count && i < most && out->length < end && !out->cut; i++)
        at += put_one(out, prefix, units, at, count, width);
    _thimble_puts(out, "\"");
    return at;
}

void _thimble_repr_string(struct text *out, const char *bytes, size_t length, size_t limit) {
    if (_thimble_put_literal(out, "", bytes, length, 1, limit, SIZE_MAX) < length)
        _thimble_puts(out, " /* ... */");
}
