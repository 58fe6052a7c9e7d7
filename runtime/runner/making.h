/* making.h: set-up and teardown that outlive a test, in the process that its tests are forked
 * from. */
#ifndef RUNNER_MAKING_H
#define RUNNER_MAKING_H

#include "../check/running.h"
#include "session.h"

/* Whether all runs in the user's own process: what would end that is caught. */
bool _thimble_is_alone(const struct session *);

/* User code that sets up runs in this process: what it is, among session->deaths. */
uint32_t _thimble_module_maker(const struct module *);
uint32_t _thimble_fixture_maker(const struct fixture *);

void _thimble_begin_making(struct session *, struct lane *, uint32_t maker);
/* Null where the user's function returned; else what is to be said about it, which stays.
 * *instead is then what becomes of the tests that need it. */
const char *_thimble_end_making(struct lane *, const struct left *, const char *function,
                                enum outcome *instead);

/* What is known of one in which a process died, or null. */
const char *_thimble_known_death(const struct session *, uint32_t maker);

/* Makes the values of that lifetime that a request needs and that are not there. What fails
 * is written down in its fixture. */
void _thimble_make_shared(struct session *, struct lane *, const struct request *, enum lifetime);

/* Teardown runs in this process until it is said to have ended; failures then go to the
 * reports under the number of what stands for it. */
void _thimble_begin_ending(struct session *, struct lane *, uint32_t stand_in);
void _thimble_end_ending(struct session *, struct lane *);
/* Ends all values of that lifetime. */
void _thimble_end_shared(const struct session *, struct lane *, enum lifetime);
/* Calls a teardown. */
void _thimble_call_ending(const struct session *, struct lane *, const struct call *);

/* The values of the whole run, in the keeper or where there is only one process. What they
 * inject lasts until the second. */
void _thimble_make_session(struct session *, struct scope *);
void _thimble_end_session(struct session *, struct scope *);

#endif
