#include "bazel.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "numbers.h"
#include "paths.h"

/* Null where it is empty. */
static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static bool wrong(struct text *error, const char *name, const char *value, const char *what) {
    _thimble_printf(error, "%s '%s': %s", name, value, what);
    return false;
}

static bool read_shard(struct options *options, struct text *error) {
    const char *total = variable("TEST_TOTAL_SHARDS"), *index = variable("TEST_SHARD_INDEX");
    if (!total && !index)
        return true;
    if (!total || !index) {
        _thimble_puts(error,
                      "TEST_TOTAL_SHARDS and TEST_SHARD_INDEX need each other: one is not set");
        return false;
    }
    if (!_thimble_read_count(total, &options->shard_count))
        return wrong(error, "TEST_TOTAL_SHARDS", total, "it takes a number");
    if (!_thimble_read_count(index, &options->shard) ||
        (options->shard_count > 0 && options->shard >= options->shard_count))
        return wrong(error, "TEST_SHARD_INDEX", index,
                     "it takes a number from 0 that is less than TEST_TOTAL_SHARDS");
    return true;
}

bool _thimble_read_bazel(struct options *options, struct text *error) {
    const char *fail_fast = variable("TESTBRIDGE_TEST_RUNNER_FAIL_FAST");
    if (fail_fast && strcmp(fail_fast, "1") == 0)
        options->most_failures = 1;
    options->filter = variable("TESTBRIDGE_TEST_ONLY");
    options->junit = variable("XML_OUTPUT_FILE");
    return read_shard(options, error);
}

bool _thimble_read_bazel_seed(struct options *options, struct text *error) {
    const char *seed = variable("TEST_RANDOM_SEED");
    if (!seed || _thimble_read_number(seed, &options->seed))
        return true;
    return wrong(error, "TEST_RANDOM_SEED", seed, "it takes a whole number");
}

/* ---- Files ---- */

static const char *exit_file; /* absolute: a test in this process may leave the directory */

static bool make_file(const char *name, const char *path, struct text *error) {
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    bool touched = file >= 0 && futimens(file, NULL) == 0;
    if (!touched)
        wrong(error, name, path, strerror(errno));
    if (file >= 0)
        close(file);
    return touched;
}

bool _thimble_bazel_begin(struct text *error) {
    const char *status = variable("TEST_SHARD_STATUS_FILE");
    const char *premature = variable("TEST_PREMATURE_EXIT_FILE");
    char directory[PATH_MAX];
    exit_file = NULL;
    if (status && !make_file("TEST_SHARD_STATUS_FILE", status, error))
        return false;
    if (!premature)
        return true;
    if (!getcwd(directory, sizeof(directory)))
        directory[0] = '\0';
    exit_file = _thimble_absolute_path(directory, premature);
    return make_file("TEST_PREMATURE_EXIT_FILE", exit_file, error);
}

void _thimble_bazel_end(void) {
    if (exit_file)
        unlink(exit_file);
    exit_file = NULL;
}
