/* Functions of libc's that mean something else in a test: the units' calls of them go to
 * ours, where no mock of the user's says otherwise. */
#include <string.h>

#include "../registry/registry.h"
#include "exits.h"
#include "libc.h"
#include "running.h"
#include "signals.h"

static const struct {
    const char *identity;
    void (*ours)(void);
} functions[] = {
#define FUNCTION(identity, ours)                                                                   \
    { identity, (void (*)(void))(ours) }
    FUNCTION("__assert_fail", _thimble_assert_failed),
    FUNCTION("__assert_perror_fail", _thimble_assert_perror_failed),
    FUNCTION("exit", _thimble_exit),
    FUNCTION("quick_exit", _thimble_quick_exit),
    FUNCTION("_exit", _thimble_underscore_exit),
    FUNCTION("_Exit", _thimble_underscore_exit),
    FUNCTION("abort", _thimble_abort),
    FUNCTION("raise", _thimble_raise),
    FUNCTION("kill", _thimble_kill),
#undef FUNCTION
};

enum { FUNCTIONS = sizeof(functions) / sizeof(functions[0]) };

static void take_in(struct unit *unit) {
    for (uint32_t i = 0; i < unit->function_count; i++) {
        const struct thimble_function *function = &unit->functions[i];
        if (function->slot == THIMBLE_NONE)
            continue;
        const char *identity = _thimble_string(unit, function->identity);
        for (int j = 0; j < FUNCTIONS; j++) {
            if (strcmp(identity, functions[j].identity) == 0)
                unit->object->slots[function->slot] = (void *)(uintptr_t)functions[j].ours;
        }
    }
}

void _thimble_catch_asserts(void) {
    _thimble_each_unit(take_in);
}
