/* expect: an assert after which the test goes on. */
#include <thimble/check.h>

#include "check.h"
#include "operands.h"

void thimble_expect_failed(const char *text, const char *file, int line) {
    char bytes[8192]; /* in a loop it may fail any number of times */
    struct text what = _thimble_text(bytes, sizeof bytes);
    _thimble_printf(&what, "expect(%s)", text);
    _thimble_put_operands(&what);
    _thimble_expect_text(file, line, &what);
}
