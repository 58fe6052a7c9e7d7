/* options.h: the command line. */
#ifndef RUNNER_OPTIONS_H
#define RUNNER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/text.h"

enum leaks_option { LEAKS_FAIL, LEAKS_WARN, LEAKS_OFF };
enum format_option { FORMAT_PRETTY, FORMAT_DOTS, FORMAT_TAP, FORMAT_JSON };
/* A process for each test, for each worker, or none but the runner's own. */
enum isolate_option { ISOLATE_TEST, ISOLATE_WORKER, ISOLATE_NONE };
enum color_option { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct options {
    bool help, version, list;
    bool verbose, quiet;
    bool show_output;       /* as it comes */
    const char *expression; /* null: all tests */
    const char *filter;     /* Bazel's, see bazel.h; null: all tests */
    uint32_t jobs;          /* 0: as many as processors */
    uint32_t most_failures; /* 0: any number */
    double timeout;         /* in seconds; 0: none */
    bool no_limits;         /* for any test */
    bool limit_given;       /* a timeout is */
    enum isolate_option isolate;
    bool isolate_given;
    bool pdb, trace;      /* a debugger at failures, and in front of tests */
    const char *debugger; /* which one, or null */
    bool last_failed;     /* only those that failed last time */
    bool failed_first;    /* these in front */
    bool shuffle;
    uint64_t seed;               /* chosen where none is given */
    bool seeded;                 /* one is */
    uint32_t repeat;             /* how often each test runs */
    uint32_t shard, shard_count; /* this one, from 0, of so many; 0: all */
    uint32_t durations;          /* how many of the slowest tests are shown, UINT32_MAX for all */
    const char *junit, *json;    /* files for further reports, or null */
    enum leaks_option leaks;
    uint32_t memory; /* how many allocation sites are shown, the largest; 0: none */
    uint32_t frames; /* kept with each allocation */
    enum format_option format;
    enum color_option color;
    const char **selectors; /* FILE, FILE::NAME and FILE::NAME[CASE] */
    uint32_t selector_count;
};

/* Reads what Bazel says, the variable THIMBLE_OPTIONS and the arguments, of which the later
 * ones win. On a mistake says what it is, in `error`, and returns false. */
bool _thimble_read_options(struct options *, int argc, char **argv, struct text *error);

void _thimble_put_help(struct text *, const char *program);

#endif
