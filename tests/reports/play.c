/* Plays a made-up run to the reports, without a runner: what becomes of tests, and what
 * bytes they print, is whatever we like.
 *
 *   report_player RUN [pretty | dots | tap | json] [OPTION]...
 *
 * RUN is one of those in the table below. `many` says on standard error how long the
 * reports took. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../runtime/report/json.h"
#include "../../runtime/report/output.h"
#include "../../runtime/report/report.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SPAN(literal)                                                                              \
    { literal, sizeof(literal) - 1 }

/* ---- Tests ---- */

static struct unit unit;

#define TEST_MEMBERS(LINE, FILE, LABEL, LIMIT)                                                     \
    .unit = &unit, .function = &(struct thimble_function){.line = LINE, .type = THIMBLE_NONE},     \
    .name = LABEL, .label = LABEL, .file = FILE, .path = "/home/zoo/" FILE, .id = FILE "::" LABEL, \
    .timeout = LIMIT

static const char *const tags[] = {"slow", "net\"work"};

static const struct test tests[] = {
    {TEST_MEMBERS(3, "tests/zoo.c", "test_feeds", -1)},
    {TEST_MEMBERS(11, "tests/zoo.c", "test_counts", -1)},
    {TEST_MEMBERS(19, "tests/zoo.c", "test_opens[#1 \\ <\"&\">]", -1), .tags = tags,
     .tag_count = 2},
    {TEST_MEMBERS(27, "tests/zoo.c", "test_cleans", -1)},
    {TEST_MEMBERS(31, "tests/zoo.c", "test_sleeps", 0.5)},
    {TEST_MEMBERS(5, "tests/deep/keeper.c", "test_swims", -1), .skip = "the pool is empty"},
    {TEST_MEMBERS(9, "tests/deep/keeper.c", "test_dives", -1), .skip = "the pool is empty"},
    {TEST_MEMBERS(13, "tests/deep/keeper.c", "test_flies", -1), .xfail = "no bird yet"},
    {TEST_MEMBERS(17, "tests/deep/keeper.c", "test_walks", -1), .xfail = "bug #12 \\ open"},
    {TEST_MEMBERS(21, "tests/deep/keeper.c", "test_pays", -1)},
    {TEST_MEMBERS(25, "tests/deep/keeper.c", "test_skips_later", -1)},
    {TEST_MEMBERS(29, "tests/deep/keeper.c", "test_works", -1)},
};

/* ---- Runs ---- */

static const struct subtest animals[] = {
    {.outcome = SUBTEST_PASSED, .seconds = 0.25, .name = SPAN("elephant")},
    {.outcome = SUBTEST_FAILED,
     .seconds = 0.5,
     .name = SPAN("lion #2 \\ \"old\""),
     .message = SPAN("zoo.c:5: assert(fed)\n  fed = 0")},
    {.outcome = SUBTEST_SKIPPED, .name = SPAN("tiger"), .message = SPAN("it has no # name")},
    {.outcome = SUBTEST_FAILED, .name = SPAN("ape"), .message = SPAN("zoo.c:6: assert(fed)")},
};

static const struct subtest birds[] = {
    {.outcome = SUBTEST_PASSED, .seconds = 0.125, .name = SPAN("penguin")},
    {.outcome = SUBTEST_SKIPPED, .name = SPAN("owl"), .message = SPAN("it sleeps")},
};

#define SUBTESTS(list) .subtests = (list), .subtest_count = COUNT(list)

static const struct verdict every[] = {
    {.outcome = OUTCOME_FAILED, .seconds = 1.5, SUBTESTS(animals)},
    {.outcome = OUTCOME_PASSED, .seconds = 0.001},
    {.outcome = OUTCOME_CRASHED,
     .seconds = 0.0625,
     .message = SPAN("SIGSEGV: invalid write at address 0x0"),
     .output = {SPAN("first\n\n  second\n"), SPAN("no newline")}},
    {.outcome = OUTCOME_LEAKED,
     .message = SPAN("leaked 2 blocks, 64 bytes:\n  zoo.c:28: 64 bytes in 2 blocks")},
    {.outcome = OUTCOME_TIMEOUT, .seconds = 2.0, .message = SPAN("timed out after 2 s")},
    {.outcome = OUTCOME_SKIPPED},
    {.outcome = OUTCOME_SKIPPED},
    {.outcome = OUTCOME_XFAILED, .message = SPAN("keeper.c:14: assert(flies)\n  flies = 0")},
    {.outcome = OUTCOME_XPASSED},
    {.outcome = OUTCOME_ERROR, .message = SPAN("fixture_purse failed:\nkeeper.c:2: assert(0)")},
    {.outcome = OUTCOME_SKIPPED, .message = SPAN("needs a # of things")},
    {.outcome = OUTCOME_PASSED, .message = SPAN("leaked 1 block, 8 bytes"), SUBTESTS(birds)},
};

/* The second one is what stands for the teardown of a module. */
static const struct verdict torn[] = {
    {.outcome = OUTCOME_PASSED, .seconds = 0.25},
    {.outcome = OUTCOME_ERROR, .message = SPAN("zoo.c:12: assert(closed)")},
};

static const struct verdict good[] = {
    {.outcome = OUTCOME_PASSED, .seconds = 0.25},
    {.outcome = OUTCOME_PASSED, .seconds = 0.5},
    {.outcome = OUTCOME_SKIPPED, .message = SPAN("no pool")},
};

/* All bytes, and whatever means something in a report's own language. */
static char all_bytes[257];
static char long_line[1024 * 1024];

static struct verdict nasty[] = {
    {.outcome = OUTCOME_FAILED,
     .message = {all_bytes, 256},
     .output = {{all_bytes, 256}, SPAN("\0")}},
    {.outcome = OUTCOME_FAILED,
     .message = SPAN("]]> <![CDATA[ &amp; \" ' --> <a b='c'>\r\n\r"),
     .output = {SPAN("\xff\xfe\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80\xe2\x82"),
                SPAN("\033[31mred\033[0m\n\xef\xbf\xbe \xef\xbf\xbf \xef\xbb\xbf \xe2\x80\xa8 "
                     "\xc2\x85 x\n")}},
    {.outcome = OUTCOME_FAILED,
     .message = SPAN("---\n...\n"),
     .output = {SPAN("a\n  ...\n---\nb\n"),
                SPAN("ok 1 - no\nnot ok 2\nBail out!\n1..5\nTAP version 13\n")}},
    {.outcome = OUTCOME_FAILED,
     .message = {long_line, sizeof(long_line)},
     .output = {SPAN("\n"), SPAN("\n\n\nx")}},
    {.outcome = OUTCOME_FAILED,
     .output = {SPAN(" starts with a space\nx\n"), SPAN("\tstarts with a tab\nx\n")}},
    {.outcome = OUTCOME_FAILED,
     .message = SPAN("key: value\n- list\n# no comment\n\n\tx\n'\"|>%@`\\n\n"),
     .output = {SPAN("\xf0\x9f\xa6\x92 giraffe\n\xc3\xa4\n"), SPAN("true")}},
    {.outcome = OUTCOME_SKIPPED, .message = SPAN("two\nlines \x01 \xff # \\")},
    {.outcome = OUTCOME_XFAILED, .message = SPAN("no bird yet\nand all the rest")},
};

struct run {
    const char *name;
    const struct verdict *verdicts;
    uint32_t count;
    struct plan plan;
    bool interrupted;
    uint32_t not_run;
    bool remarks;
    uint32_t others; /* of those that finished: no tests of the plan */
};

static const struct run runs[] = {
    {.name = "every", .verdicts = every, .count = COUNT(every)},
    {.name = "good", .verdicts = good, .count = COUNT(good)},
    {.name = "interrupted", .verdicts = every, .count = 3, .interrupted = true, .not_run = 4},
    {.name = "stopped", .verdicts = every, .count = 3, .not_run = 2},
    {.name = "rounds",
     .verdicts = good,
     .count = COUNT(good),
     .plan = {.rounds = 2, .shuffled = true, .seed = 12345678901234567890u}},
    {.name = "remarks", .verdicts = good, .count = COUNT(good), .remarks = true},
    {.name = "torn", .verdicts = torn, .count = 2, .others = 1},
    {.name = "nasty", .verdicts = nasty, .count = COUNT(nasty)},
};

/* ---- Playing one ---- */

static void make_nasty(void) {
    for (int i = 0; i < 256; i++)
        all_bytes[i] = (char)i;
    memset(long_line, 'x', sizeof(long_line));
}

static struct verdict verdict_of(const struct run *run, uint32_t number) {
    struct verdict verdict = run->verdicts[number % run->count];
    verdict.test = &tests[number % run->count];
    verdict.number = number;
    verdict.round = number / run->count;
    return verdict;
}

static void count(struct summary *summary, const struct verdict *verdict) {
    summary->counts[verdict->outcome]++;
    summary->warnings += verdict->outcome == OUTCOME_PASSED && verdict->message.length > 0;
    if (_thimble_is_bad(verdict->outcome))
        summary->exit_status = 1;
}

/* Tests finish in another order than that of their numbers. */
static uint32_t place(uint32_t i, uint32_t count) {
    return i % 2 == 0 && i + 1 < count ? i + 1 : i % 2 ? i - 1 : i;
}

static bool play(const struct run *run) {
    struct plan plan = run->plan;
    struct summary summary = {.seconds = 12.346, .not_run = run->not_run};
    plan.rounds = plan.rounds ? plan.rounds : 1;
    plan.jobs = 2;
    uint32_t finished = run->count * plan.rounds;
    plan.test_count = finished + run->not_run - run->others;
    const struct test **list = calloc(plan.test_count, sizeof(*list));
    for (uint32_t i = 0; i < plan.test_count; i++)
        list[i] = &tests[run->not_run ? i : i % run->count];
    plan.tests = list;
    _thimble_report_begin(&plan);
    if (run->remarks) {
        _thimble_report_note("tests/zoo.c: threads of a # fixture: it runs in a worker");
        _thimble_report_slow(&tests[0], 2);
        _thimble_report_slow(&tests[1], 3);
        _thimble_reports_flush();
        _thimble_report_slow(&tests[0], 60);
    }
    for (uint32_t i = 0; i < finished; i++) {
        struct verdict verdict = verdict_of(run, place(i, finished));
        count(&summary, &verdict);
        _thimble_report_test(&verdict);
        _thimble_reports_flush();
    }
    for (uint32_t i = 0; i < finished; i++) {
        struct verdict verdict = verdict_of(run, i);
        _thimble_report_in_order(&verdict);
    }
    summary.interrupted = run->interrupted;
    if (run->interrupted)
        summary.exit_status = 2;
    _thimble_reports_flush();
    _thimble_report_end(&summary);
    free(list);
    return _thimble_reports_close();
}

/* 10,000 tests, each tenth of which fails and prints something. */
static bool play_many(void) {
    enum { MANY = 10000 };
    static struct test many[MANY];
    static const struct test *list[MANY];
    static char names[MANY][64];
    struct summary summary = {0};
    for (int i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof(names[i]), "tests/file_%d.c::test_%d", i / 100, i);
        many[i] = tests[1];
        many[i].id = names[i];
        many[i].name = many[i].label = strstr(names[i], "::") + 2;
        many[i].path = strndup(names[i], strcspn(names[i], ":"));
        list[i] = &many[i];
    }
    const struct plan plan = {.tests = list, .test_count = MANY, .rounds = 1};
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    _thimble_report_begin(&plan);
    for (uint32_t i = 0; i < 2 * MANY; i++) {
        struct verdict verdict = every[i % 10 ? 1 : 2];
        verdict.test = list[i % MANY];
        verdict.number = i % MANY;
        (i < MANY ? _thimble_report_test : _thimble_report_in_order)(&verdict);
        if (i < MANY)
            count(&summary, &verdict);
    }
    _thimble_report_end(&summary);
    bool written = _thimble_reports_close();
    clock_gettime(CLOCK_MONOTONIC, &after);
    fprintf(stderr, "%.4f\n",
            (double)(after.tv_sec - before.tv_sec) +
                1e-9 * (double)(after.tv_nsec - before.tv_nsec));
    return written;
}

static int list_all(void) {
    for (size_t i = 0; i < COUNT(tests); i++)
        _thimble_json_list(&tests[i]);
    return !_thimble_flush_output();
}

/* ---- The command line ---- */

static void read_option(struct options *options, char ***words) {
    static const char *const formats[] = {"pretty", "dots", "tap", "json"};
    const char *word = *(*words)++;
    for (int i = 0; i < 4; i++) {
        if (strcmp(word, formats[i]) == 0)
            options->format = (enum format_option)i;
    }
    if (strcmp(word, "-v") == 0)
        options->verbose = true;
    else if (strcmp(word, "-q") == 0)
        options->quiet = true;
    else if (strcmp(word, "--color") == 0)
        options->color = COLOR_ALWAYS;
    else if (strcmp(word, "--junit") == 0)
        options->junit = *(*words)++;
    else if (strcmp(word, "--json") == 0)
        options->json = *(*words)++;
    else if (strcmp(word, "--durations") == 0)
        options->durations = (uint32_t)atoi(*(*words)++);
}

int main(int argc, char **argv) {
    struct options options = {0};
    struct text error = _thimble_growing_text();
    if (argc < 2)
        return 4;
    for (char **words = argv + 2; *words;)
        read_option(&options, &words);
    if (strcmp(argv[1], "list") == 0)
        return list_all();
    if (!_thimble_reports_open(&options, &error)) {
        fprintf(stderr, "thimble: %s\n", error.data);
        return 4;
    }
    make_nasty();
    if (strcmp(argv[1], "many") == 0)
        return play_many() ? 0 : 3;
    for (size_t i = 0; i < COUNT(runs); i++) {
        if (strcmp(argv[1], runs[i].name) == 0)
            return play(&runs[i]) ? 0 : 3;
    }
    /* A run that could not begin. */
    return _thimble_reports_close() ? 0 : 3;
}
