/* call_graph.h: who calls whom in a unit, to tell which functions may come to call themselves.
 * There it may take tail calls for the stack to suffice.
 */
#ifndef CORE_CALL_GRAPH_H
#define CORE_CALL_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

struct call_graph;

/* Stands for every call through a pointer, and so calls all functions whose address is
 * taken. A function's key is another number. */
#define CALL_GRAPH_POINTER UINT64_C(0)

struct call_graph *call_graph_new(void);
void call_graph_free(struct call_graph *);

void call_graph_add(struct call_graph *, uint64_t caller, uint64_t callee);
/* Call once, when all calls were added. */
void call_graph_finish(struct call_graph *);
/* Whether the function is part of a circle; or stands between two. */
bool call_graph_recursive(const struct call_graph *, uint64_t function);

#endif
