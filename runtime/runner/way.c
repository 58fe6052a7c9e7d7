#include "way.h"

#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../check/trace.h"

/* Of a longer way that many calls are shown at each end. */
enum { MOST_SHOWN = 20, SHOWN_AT_END = 8, MOST_CALLS = 1024 };

/* A line of check/trace.h's. */
struct step {
    char kind;
    uint32_t count;
    uint64_t address;
    const char *name, *module;
};

/* One that people see. */
struct inner_call {
    const char *function;
    const char *file; /* null where the line is not known */
    int line;
};

static struct {
    struct symbols *symbols;
    const struct test *test;
    struct text answers; /* what the calls' texts are parts of */
    struct inner_call calls[MOST_CALLS];
    size_t count;
    uint64_t left_out; /* between those in front and behind */
    size_t left_out_at;
    bool deeper;           /* see TRACE_DEEPER */
    const char *outermost; /* function, shown or not */
} way;

static void begin_way(void) {
    if (!way.answers.grows)
        way.answers = _thimble_growing_text();
    way.answers.length = 0;
    way.count = 0;
    way.left_out = 0;
    way.deeper = false;
    way.outermost = "";
}

/* ---- Which calls there are ---- */

static bool is_users(const char *name) {
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        for (uint32_t i = 0; i < unit->function_count; i++) {
            const struct thimble_function *function = &unit->functions[i];
            if (!(function->flags & THIMBLE_SYSTEM) &&
                strcmp(_thimble_string(unit, function->name), name) == 0)
                return true;
        }
    }
    return false;
}

/* What the command says of one address, or what the test's process knew. */
static size_t find_calls(const struct step *step, struct inner_call *calls, size_t capacity) {
    size_t start = way.answers.length, count = 0;
    if (step->address &&
        _thimble_ask_symbols(way.symbols, step->module, step->address, &way.answers)) {
        for (char *rest = way.answers.data + start; *rest && count < capacity; count++) {
            char *line = _thimble_take_word(&rest, '\n');
            calls[count].function = _thimble_take_word(&line, '\t');
            calls[count].file = _thimble_take_word(&line, '\t');
            calls[count].line = (int)strtol(line, NULL, 10);
            if (!calls[count].line)
                calls[count].file = NULL;
        }
    }
    if (count == 0)
        calls[count++] = (struct inner_call){.function = step->name};
    return count;
}

static void add_step(const struct step *step) {
    struct inner_call *calls = way.calls + way.count;
    size_t capacity = MOST_CALLS - way.count, shown = 0;
    if (capacity == 0)
        return;
    size_t count = find_calls(step, calls, capacity);
    struct inner_call *last = &calls[count - 1];
    if (step->kind == TRACE_TEST && !last->file)
        last->function = way.test->name;
    bool known = !step->address && strcmp(last->function, way.outermost) == 0;
    known |= step->kind == TRACE_IN && strcmp(calls->function, step->name) == 0;
    for (size_t i = step->kind == TRACE_FAILED || known; i < count; i++) {
        bool is_test = step->kind == TRACE_TEST && &calls[i] == last;
        if (is_test || calls[i].file || is_users(calls[i].function))
            calls[shown++] = calls[i];
    }
    way.outermost = last->function;
    if (step->kind == TRACE_LEFT_OUT) {
        way.left_out += (uint64_t)step->count * shown;
        way.left_out_at = way.count;
    } else {
        way.count += shown;
    }
}

/* ---- Lines ---- */

static void put_call(struct text *text, const struct inner_call *call) {
    _thimble_puts(text, way.deeper ? "\n    called from " : "\n  called from ");
    if (call->file)
        _thimble_printf(text, "%s:%d", _thimble_plain_path(call->file), call->line);
    if (*call->function)
        _thimble_printf(text, "%s%s", call->file ? " in " : "", call->function);
}

static void put_calls(struct text *text) {
    size_t first = way.count, last = 0;
    uint64_t all = way.count + way.left_out;
    if (all > MOST_SHOWN) {
        size_t before = way.left_out ? way.left_out_at : way.count / 2;
        first = before < SHOWN_AT_END ? before : SHOWN_AT_END;
        last = way.count - before < SHOWN_AT_END ? way.count - before : SHOWN_AT_END;
    }
    for (size_t i = 0; i < first; i++)
        put_call(text, &way.calls[i]);
    if (all > first + last)
        _thimble_printf(text, "%s... %llu more calls ...", way.deeper ? "\n    " : "\n  ",
                        (unsigned long long)(all - first - last));
    for (size_t i = way.count - last; i < way.count; i++)
        put_call(text, &way.calls[i]);
}

/* ---- The message ---- */

/* False where the line is none of check/trace.h's. */
static bool read_step(char *line, struct step *step) {
    if (line[0] != TRACE_MARK || !line[1] || line[2] != ' ')
        return false;
    bool deeper = line[1] >= 'A' && line[1] <= 'Z';
    step->kind = (char)(deeper ? line[1] - 'A' + 'a' : line[1]);
    way.deeper |= deeper;
    char *rest = line + 3;
    step->count = (uint32_t)strtoul(_thimble_take_word(&rest, ' '), NULL, 10);
    step->address = strtoull(_thimble_take_word(&rest, ' '), NULL, 16);
    step->name = _thimble_take_word(&rest, ' ');
    step->module = rest;
    return *step->name != '\0';
}

bool _thimble_holds_way(const char *message, size_t length) {
    return memchr(message, TRACE_MARK, length) != NULL;
}

void _thimble_put_way(struct text *text, struct symbols *symbols, const struct test *test,
                      const char *message, size_t length) {
    char *rest = _thimble_strndup(&_thimble_arena, message, length);
    way.symbols = symbols;
    way.test = test;
    begin_way();
    while (*rest) {
        char *line = _thimble_take_word(&rest, '\n');
        struct step step;
        if (read_step(line, &step)) {
            add_step(&step);
            continue;
        }
        put_calls(text);
        begin_way();
        if (text->length > 0)
            _thimble_puts(text, "\n");
        _thimble_puts(text, line);
    }
    put_calls(text);
}
