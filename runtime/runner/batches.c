#include "batches.h"

#include <string.h>

#include "../base/arena.h"

/* A teardown that fails is shown like a test that has its name. */
static struct test *stand_in(const struct test *test, const char *label) {
    struct test *stand_in = _thimble_alloc(&_thimble_arena, sizeof(*stand_in));
    *stand_in = (struct test){.unit = test->unit, .function = test->function, .file = test->file};
    stand_in->path = test->path;
    stand_in->timeout = -1;
    stand_in->name = stand_in->label = label;
    struct text id = _thimble_growing_text();
    const char *colons = strstr(test->id, "::");
    _thimble_put(&id, test->id, (size_t)(colons - test->id));
    _thimble_printf(&id, "::%s", label);
    stand_in->id = id.data;
    return stand_in;
}

static const char *teardown_name(const struct module *module) {
    const struct call *call = &module->teardown_module;
    return call->address ? _thimble_string(call->unit, call->function->name) : "teardown_module";
}

static uint32_t add_stand_in(struct session *session, const struct test *test, const char *label) {
    session->tests[session->result_count] = stand_in(test, label);
    return session->result_count++;
}

/* Tests of one module stand together; a round ends a batch, too. */
static uint32_t batch_end(const struct session *session, uint32_t first, uint32_t round_end) {
    const struct module *module = session->tests[first]->module;
    uint32_t end = first + 1;
    while (module && end < round_end && session->tests[end]->module == module)
        end++;
    return end;
}

static void add_batches(struct session *session, struct batch *list, uint32_t first,
                        uint32_t round_end) {
    while (first < round_end) {
        uint32_t end = batch_end(session, first, round_end);
        const struct test *test = session->tests[first];
        struct batch *batch = &list[session->batch_count++];
        *batch = (struct batch){first, end - first, test->module, NO_TEST};
        if (test->module)
            batch->teardown = add_stand_in(session, test, teardown_name(test->module));
        first = end;
    }
}

static const struct test *first_with_session(const struct session *session) {
    for (uint32_t i = 0; i < session->test_count; i++) {
        const struct test *test = session->tests[i];
        if (test->request.session && !test->wrong && !test->skip)
            return test;
    }
    return NULL;
}

void _thimble_make_batches(struct session *session, const struct selection *selection) {
    uint32_t count = selection->count * selection->rounds;
    session->tests =
        _thimble_alloc(&_thimble_arena, (2 * (size_t)count + 1) * sizeof(*session->tests));
    if (count > 0)
        memcpy(session->tests, selection->list, count * sizeof(*session->tests));
    session->test_count = session->result_count = count;
    session->rounds = selection->rounds;
    struct batch *list = _thimble_alloc(&_thimble_arena, (count + 1) * sizeof(*list));
    uint32_t round = selection->count;
    for (uint32_t first = 0; first < count; first += round)
        add_batches(session, list, first, first + round);
    session->batches = list;
    const struct test *test = first_with_session(session);
    session->session_teardown = test ? add_stand_in(session, test, "session_teardown") : NO_TEST;
}
