/* fixtures.h: who makes the values that tests ask for by naming a parameter.
 *
 *   fixture   a function `T fixture_NAME(…)`, and what is known of the value it made
 *   source    where a parameter's value comes from
 *   request   a function of the user's with the sources of its parameters
 */
#ifndef RUNNER_FIXTURES_H
#define RUNNER_FIXTURES_H

#include "call.h"

/* How long a value lives; the longest is the greatest. */
enum lifetime { LIFETIME_TEST, LIFETIME_MODULE, LIFETIME_SESSION, LIFETIME_COUNT };

struct source {
    enum { SOURCE_FIXTURE, SOURCE_TMP_PATH, SOURCE_CAPTURE, SOURCE_CASE } kind;
    struct fixture *fixture; /* of a FIXTURE */
};

struct request {
    struct call call;
    struct source *sources;
    bool tmp_path, captures; /* it or a fixture of its needs them */
    bool module, session;    /* … values that live as long */
    bool ends;               /* … values that have a teardown */
};

struct fixture {
    const struct thimble_fixture *record;
    struct request make;
    struct call end;  /* its teardown; without an address where it has none */
    const char *name; /* the value's */
    const char *function;
    enum lifetime lifetime;
    uint32_t number;   /* among all of the program's */
    const char *wrong; /* why it can't be used; known once it is RESOLVED */
    enum { FOUND, RESOLVING, RESOLVED } state;
    /* ---- in the process that made the value ---- */
    bool made;
    void *value;
    const char *failed; /* what it said when it did not make one */
    uint32_t instead;   /* an enum outcome: what then becomes of the tests that need it */
    struct fixture *made_before;
};

/* All fixtures of the program; call once. */
void _thimble_find_fixtures(void);
uint32_t _thimble_fixture_count(void);
struct fixture *_thimble_fixture(uint32_t number);

/* Finds the sources of all parameters; of the first, where `first` is its case. False,
 * with a line for the user in `wrong`, where one has none. */
bool _thimble_resolve(struct request *, const struct unit *, const struct thimble_function *,
                      bool first_is_case, struct text *wrong);

/* Whether somebody provides a test's parameters. */
bool _thimble_is_provided(const struct unit *, const struct thimble_function *, bool first_is_case);

#endif
