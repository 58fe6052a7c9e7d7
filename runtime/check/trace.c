#include "trace.h"

#include <string.h>

#include "../base/text.h"
#include "../base/unwinder.h"
#include "../debug/apart.h"
#include "../debug/code.h"
#include "../debug/stop.h"

/* How many frames are kept from each end, and how many different ones are told apart
 * between. */
enum { FIRST = 16, LAST = 16, DIFFERENT = 64, DEEPEST = 1 << 20 };

/* Seconds for a process that walks the stack. */
#define PATIENCE 2.0

struct counted {
    uintptr_t address;
    uint32_t count;
};

struct walk {
    const struct trace_request *request;
    bool complete; /* the frame that called the test's code was reached */
    uint32_t count;
    uintptr_t first[FIRST];
    uintptr_t last[LAST]; /* frame number i is at (i - FIRST) % LAST */
    struct counted between[DIFFERENT];
    size_t between_count;
};

/* ---- Walking ---- */

static void count_between(struct walk *walk, uintptr_t address) {
    size_t i = 0;
    while (i < walk->between_count && walk->between[i].address != address)
        i++;
    if (i == DIFFERENT)
        i--; /* one more of an address is told, where this one would have to be */
    if (i == walk->between_count)
        walk->between[walk->between_count++] = (struct counted){.address = address};
    walk->between[i].count++;
}

static void add(struct walk *walk, uintptr_t address) {
    if (walk->count < FIRST) {
        walk->first[walk->count++] = address;
        return;
    }
    uintptr_t *place = &walk->last[(walk->count++ - FIRST) % LAST];
    if (walk->count > FIRST + LAST)
        count_between(walk, *place);
    *place = address;
}

static struct unwinder unwinder;

static _Unwind_Reason_Code visit_frame(struct _Unwind_Context *context, void *data) {
    struct walk *walk = data;
    const void *outermost = walk->request->outermost;
    if ((const void *)unwinder.frame(context) == outermost) {
        walk->complete = true;
        return _URC_END_OF_STACK;
    }
    /* A call's line is that of its last byte: what comes back may be the next line's, or
     * another function's. */
    int exact = 0;
    uintptr_t address = unwinder.address(context, &exact);
    address -= !exact;
    struct code code = _thimble_code_at(address);
    if (_thimble_is_users_code(&code))
        add(walk, address);
    return walk->count < DEEPEST ? _URC_NO_REASON : _URC_END_OF_STACK;
}

/* ---- Writing it down ---- */

static void put(struct text *text, char kind, uint32_t count, uintptr_t address,
                const char *function) {
    struct code code = _thimble_code_at(address);
    const char *known = function ? function : _thimble_function_at(address);
    /* A name with a line's end in it can't be told. */
    if (!code.name || strchr(code.name, '\n'))
        code = (struct code){.name = "?"};
    if (text->length > 0)
        _thimble_puts(text, "\n");
    _thimble_printf(text, "%c%c %u %llx %s %s", TRACE_MARK, kind, count,
                    (unsigned long long)(address - code.bias), known ? known : "?", code.name);
}

static char kind_of(const struct walk *walk, uint32_t i) {
    const struct trace_request *request = walk->request;
    if (i == 0 && !request->elsewhere)
        return request->function ? TRACE_IN : TRACE_FAILED;
    bool outermost = i + 1 == walk->count && walk->complete;
    return outermost && request->in_test ? TRACE_TEST : TRACE_CALLER;
}

static void put_walk(struct text *text, const struct walk *walk) {
    for (uint32_t i = 0; i < walk->count && i < FIRST; i++)
        put(text, kind_of(walk, i), 1, walk->first[i], i == 0 ? walk->request->function : NULL);
    for (size_t i = 0; i < walk->between_count; i++)
        put(text, TRACE_LEFT_OUT, walk->between[i].count, walk->between[i].address, NULL);
    uint32_t i = walk->count > FIRST + LAST ? walk->count - LAST : FIRST;
    for (; i < walk->count; i++)
        put(text, kind_of(walk, i), 1, walk->last[(i - FIRST) % LAST], NULL);
    if (walk->request->in_test && !walk->complete)
        put(text, TRACE_TEST, 1, 0, NULL);
}

void _thimble_put_frames(struct text *text, const char *function, const uintptr_t *frames,
                         size_t count, bool deeper) {
    for (size_t i = 0; i < count; i++) {
        struct code code = _thimble_code_at(frames[i] - 1);
        char kind = i == 0 ? TRACE_IN : TRACE_CALLER;
        if (_thimble_is_users_code(&code))
            put(text, deeper ? TRACE_DEEPER(kind) : kind, 1, frames[i] - 1,
                i == 0 ? function : NULL);
    }
}

/* ---- A process for it ---- */

struct tracing {
    struct slate *slate;
    const struct trace_request *request;
};

static void walk_stack(void *data) {
    const struct tracing *tracing = data;
    struct walk walk = {.request = tracing->request};
    if (!_thimble_find_unwinder(&unwinder))
        return;
    unwinder.backtrace(visit_frame, &walk);
    struct text text = _thimble_growing_text();
    put_walk(&text, &walk);
    if (text.length > 0)
        _thimble_slate_add(tracing->slate, text.data, text.length);
}

void _thimble_trace(struct slate *slate, const struct trace_request *request) {
    struct tracing tracing = {slate, request};
    /* A debugger's own breakpoint, where libraries are loaded, would end another process. */
    if (_thimble_tracer() == TRACER_DEBUGGER)
        _thimble_find_unwinder(&unwinder);
    atomic_store(&slate->tracing, true);
    _thimble_apart(walk_stack, &tracing, PATIENCE);
    atomic_store(&slate->tracing, false);
}
