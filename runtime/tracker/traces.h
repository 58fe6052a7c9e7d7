/* traces.h: sites and stacks by number. A unit's sites have numbers one after another; a
 * stack gets the next one when it is first seen. Nothing here calls malloc. */
#ifndef TRACKER_TRACES_H
#define TRACKER_TRACES_H

#include "tracker.h"

/* Gives the unit's sites their numbers, from unit->first_trace on; 0 where there are none
 * left. Under the registry's lock. */
void _thimble_number_sites(struct unit *);

/* See _thimble_keep_frames. */
extern unsigned _thimble_frames;
void _thimble_prepare_frames(unsigned count);

/* The number of a stack with this site (0: foreign code) at its end, as the program stands
 * now. `frame` and `place`: the frame address, and where it returns to, of the function that
 * the site's function, or foreign code, called. */
uint32_t _thimble_stack_trace(const struct unit *, uint32_t site_trace, const void *frame,
                              const void *place);

/* Around a fork. */
void _thimble_hold_traces(void);
void _thimble_let_traces_go(void);

size_t _thimble_traces_size(void);

#endif
