#include "yaml.h"

#include <string.h>

#include "escape.h"

/* ---- One line, in quotes ---- */

/* Line breaks of some readers, and a mark that others drop. */
static bool is_odd(uint32_t point) {
    return (point >= 0x7f && point <= 0x9f) || point == 0x2028 || point == 0x2029 ||
           point == 0xfeff || point == 0xfffe || point == 0xffff;
}

static const char *spell(const char *character, size_t size, char room[SPELLED_ROOM]) {
    if (size == 0)
        return "\xef\xbf\xbd";
    uint32_t point = _thimble_code_point(character, size);
    const char *common = _thimble_spell_quoted(point);
    if (common)
        return common;
    if (point == '\t')
        return "\\t";
    if (point >= ' ' && !is_odd(point))
        return NULL;
    struct text text = _thimble_text(room, SPELLED_ROOM);
    _thimble_printf(&text, point < 0x100 ? "\\x%02x" : "\\u%04x", point);
    return room;
}

static void put_quoted(struct sink *sink, const struct span *value) {
    _thimble_sink_puts(sink, "\"");
    _thimble_put_spelled(sink, value->bytes, value->length, spell);
    _thimble_sink_puts(sink, "\"\n");
}

/* ---- Lines, as they stand ---- */

/* Readers look for these to find the end of the map. */
static bool is_mark(const char *line, size_t length) {
    while (length > 0 && (*line == ' ' || *line == '\t'))
        line++, length--;
    while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
        length--;
    return length == 3 && (memcmp(line, "...", 3) == 0 || memcmp(line, "---", 3) == 0);
}

static bool line_stands(const char *line, size_t length) {
    for (size_t at = 0; at < length;) {
        size_t size = _thimble_character(line + at, length - at);
        if (size == 0)
            return false;
        uint32_t point = _thimble_code_point(line + at, size);
        if ((point < ' ' && point != '\t') || is_odd(point))
            return false;
        at += size;
    }
    return !is_mark(line, length);
}

static size_t line_length(const char *at, const char *end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return (size_t)((newline ? newline : end) - at);
}

/* Perl's reader gives up on more in quotes than some tens of thousands of characters. */
#define LONG 1000

/* A block has several lines or a long one, begins with no space, and its last line is not
 * empty. (A newline at its end is there for the reader, whether it was in the value or not:
 * who cares asks JSON.) */
static bool is_block(const struct span *value) {
    const char *at = value->bytes, *end = at + value->length;
    if (value->length < 2 || strchr(" \t\n", *at) || (end[-1] == '\n' && end[-2] == '\n') ||
        (value->length < LONG && !memchr(at, '\n', value->length)))
        return false;
    while (at < end) {
        size_t length = line_length(at, end);
        if (!line_stands(at, length))
            return false;
        at += length + 1;
    }
    return true;
}

/* An empty line gets its spaces, too: some readers take it for the end otherwise. */
static void put_block(struct sink *sink, const char *indent, const struct span *value) {
    _thimble_sink_puts(sink, "|\n");
    const char *at = value->bytes, *end = at + value->length;
    while (at < end) {
        size_t length = line_length(at, end);
        _thimble_sink_puts(sink, indent);
        _thimble_sink_puts(sink, "  ");
        _thimble_sink_put(sink, at, length);
        _thimble_sink_puts(sink, "\n");
        at += length + 1;
    }
}

void _thimble_put_yaml(struct sink *sink, const char *indent, const char *key,
                       const struct span *value) {
    if (value->length == 0)
        return;
    _thimble_sink_printf(sink, "%s%s: ", indent, key);
    if (is_block(value))
        put_block(sink, indent, value);
    else
        put_quoted(sink, value);
}
