#include <string.h>

#include "check.h"
#include "libc.h"
#include "operands.h"

void _thimble_assert_failed(const char *expression, const char *file, unsigned line,
                            const char *function) {
    (void)function;
    struct text what = _thimble_growing_text();
    _thimble_printf(&what, "assert(%s)", expression);
    _thimble_put_operands(&what);
    _thimble_fail_text(file, (int)line, &what);
}

void _thimble_assert_perror_failed(int error, const char *file, unsigned line,
                                   const char *function) {
    (void)function;
    char buffer[1024];
    struct text what = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&what, "assert_perror: %s", strerror(error));
    _thimble_fail_text(file, (int)line, &what);
}
