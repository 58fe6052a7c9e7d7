/* A thread's stack for people, where there is no debugger to show it. */
#include <stdlib.h>
#include <string.h>

#include "../base/text.h"
#include "../base/unwinder.h"
#include "../memory/ask.h"
#include "../registry/registry.h"
#include "apart.h"
#include "code.h"
#include "stop.h"

enum { MOST_FRAMES = 64 };

/* Seconds. */
#define PATIENCE 7.0

struct telling {
    struct stop_desk *desk;
    struct unwinder unwinder;
    struct symbols symbols;
    struct text lines;
    size_t count;
};

/* The plugin gives a program's main another name. */
static void put(struct telling *telling, const char *function, const char *file, long line) {
    struct text *lines = &telling->lines;
    if (strcmp(function, "program_main") == 0)
        function = "main";
    _thimble_puts(lines, "  called from ");
    if (line)
        _thimble_printf(lines, "%s:%ld in ", _thimble_plain_path(file), line);
    _thimble_printf(lines, "%s\n", function);
}

/* The functions that are inlined there, too. */
static void put_frame(struct telling *telling, uintptr_t address) {
    struct code code = _thimble_code_at(address);
    struct text answer = _thimble_growing_text();
    size_t before = telling->lines.length;
    if (!code.name || !_thimble_is_users_code(&code))
        return;
    if (_thimble_ask_symbols(&telling->symbols, code.name, address - code.bias, &answer)) {
        for (char *rest = answer.data; *rest;) {
            char *line = _thimble_take_word(&rest, '\n');
            const char *function = _thimble_take_word(&line, '\t'),
                       *file = _thimble_take_word(&line, '\t');
            long number = strtol(line, NULL, 10);
            if (number)
                put(telling, function, file, number);
        }
    }
    const char *known = _thimble_function_at(address);
    if (telling->lines.length == before && known && strcmp(known, "_start") != 0)
        put(telling, known, "", 0);
}

static _Unwind_Reason_Code visit(struct _Unwind_Context *context, void *data) {
    struct telling *telling = data;
    int exact = 0;
    uintptr_t address = telling->unwinder.address(context, &exact);
    put_frame(telling, address - !exact);
    return ++telling->count < MOST_FRAMES ? _URC_NO_REASON : _URC_END_OF_STACK;
}

static void tell(void *data) {
    struct stop_desk *desk = data;
    struct telling telling = {.desk = desk};
    telling.lines = _thimble_text(desk->stack, sizeof(desk->stack));
    if (_thimble_find_unwinder(&telling.unwinder))
        telling.unwinder.backtrace(visit, &telling);
    _thimble_end_symbols(&telling.symbols);
}

void _thimble_tell_stack(struct stop_desk *desk) {
    _thimble_apart(tell, desk, PATIENCE);
    atomic_store(&desk->state, STOP_TOLD);
}
