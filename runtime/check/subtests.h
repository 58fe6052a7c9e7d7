/* subtests.h: what the subtests of a test had to say, on its way to the reports: in the
 * slate's text, which is the test's message, in the order of what was said. */
#ifndef CHECK_SUBTESTS_H
#define CHECK_SUBTESTS_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/text.h"

struct subtest {
    enum { SUBTEST_PASSED, SUBTEST_FAILED, SUBTEST_SKIPPED } outcome;
    double seconds;
    struct span name;
    struct span message;
};

/* Takes a message apart: what is no subtest's is put into *own, its subtests into the list
 * as far as there is room. Returns how many there are. */
uint32_t _thimble_split_subtests(struct span message, struct text *own, struct subtest *list,
                                 uint32_t room);

#endif
