#include <stdio.h>
#include <string.h>
#include <thimble/run.h>
#include <unistd.h>

#include "../base/text.h"
#include "../check/running.h"
#include "../report/json.h"
#include "../report/output.h"
#include "../report/report.h"
#include "../tracker/tracker.h"
#include "exit_status.h"
#include "options.h"
#include "select.h"
#include "session.h"
#include "supervisor.h"
#include "test.h"

static int complain(const struct text *what, int status) {
    _thimble_write(STDERR_FILENO, "thimble: ", 9);
    _thimble_write(STDERR_FILENO, what->data, what->length);
    _thimble_write(STDERR_FILENO, "\n", 1);
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

static int list(const struct selection *selection, const struct options *options) {
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
        _thimble_printf(&what, "no test's name matches -k '%s' (there are %u tests)",
                        options->expression, tests->count);
    else
        _thimble_puts(&what, "no tests: none of this program's units that were compiled with the "
                             "plugin has a function test_*");
    return complain(&what, EXIT_NO_TESTS);
}

static int run(const struct selection *selection, const struct options *options) {
    struct session session;
    struct text error = _thimble_growing_text();
    if (options->leaks == LEAKS_OFF)
        _thimble_tracker_stop();
    else
        _thimble_tracker_start();
    _thimble_catch_asserts();
    /* What is in stdio's buffers would come out once for each process. */
    fflush(NULL);
    if (!_thimble_reports_open(options, &error))
        return complain(&error, EXIT_USAGE_ERROR);
    if (!_thimble_session_open(&session, options, selection, &error))
        return complain(&error, EXIT_INTERNAL_ERROR);
    int status = _thimble_supervise(&session);
    _thimble_session_close(&session);
    return status;
}

int thimble_run(int argc, char **argv) {
    struct options options;
    struct selection selection = {0};
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
    if (!_thimble_select(&selection, &tests, &options, &error))
        return complain(&error, EXIT_USAGE_ERROR);
    if (selection.count == 0)
        return nothing_to_run(&tests, &options);
    return options.list ? list(&selection, &options) : run(&selection, &options);
}
