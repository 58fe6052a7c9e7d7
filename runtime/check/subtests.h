/* subtests.h: what the subtests of a test had to say, on its way to the reports: in the
 * slate's text, which is the test's message, in the order of what was said.
 *
 * There a line that begins with SUBTEST_MARK is none of the text's:
 *
 *     SUBTEST_MARK SUBTEST_SAYS NUMBER NAME                what follows is that subtest's
 *     SUBTEST_MARK SUBTEST_HAS_SAID                        up to here
 *     SUBTEST_MARK OUTCOME NUMBER MICROSECONDS NAME        it is over
 *     SUBTEST_MARK SUBTESTS_UNTOLD FAILED PASSED SKIPPED   how many more there were
 *
 * One that has said something and is never over was
 * left by a crash: it has failed.
 */
#ifndef CHECK_SUBTESTS_H
#define CHECK_SUBTESTS_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/text.h"

#define SUBTEST_MARK '\2'

enum subtest_line {
    SUBTEST_SAYS = '(',
    SUBTEST_HAS_SAID = ')',
    SUBTEST_HAS_FAILED = 'f',
    SUBTEST_HAS_PASSED = 'p',
    SUBTEST_WAS_SKIPPED = 's',
    SUBTESTS_UNTOLD = '+'
};

struct subtest {
    enum { SUBTEST_PASSED, SUBTEST_FAILED, SUBTEST_SKIPPED } outcome;
    double seconds;
    struct span name;
    struct span message;
};

/* Takes a message apart: what is no subtest's is put into *own, its subtests into the list
 * as far as there is room. Returns how many there are. The spans are parts of the message, or
 * stay as long as the process. */
uint32_t _thimble_split_subtests(struct span message, struct text *own, struct subtest *list,
                                 uint32_t room);

#endif
