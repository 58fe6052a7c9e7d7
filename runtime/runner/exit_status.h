/* exit_status.h: what the runner's process ends with, as pytest's. */
#ifndef RUNNER_EXIT_STATUS_H
#define RUNNER_EXIT_STATUS_H

enum exit_status {
    EXIT_ALL_PASSED = 0,
    EXIT_SOME_FAILED = 1,
    EXIT_INTERRUPTED = 2,
    EXIT_INTERNAL_ERROR = 3,
    EXIT_USAGE_ERROR = 4,
    EXIT_NO_TESTS = 5
};

#endif
