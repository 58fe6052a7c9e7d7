/* Simple forms of what explain.h promises. */
#include "../check/check.h"
#include "explain.h"

void __attribute__((weak)) _thimble_fail_calls(struct place place, const struct mock *mock,
                                               const char *written, const char *format, ...) {
    struct text what = _thimble_growing_text();
    va_list arguments;
    (void)mock;
    va_start(arguments, format);
    _thimble_printf(&what, "%s(%s): ", place.verb, written);
    _thimble_vprintf(&what, format, arguments);
    va_end(arguments);
    _thimble_fail_text(place.file, place.line, &what);
}

void __attribute__((weak)) _thimble_put_learned(struct text *out, const struct mock *mock,
                                                const char *written) {
    _thimble_printf(out, "assert(mock_call_count(%s) == %zu);", written,
                    _thimble_call_count(&mock->calls));
}
