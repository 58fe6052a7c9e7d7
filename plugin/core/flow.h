/* flow.h: where values go inside one function, as far as that tells of a block whose it is and
 * what it is for: which variables hold it, whether the function returns it, what it is used as,
 * and of what the size was made that was asked for.
 *
 * A reader says it step by step while it walks the function. In what order the steps are done
 * does not count: what can go somewhere goes there.
 */
#ifndef CORE_FLOW_H
#define CORE_FLOW_H

#include "table.h"
#include <stdbool.h>

/* What a pointer points to. */
struct pointed {
    const void *type; /* the reader's own; null: there is no pointer */
    bool is_void, is_char, is_function;
    bool is_byte; /* a char, or a number of its size */
};

struct flow_step;
struct flow_use;

/* Of one function. All zeros, nothing was told yet. */
struct flow {
    struct table nodes;
    uint32_t node_count;
    struct flow_step *steps;
    size_t step_count, step_capacity;
    struct flow_use *uses;
    size_t use_count, use_capacity;
    bool *seen; /* while a question is answered */
    size_t seen_capacity;
};

void flow_free(struct flow *);

/* A variable, or a call's value, by the compiler's node for it; what a call is asked for: the
 * numbers among its arguments. */
enum flow_part { FLOW_VALUE, FLOW_ASKED };
struct flow_place {
    const void *node;
    enum flow_part part;
};
/* What the function returns; its parameters that are numbers; what another function may put
 * into a variable whose address it got. */
extern const struct flow_place flow_returned, flow_parameters, flow_unseen;

/* `moved`: not the value itself, but an address behind it. */
void flow_goes(struct flow *, struct flow_place from, struct flow_place to, bool moved);
/* The value is used as a pointer to this; as one to void it is not used yet. */
void flow_becomes(struct flow *, struct flow_place from, const struct pointed *);

/* Whether it gets there; *moved (it may be null) says whether as an address behind it. */
bool flow_reaches(struct flow *, struct flow_place from, struct flow_place to, bool *moved);
/* What it is used as first, by itself or (`far`) by what it reaches without being moved. Null:
 * as nothing. */
const struct pointed *flow_use(struct flow *, struct flow_place from, bool far);

#endif
