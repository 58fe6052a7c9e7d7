#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <thimble/run.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/text.h"
#include "../check/misuse.h"
#include "../check/running.h"
#include "../report/json.h"
#include "../report/output.h"
#include "../report/report.h"
#include "../tracker/tracker.h"
#include "bazel.h"
#include "debugger.h"
#include "exit_status.h"
#include "ids.h"
#include "last_failed.h"
#include "options.h"
#include "select.h"
#include "session.h"
#include "supervisor.h"
#include "test.h"

/* Notes, too, stay out of what may be read by a program. */
static void say(const char *what) {
    _thimble_write(STDERR_FILENO, "thimble: ", 9);
    _thimble_write(STDERR_FILENO, what, strlen(what));
    _thimble_write(STDERR_FILENO, "\n", 1);
}

static int complain(const struct text *what, int status) {
    say(what->data);
    return status;
}

static int show(const struct text *text) {
    _thimble_outs(text->data);
    return _thimble_flush_output() ? EXIT_ALL_PASSED : EXIT_INTERNAL_ERROR;
}

static int show_help(const char *program) {
    struct text help = _thimble_growing_text();
    _thimble_put_help(&help, program ? program : "tests");
    return show(&help);
}

static int show_version(void) {
    struct text version = _thimble_growing_text();
    _thimble_puts(&version, "thimble " THIMBLE_VERSION "\n");
    return show(&version);
}

/* Without a report nobody else says it. */
static void say_seed(const struct options *options) {
    struct text what = _thimble_growing_text();
    _thimble_printf(&what, "the seed is --shuffle=%" PRIu64, options->seed);
    say(what.data);
}

static int list(const struct selection *selection, const struct options *options) {
    if (options->shuffle && !options->seeded)
        say_seed(options);
    for (uint32_t i = 0; i < selection->count; i++) {
        if (options->format == FORMAT_JSON)
            _thimble_json_list(selection->list[i]);
        else
            _thimble_outf("%s\n", selection->list[i]->id);
    }
    return _thimble_flush_output() ? EXIT_ALL_PASSED : EXIT_INTERNAL_ERROR;
}

static int nothing_to_run(const struct tests *tests, const struct options *options) {
    struct text what = _thimble_growing_text();
    if (tests->count > 0)
        _thimble_printf(&what, "no test's name or tag matches -k '%s' (%s %u test%s)",
                        options->expression, tests->count == 1 ? "there is" : "there are",
                        tests->count, tests->count == 1 ? "" : "s");
    else
        _thimble_puts(&what, "no tests: none of this program's units that were compiled with the "
                             "plugin has a function test_*");
    return complain(&what, EXIT_NO_TESTS);
}

/* Whoever joins the reports of shards finds one of an empty shard, too. */
static int report_nothing(const struct options *options) {
    const struct plan plan = {
        .rounds = options->repeat, .shuffled = options->shuffle, .seed = options->seed};
    const struct summary summary = {.exit_status = EXIT_ALL_PASSED};
    _thimble_report_begin(&plan);
    _thimble_report_end(&summary);
    return _thimble_reports_close() ? EXIT_ALL_PASSED : EXIT_INTERNAL_ERROR;
}

/* For --lf and --ff of the next run. */
static void remember(const struct session *session, const struct selection *selection,
                     const struct options *options) {
    size_t count = (size_t)selection->count * selection->rounds;
    bool *ran = _thimble_alloc(&_thimble_arena, 2 * count + 1);
    bool *failed = ran + count;
    for (uint32_t i = 0; i < session->result_count; i++) {
        uint32_t number = atomic_load(&session->order[i]);
        if (number == 0 || number > session->test_count)
            continue;
        ran[number - 1] = true;
        failed[number - 1] = _thimble_is_bad(session->results[number - 1].outcome);
    }
    if (_thimble_last_failed_update(selection, failed, ran) ||
        !(options->last_failed || options->failed_first))
        return;
    struct text what = _thimble_growing_text();
    _thimble_printf(&what, "what failed can't be kept for the next run: %s", strerror(errno));
    say(what.data);
}

static int run_tests(const struct selection *selection, const struct options *options) {
    /* A test may leave this frame by pthread_exit before the run ends. */
    static struct session session;
    struct text error = _thimble_growing_text();
    if (!_thimble_session_open(&session, options, selection, &error)) {
        _thimble_reports_close();
        return complain(&error, EXIT_INTERNAL_ERROR);
    }
    int status = _thimble_supervise(&session);
    remember(&session, selection, options);
    _thimble_session_close(&session);
    return status;
}

static int run(const struct selection *selection, const struct options *options) {
    struct text error = _thimble_growing_text();
    _thimble_keep_frames(options->frames);
    if (options->leaks == LEAKS_OFF && !options->memory)
        _thimble_tracker_stop();
    else
        _thimble_tracker_start();
    _thimble_watch_misuse();
    _thimble_catch_asserts();
    /* What is in stdio's buffers would come out once for each process. */
    fflush(NULL);
    if (!_thimble_reports_open(options, &error))
        return complain(&error, EXIT_USAGE_ERROR);
    if (!_thimble_bazel_begin(&error)) {
        _thimble_reports_close();
        return complain(&error, EXIT_USAGE_ERROR);
    }
    /* What has been freed must not look as if these frames held it. */
    _thimble_clear_dead_stack();
    int status = selection->count > 0 ? run_tests(selection, options) : report_nothing(options);
    _thimble_bazel_end();
    return status;
}

static int run_or_list(const struct tests *tests, const struct options *options) {
    static struct selection selection;
    struct text error = _thimble_growing_text();
    _thimble_last_failed_open(tests, options->last_failed || options->failed_first);
    if (!_thimble_select(&selection, tests, options, &error))
        return complain(&error, EXIT_USAGE_ERROR);
    if (selection.count == 0 && !selection.may_be_empty)
        return nothing_to_run(tests, options);
    if (selection.note)
        say(selection.note);
    return options->list ? list(&selection, options) : run(&selection, options);
}

int thimble_run(int argc, char **argv) {
    static struct options options;
    struct text error = _thimble_growing_text();
    if (!_thimble_read_options(&options, argc, argv, &error))
        return complain(&error, EXIT_USAGE_ERROR);
    if (options.help)
        return show_help(argv[0]);
    if (options.version)
        return show_version();
    struct tests tests = _thimble_collect();
    if (tests.count == 0)
        return nothing_to_run(&tests, &options);
    if (!_thimble_make_ids_unique(&tests, &error))
        return complain(&error, EXIT_USAGE_ERROR);
    if (!options.list)
        _thimble_choose_debugger(&options);
    return run_or_list(&tests, &options);
}
