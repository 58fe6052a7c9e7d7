/* distance.h: how far a word is from one that somebody may have meant. */
#ifndef BASE_DISTANCE_H
#define BASE_DISTANCE_H

#include <stddef.h>

/* How many characters have to be put in, taken out, exchanged or swapped with their
 * neighbour. Long words are compared by their ends, where paths differ. */
size_t _thimble_distance(const char *a, const char *b);

#endif
