/* Which functions may come to call themselves. */
#include "check.h"

#include <stddef.h>

#include "call_graph.h"

enum { TEST = 10, HELPER, ASSERTS, LOOP, EVEN, ODD, VISIT, CALLBACK, HANDLER, BETWEEN };

static void add_all(struct call_graph *calls) {
    static const struct {
        uint64_t caller, callee;
    } all[] = {
        {TEST, HELPER},
        {TEST, LOOP},
        {HELPER, ASSERTS},
        {HELPER, ASSERTS},
        {LOOP, LOOP},
        {LOOP, ASSERTS},
        {EVEN, ODD},
        {ODD, EVEN},
        {TEST, EVEN},
        {TEST, VISIT},
        {VISIT, CALL_GRAPH_POINTER},
        {CALL_GRAPH_POINTER, CALLBACK},
        {CALLBACK, ASSERTS},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        call_graph_add(calls, all[i].caller, all[i].callee);
}

static void check_circles(void) {
    struct call_graph *calls = call_graph_new();
    add_all(calls);
    call_graph_finish(calls);
    CHECK(!call_graph_recursive(calls, TEST) && !call_graph_recursive(calls, HELPER));
    CHECK(!call_graph_recursive(calls, ASSERTS) && !call_graph_recursive(calls, HANDLER));
    CHECK(call_graph_recursive(calls, LOOP));
    CHECK(call_graph_recursive(calls, EVEN) && call_graph_recursive(calls, ODD));
    CHECK(!call_graph_recursive(calls, VISIT) && !call_graph_recursive(calls, CALLBACK));
    call_graph_free(calls);
}

/* As in an interpreter, whose handlers call each other through a table. */
static void check_pointers(void) {
    struct call_graph *calls = call_graph_new();
    add_all(calls);
    call_graph_add(calls, CALL_GRAPH_POINTER, HANDLER);
    call_graph_add(calls, HANDLER, CALL_GRAPH_POINTER);
    call_graph_add(calls, HANDLER, BETWEEN);
    call_graph_add(calls, BETWEEN, LOOP);
    call_graph_finish(calls);
    CHECK(call_graph_recursive(calls, HANDLER));
    CHECK(!call_graph_recursive(calls, VISIT) && !call_graph_recursive(calls, CALLBACK));
    CHECK(call_graph_recursive(calls, BETWEEN)); /* in none, but nobody looks that closely */
    call_graph_free(calls);
}

static void check_none(void) {
    struct call_graph *calls = call_graph_new();
    call_graph_finish(calls);
    CHECK(!call_graph_recursive(calls, TEST));
    call_graph_free(calls);
}

void check_call_graph(void) {
    check_circles();
    check_pointers();
    check_none();
}
