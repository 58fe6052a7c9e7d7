/* single.h: whether a process has other threads. */
#ifndef BASE_SINGLE_H
#define BASE_SINGLE_H

#include <stdbool.h>

/* False also where nobody can tell. */
bool _thimble_single_threaded(void);

#endif
