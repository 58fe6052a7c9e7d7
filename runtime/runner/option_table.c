#include "option_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../tracker/tracker.h"
#include "expression.h"
#include "numbers.h"

/* ---- What each does ---- */

#define FLAG(field)                                                                                \
    static const char *set_##field(struct options *options, const char *value) {                   \
        (void)value;                                                                               \
        options->field = true;                                                                     \
        return NULL;                                                                               \
    }
FLAG(help)
FLAG(version)
FLAG(list)
FLAG(verbose)
FLAG(quiet)
FLAG(show_output)
FLAG(last_failed)
FLAG(failed_first)
FLAG(pdb)
FLAG(trace)

/* Sets *place to the place of value among the words, which are those of an enum in its
 * order. */
static bool choice(const char *value, const char *const *words, int *place) {
    for (int i = 0; words[i]; i++) {
        if (strcmp(value, words[i]) != 0)
            continue;
        *place = i;
        return true;
    }
    return false;
}

#define CHOICE(field, type, what, ...)                                                             \
    static const char *set_##field(struct options *options, const char *value) {                   \
        static const char *const words[] = {__VA_ARGS__, NULL};                                    \
        int place;                                                                                 \
        if (!choice(value, words, &place))                                                         \
            return what;                                                                           \
        options->field = (enum type)place;                                                         \
        return NULL;                                                                               \
    }
CHOICE(leaks, leaks_option, "it takes fail, warn or off", "fail", "warn", "off")
CHOICE(format, format_option, "it takes pretty, dots, tap or json", "pretty", "dots", "tap", "json")
CHOICE(color, color_option, "it takes auto, always or never", "auto", "always", "never")

static const char *set_isolate(struct options *options, const char *value) {
    static const char *const words[] = {"test", "worker", "none", NULL};
    int place;
    if (!choice(value, words, &place))
        return "it takes test, worker or none";
    options->isolate = (enum isolate_option)place;
    options->isolate_given = true;
    return NULL;
}

#define FILE_NAME(field)                                                                           \
    static const char *set_##field(struct options *options, const char *value) {                   \
        options->field = value;                                                                    \
        return *value ? NULL : "it takes the name of a file";                                      \
    }
FILE_NAME(junit)
FILE_NAME(json)

/* What is none is said once the run begins: its tests need no debugger. */
static const char *set_debugger(struct options *options, const char *value) {
    options->debugger = value;
    return NULL;
}

static const char *set_expression(struct options *options, const char *value) {
    options->expression = value;
    return _thimble_expression_mistake(value);
}

static const char *set_jobs(struct options *options, const char *value) {
    options->jobs = 0;
    if (strcmp(value, "auto") == 0)
        return NULL;
    return _thimble_read_count(value, &options->jobs) && options->jobs > 0
               ? NULL
               : "it takes a number from 1, or auto";
}

static const char *set_most_failures(struct options *options, const char *value) {
    return _thimble_read_count(value, &options->most_failures) ? NULL
                                                               : "it takes a number; 0 is no limit";
}

static const char *set_first_failure(struct options *options, const char *value) {
    (void)value;
    options->most_failures = 1;
    return NULL;
}

static const char *set_timeout(struct options *options, const char *value) {
    char *end;
    options->timeout = strtod(value, &end);
    options->limit_given = true;
    bool number = end != value && !*end && isfinite(options->timeout) && options->timeout >= 0;
    return number ? NULL : "it takes seconds, such as 2.5; 0 is none";
}

static const char *set_shuffle(struct options *options, const char *value) {
    options->shuffle = true;
    options->seeded = value != NULL;
    if (value && !_thimble_read_number(value, &options->seed))
        return "it takes a whole number, at most 18446744073709551615";
    return NULL;
}

static const char *set_repeat(struct options *options, const char *value) {
    return _thimble_read_count(value, &options->repeat) && options->repeat > 0
               ? NULL
               : "it takes a number from 1";
}

static const char *set_shard(struct options *options, const char *value) {
    static const char *const wrong = "it takes I/N: which one, from 1 to N, of N shards";
    char first[16];
    size_t length = strcspn(value, "/");
    uint32_t number;
    if (!value[length] || length >= sizeof(first))
        return wrong;
    memcpy(first, value, length);
    first[length] = '\0';
    if (!_thimble_read_count(first, &number) ||
        !_thimble_read_count(value + length + 1, &options->shard_count) || number < 1 ||
        number > options->shard_count)
        return wrong;
    options->shard = number - 1;
    return NULL;
}

static const char *set_durations(struct options *options, const char *value) {
    if (!_thimble_read_count(value, &options->durations))
        return "it takes a number; 0 is all tests";
    if (options->durations == 0)
        options->durations = UINT32_MAX;
    return NULL;
}

static const char *set_memory(struct options *options, const char *value) {
    return _thimble_read_count(value, &options->memory) ? NULL : "it takes a number; 0 is none";
}

static const char *set_frames(struct options *options, const char *value) {
    bool good = _thimble_read_count(value, &options->frames) && options->frames > 0 &&
                options->frames <= MOST_FRAMES_KEPT;
    return good ? NULL : "it takes a number from 1 to 64";
}

/* ---- All of them ---- */

const struct option _thimble_options[] = {
    {"Which tests", 'l', "list", NULL, false, "list the tests instead of running them", set_list},
    {NULL, 'k', NULL, "EXPR", false,
     "only tests whose name or tags have these words:\nand, or, not, ()", set_expression},
    {NULL, 0, "lf", NULL, false, "only those that failed last time; all where none did",
     set_last_failed},
    {NULL, 0, "shard", "I/N", false, "only part I, from 1, of N that make up the whole", set_shard},

    {"In what order", 0, "ff", NULL, false, "those that failed last time first", set_failed_first},
    {NULL, 0, "shuffle", "SEED", true, "in an order by chance; the same seed, the same order",
     set_shuffle},
    {NULL, 0, "repeat", "N", false, "each test N times, in N rounds", set_repeat},

    {"How they run", 'j', "jobs", "N", false,
     "worker processes; auto, the default: one a processor", set_jobs},
    {NULL, 'x', NULL, NULL, false, "stop after the first failure", set_first_failure},
    {NULL, 0, "maxfail", "N", false, "stop after N failures", set_most_failures},
    {NULL, 0, "timeout", "SEC", false, "for each test, default 60; 0 is none", set_timeout},
    {NULL, 0, "isolate", "HOW", false,
     "test, the default: a process each; worker: one a worker;\nnone: all in this one",
     set_isolate},
    {NULL, 0, "leaks", "HOW", false, "fail, warn, off: memory that nothing points to any more",
     set_leaks},
    {NULL, 0, "frames", "N", false,
     "1 to 64: how many calls are kept with each allocation;\n1, the default, is the allocating "
     "one",
     set_frames},

    {"Debugging", 0, "pdb", NULL, false,
     "open a debugger where a test fails, crashes, exits or\ntakes too long", set_pdb},
    {NULL, 0, "trace", NULL, false, "open a debugger in front of each test", set_trace},
    {NULL, 0, "debugger", "NAME", false,
     "gdb, lldb, lldb-19 or a path: for --pdb, --trace and\nbreakpoint()", set_debugger},

    {"What is shown", 0, "format", "FORMAT", false,
     "pretty, dots, tap or json: of the report; of the list", set_format},
    {NULL, 0, "junit", "FILE", false, "also a report as JUnit's XML, in this file", set_junit},
    {NULL, 0, "json", "FILE", false, "also a report as JSON lines, in this file", set_json},
    {NULL, 0, "memory", "N", false, "the N places that allocated most", set_memory},
    {NULL, 0, "durations", "N", false, "the N slowest tests; 0 is all", set_durations},
    {NULL, 's', NULL, NULL, false, "output as it comes, from one worker unless -j is given",
     set_show_output},
    {NULL, 'v', "verbose", NULL, false, "a line for each test", set_verbose},
    {NULL, 'q', "quiet", NULL, false, "only the summary", set_quiet},
    {NULL, 0, "color", "WHEN", false, "auto, always, never", set_color},
    {NULL, 'h', "help", NULL, false, "show this", set_help},
    {NULL, 0, "version", NULL, false, "show the version", set_version},
};

const size_t _thimble_option_count = sizeof(_thimble_options) / sizeof(_thimble_options[0]);

void _thimble_put_option_name(struct text *text, const struct option *option) {
    if (option->name)
        _thimble_printf(text, "--%s", option->name);
    else
        _thimble_printf(text, "-%c", option->letter);
}
