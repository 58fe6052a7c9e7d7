#include "../check/check.h"
#include "../registry/registry.h"
#include <string.h>
#include <thimble/base.h>

THIMBLE_API void thimble_missing(const char *symbol);

static const struct thimble_function *describe(const char *symbol, const struct unit **unit) {
    for (*unit = _thimble_units(); *unit; *unit = (*unit)->next)
        for (uint32_t i = 0; i < (*unit)->function_count; i++) {
            const struct thimble_function *function = &(*unit)->functions[i];
            if (!(function->flags & THIMBLE_INTERNAL) &&
                (!strcmp(_thimble_string(*unit, function->identity), symbol) ||
                 !strcmp(_thimble_string(*unit, function->name), symbol)))
                return function;
        }
    return NULL;
}

/* Said at its declaration: of the call only the way there is known. */
void thimble_missing(const char *symbol) {
    const struct unit *unit;
    const struct thimble_function *function = describe(symbol, &unit);
    const char *name = function ? _thimble_string(unit, function->name) : symbol;
    _thimble_fail_called(function ? _thimble_string(unit, function->file) : "?",
                         function ? (int)function->line : 0,
                         "%s was called, and nothing in this link defines it\n"
                         "  mock(%s) or patch(%s, …) before it is called",
                         name, name, name);
}
