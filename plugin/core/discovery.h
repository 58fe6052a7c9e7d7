/* discovery.h: a unit on its way to being finished: what is in it for tests. For core's own
 * files.
 *
 * First it is seen who makes values (fixtures.c); then which functions are tests
 * (discovery.c), whose parameters somebody provides (parameters.c) or whose first one goes
 * through an array of cases (cases.c). Then come the fixtures, and whom they ask (graph.c),
 * the cases, and the marks (marks.c).
 */
#ifndef CORE_DISCOVERY_H
#define CORE_DISCOVERY_H

#include "line.h"
#include "model_data.h"

enum { LONGEST_MESSAGE = 1024 };

/* A function that makes a value, as far as the unit sees one. */
struct provider {
    enum thimble_fixture_kind kind;
    const char *name; /* the value's */
    uint32_t function;
    uint32_t type; /* the value's */
    /* For the search for circles: */
    enum { PROVIDER_NEW, PROVIDER_OPEN, PROVIDER_DONE } visit;
    const struct provider *asked_by;
};

struct discovery {
    struct model *model;
    model_error *error;
    void *context;
    /* The unit is plainly about tests: what is wrong is the user's mistake. */
    bool strict;
    struct provider *providers; /* those with a body first */
    size_t provider_count, provider_capacity;
};

/* Reports a mistake at a function's parameter; at the function for THIMBLE_NONE. */
void discovery_say(struct discovery *, uint32_t function, uint32_t parameter, const char *message);

/* ---- discovery.c ---- */

/* The place of a function among the tests, or THIMBLE_NONE. */
uint32_t discovery_test_of(const struct model *, uint32_t function);

/* ---- fixtures.c ---- */

void fixtures_see(struct discovery *);
/* Behind the tests. */
void fixtures_add(struct discovery *);
const struct provider *fixtures_provider(const struct discovery *, const char *value);

/* ---- graph.c ---- */

/* For a strict unit. */
void graph_check(struct discovery *);

/* ---- parameters.c ---- */

const struct thimble_member *parameters_get(const struct model *, uint32_t function, uint32_t i);
uint32_t parameters_count(const struct model *, uint32_t function);
/* What a pointer points to, behind typedefs and its qualifiers; or null. */
const struct thimble_type *parameters_pointed_to(const struct model *, uint32_t type,
                                                 uint32_t *qualifiers);
bool parameters_is_string(const struct model *, uint32_t type); /* const char * */
/* As a fixture's name has to be: without what the header's macros put in front. */
const char *parameters_name(const struct model *, const struct thimble_member *);

enum parameters_verdict {
    PARAMETERS_PROVIDED,
    PARAMETERS_UNSEEN, /* by somebody in another file, perhaps */
    PARAMETERS_WRONG   /* by nobody at all; or the unit uses the function as a helper */
};

/* Whether the function's parameters from number `first` on are provided; in a strict unit
 * says what is wrong with them. `why` gets the reason where they are not. */
enum parameters_verdict parameters_judge(struct discovery *, uint32_t function, uint32_t first,
                                         struct line *why);

/* Whether a built-in fixture makes the value of this name; for each test, all of them. */
bool parameters_built_in(const char *name);

/* ---- cases.c ---- */

/* Whether the test goes through an array of cases with its first parameter. */
bool cases_serve(struct discovery *, uint32_t function);
void cases_add(struct discovery *);

/* ---- marks.c ---- */

void marks_add(struct discovery *);

#endif
