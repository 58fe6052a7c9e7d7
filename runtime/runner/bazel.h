/* bazel.h: what Bazel's test protocol asks of a test program through the environment.
 *
 *   TEST_TOTAL_SHARDS, TEST_SHARD_INDEX   as --shard, the index from 0
 *   TEST_SHARD_STATUS_FILE                touched: the program knows of shards
 *   TESTBRIDGE_TEST_ONLY                  --test_filter: selectors, or an expression as
 *                                         for -k; narrows what the options select
 *   TESTBRIDGE_TEST_RUNNER_FAIL_FAST      1: as -x
 *   TEST_RANDOM_SEED                      for --shuffle without a seed
 *   XML_OUTPUT_FILE                       as --junit
 *   TEST_PREMATURE_EXIT_FILE              there while tests run
 *
 * Options win. TEST_TMPDIR is temporary.h's. */
#ifndef RUNNER_BAZEL_H
#define RUNNER_BAZEL_H

#include "options.h"

/* False where a variable has a value that it can't have; `error` then says which. */
bool _thimble_read_bazel(struct options *, struct text *error);
bool _thimble_read_bazel_seed(struct options *, struct text *error);

/* Around all that the tests do, the files; false where one can't be made. */
bool _thimble_bazel_begin(struct text *error);
void _thimble_bazel_end(void);

#endif
