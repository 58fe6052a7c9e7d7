#include "output.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "../base/text.h"

static char buffer[16 * 1024];
static size_t used;
static bool broken;

bool _thimble_flush_output(void) {
    if (!broken && used > 0)
        broken = !_thimble_write(STDOUT_FILENO, buffer, used);
    used = 0;
    return !broken;
}

void _thimble_out(const char *bytes, size_t length) {
    while (length > 0) {
        if (used == sizeof(buffer))
            _thimble_flush_output();
        size_t room = sizeof(buffer) - used;
        size_t part = length < room ? length : room;
        memcpy(buffer + used, bytes, part);
        used += part;
        bytes += part;
        length -= part;
    }
}

void _thimble_outs(const char *string) {
    _thimble_out(string, strlen(string));
}

void _thimble_outf(const char *format, ...) {
    char line[4096];
    struct text text = _thimble_text(line, sizeof(line));
    va_list arguments;
    va_start(arguments, format);
    _thimble_vprintf(&text, format, arguments);
    va_end(arguments);
    _thimble_out(text.data, text.length);
}

size_t _thimble_character(const char *bytes, size_t length) {
    const unsigned char *at = (const unsigned char *)bytes;
    size_t size = at[0] < 0x80                    ? 1
                  : at[0] >= 0xc2 && at[0] < 0xe0 ? 2
                  : at[0] >= 0xe0 && at[0] < 0xf0 ? 3
                  : at[0] >= 0xf0 && at[0] < 0xf5 ? 4
                                                  : 0;
    if (size == 0 || size > length)
        return 0;
    for (size_t i = 1; i < size; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    }
    /* Overlong forms, surrogates, and what lies above U+10FFFF. */
    bool bad = (at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
               (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f);
    return bad ? 0 : size;
}
