/* selection.h: tests to select from, for the runtime's unit tests. */
#ifndef RUNTIME_SELECTION_H
#define RUNTIME_SELECTION_H

#include "../../../runtime/runner/test.h"

/* Nine: 0 to 4 in a.c, of which 1 to 3 are cases of one test and 0 is tagged slow; 5 to 8
 * in sub/b.c, of which 5 to 7 share a module. Fresh ones each time, in the same place. */
struct tests zoo_tests(void);

#endif
