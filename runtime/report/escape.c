#include "escape.h"

uint32_t _thimble_code_point(const char *character, size_t size) {
    const unsigned char *at = (const unsigned char *)character;
    if (size == 1)
        return at[0];
    uint32_t point = at[0] & (0x7fU >> size);
    for (size_t i = 1; i < size; i++)
        point = point << 6 | (at[i] & 0x3fU);
    return point;
}

static bool is_plain(unsigned char byte) {
    switch (byte) {
    case '"':
    case '#':
    case '&':
    case '\'':
    case '<':
    case '>':
    case '\\':
        return false;
    default:
        return byte >= ' ' && byte < 0x7f;
    }
}

void _thimble_put_spelled(struct sink *sink, const char *bytes, size_t length,
                          spell_function *spell) {
    for (size_t at = 0; at < length;) {
        size_t start = at;
        while (at < length && is_plain((unsigned char)bytes[at]))
            at++;
        _thimble_sink_put(sink, bytes + start, at - start);
        if (at == length)
            return;
        char room[SPELLED_ROOM];
        size_t size = _thimble_character(bytes + at, length - at);
        const char *spelled = spell(bytes + at, size, room);
        if (spelled)
            _thimble_sink_puts(sink, spelled);
        else
            _thimble_sink_put(sink, bytes + at, size ? size : 1);
        at += size ? size : 1;
    }
}

const char *_thimble_spell_quoted(uint32_t point) {
    switch (point) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    default:
        return NULL;
    }
}
