#include <string.h>

#include "../registry/registry.h"
#include "check.h"
#include "operands.h"
#include "running.h"

/* What the function of a failed assert is told; the C libraries agree on it. */
static void __attribute__((noreturn))
assert_failed(const char *expression, const char *file, unsigned line, const char *function) {
    (void)function;
    struct text what = _thimble_growing_text();
    _thimble_printf(&what, "assert(%s)", expression);
    _thimble_put_operands(&what);
    _thimble_fail_text(file, (int)line, &what);
}

static void __attribute__((noreturn))
assert_perror_failed(int error, const char *file, unsigned line, const char *function) {
    (void)function;
    char buffer[1024];
    struct text what = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&what, "assert_perror: %s", strerror(error));
    _thimble_fail_text(file, (int)line, &what);
}

/* The unit's calls of the functions behind <assert.h>'s macros go to ours. */
static void catch_asserts_of(struct unit *unit) {
    for (uint32_t i = 0; i < unit->function_count; i++) {
        const struct thimble_function *function = &unit->functions[i];
        if (function->slot == THIMBLE_NONE)
            continue;
        const char *identity = _thimble_string(unit, function->identity);
        if (strcmp(identity, "__assert_fail") == 0)
            unit->object->slots[function->slot] = (void *)assert_failed;
        else if (strcmp(identity, "__assert_perror_fail") == 0)
            unit->object->slots[function->slot] = (void *)assert_perror_failed;
    }
}

void _thimble_catch_asserts(void) {
    _thimble_each_unit(catch_asserts_of);
}
