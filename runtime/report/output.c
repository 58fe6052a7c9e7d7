#include "output.h"

#include <unistd.h>

struct sink *_thimble_output(void) {
    static char buffer[16 * 1024];
    static struct sink output = {.file = STDOUT_FILENO, .size = sizeof(buffer), .buffer = buffer};
    return &output;
}

void _thimble_out(const char *bytes, size_t length) {
    _thimble_sink_put(_thimble_output(), bytes, length);
}

void _thimble_outs(const char *string) {
    _thimble_sink_puts(_thimble_output(), string);
}

void _thimble_outf(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    _thimble_sink_vprintf(_thimble_output(), format, arguments);
    va_end(arguments);
}

bool _thimble_flush_output(void) {
    return _thimble_sink_flush(_thimble_output());
}
