/* expect: an assert after which the test goes on. */
#include <thimble/check.h>

#include "check.h"
#include "operands.h"

void thimble_expect_failed(const char *text, const char *file, int line) {
    struct text what = _thimble_growing_text();
    _thimble_printf(&what, "expect(%s)", text);
    _thimble_put_operands(&what);
    _thimble_expect_text(file, line, &what);
}
