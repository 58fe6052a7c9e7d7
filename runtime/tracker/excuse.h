/* excuse.h: blocks that are no leaks, as the code that had them was left by a jump. */
#ifndef TRACKER_EXCUSE_H
#define TRACKER_EXCUSE_H

#include <stdbool.h>
#include <stdint.h>

/* Whether the block of this number is one of those. */
bool _thimble_is_excused(uint32_t number);

#endif
