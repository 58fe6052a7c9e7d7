/* nearest.h: what somebody who mistyped may have meant. */
#ifndef RUNNER_NEAREST_H
#define RUNNER_NEAREST_H

#include <stddef.h>

/* The best candidate so far for a word. Begin with all but the word zero. */
struct nearest {
    const char *word;
    const char *best; /* null while there is none */
    size_t distance;  /* between the two, see base/distance.h */
};

void _thimble_consider(struct nearest *, const char *candidate);

#endif
