/* For tgkill's number. */
#define _GNU_SOURCE 1

#include "debugger.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../debug/apart.h"
#include "../report/report.h"
#include "alone.h"
#include "conclude.h"
#include "death.h"
#include "faults.h"
#include "memory_file.h"
#include "streams.h"
#include "way.h"

static const int streams[3] = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};

static struct {
    struct session *session;
    struct terminal terminal;
} opening;

/* ---- Options ---- */

static void say(const char *format, const char *word) {
    char buffer[512];
    struct text line = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&line, format, word);
    _thimble_write(STDERR_FILENO, line.data, line.length);
}

static bool is_debugger(const char *name) {
    const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name;
    return strstr(base, "gdb") || strstr(base, "lldb");
}

static void stay_in_this_process(struct options *options) {
    if (!options->isolate_given)
        options->isolate = ISOLATE_NONE;
    options->no_limits = !options->limit_given;
}

static void go_without(struct options *options) {
    options->pdb = options->trace = false;
}

void _thimble_choose_debugger(struct options *options) {
    enum tracer tracer = _thimble_tracer();
    const char *option = options->pdb ? "--pdb" : "--trace";
    _thimble_stopping.terminal = _thimble_find_terminal(streams, &opening.terminal);
    if (tracer == TRACER_DEBUGGER || tracer == TRACER_RECORDER)
        stay_in_this_process(options);
    if (options->debugger && !is_debugger(options->debugger)) {
        say("thimble: --debugger '%s': it takes gdb, lldb, one with a version such as lldb-19, or "
            "a path; so there is no debugger\n",
            options->debugger);
        _thimble_stopping.off = true;
        go_without(options);
    }
    if (!(options->pdb || options->trace) || tracer == TRACER_DEBUGGER)
        return;
    if (tracer == TRACER_RECORDER)
        say("thimble: %s: under rr, so no other debugger\n", option);
    else if (!_thimble_stopping.terminal)
        say("thimble: %s: no terminal, so no debugger\n", option);
    else
        return;
    go_without(options);
}

/* ---- What is shown above the debugger ---- */

static struct lane *lane_of(const struct stop_desk *desk) {
    struct session *session = opening.session;
    for (uint32_t i = 0; i <= session->lane_count; i++) {
        if (&session->lanes[i].slate->stop == desk)
            return &session->lanes[i];
    }
    return NULL;
}

/* From where the failure begins, up to what the slate can hold. */
static void put_said(struct text *message, const struct slate *slate, const struct test *test) {
    uint32_t from = slate->stop.request.from;
    if (slate->stop.request.reason != STOP_FAILED || from >= SLATE_TEXT_SIZE)
        return;
    const char *said = slate->text + from + (slate->text[from] == '\n');
    _thimble_put_way(message, &opening.session->symbols, test, said,
                     strnlen(said, SLATE_TEXT_SIZE - from - 1));
}

/* Of a set-up that tests share, which is no test's. */
static enum outcome describe_making(struct text *message, const struct lane *lane) {
    const struct stop_request *request = &lane->slate->stop.request;
    const struct death death = {
        .late = request->reason == STOP_TIMEOUT,
        .status = request->reason == STOP_EXIT ? (request->number & 0xff) << 8 : request->number};
    if (request->reason != STOP_FAILED || request->number)
        _thimble_describe_death(message, opening.session, lane, &death);
    _thimble_printf(message, "\n  in %s, which its tests need",
                    _thimble_maker_name(opening.session, lane));
    return OUTCOME_ERROR;
}

/* A set-up is shown as the first test that needs it. */
static uint32_t number_of(const struct lane *lane) {
    uint32_t number = atomic_load(&lane->task->test);
    if (number == NO_TEST)
        number = lane->task->next > 0 ? lane->task->next - 1 : 0;
    return number < opening.session->result_count ? number : 0;
}

static void put_output(struct text *output, const struct lane *lane) {
    if (lane->output[1] >= 0 && atomic_load(&lane->slate->sanitizer))
        _thimble_put_file(output, lane->output[1]);
}

static void show(const struct stop_desk *desk, int file) {
    const struct lane *lane = lane_of(desk);
    struct text message = _thimble_growing_text(), own = _thimble_growing_text();
    struct text output = _thimble_growing_text();
    struct subtest subtests[8];
    if (desk->request.reason == STOP_BREAKPOINT || desk->request.reason == STOP_TRACE || !lane)
        return;
    struct verdict verdict = {.number = number_of(lane)};
    verdict.test = opening.session->tests[verdict.number];
    put_said(&message, lane->slate, verdict.test);
    verdict.outcome = atomic_load(&lane->task->maker) != NOTHING
                          ? describe_making(&message, lane)
                          : _thimble_conclude_stop(opening.session, lane, &message);
    verdict.subtest_count =
        _thimble_split_subtests((struct span){message.data, message.length}, &own, subtests, 8);
    verdict.subtests = subtests;
    verdict.message = (struct span){own.data, own.length};
    put_output(&output, lane);
    verdict.output[1] = (struct span){output.data, output.length};
    _thimble_report_now(file, &verdict);
}

/* ---- This process opens it for another ---- */

/* A test that is late hangs: it is told to tell. */
static void await_opener(struct stop_desk *desk, pid_t opener) {
    const struct timespec pause = {0, 5000000};
    int status = 1;
    bool told = false;
    while (!_thimble_has_ended(opener, WNOHANG, &status)) {
        if (!told && atomic_load(&desk->state) == STOP_TELL && desk->request.reason == STOP_TIMEOUT)
            told = syscall(SYS_tgkill, desk->process, desk->thread, TIME_LIMIT) == 0;
        nanosleep(&pause, NULL);
    }
    desk->opener = 0;
    _thimble_end_session_at(desk, status != 0);
}

static void open_for(struct session *session, struct stop_desk *desk) {
    pid_t process = desk->process;
    if (kill(process, 0) != 0) {
        _thimble_end_session_at(desk, false);
        return;
    }
    atomic_store(&session->board->stopped, process);
    show(desk, opening.terminal.out);
    pid_t opener = _thimble_open_debugger(desk, &opening.terminal, false);
    if (opener > 0)
        await_opener(desk, opener);
    else
        _thimble_end_session_at(desk, true);
    atomic_store(&session->board->stopped, 0);
}

/* One that could not be opened is not tried again in this run. */
void _thimble_serve_debugger(struct session *session) {
    static bool none;
    if (atomic_exchange(&session->board->missed, false)) {
        _thimble_reports_hide();
        _thimble_say_no_terminal();
    }
    for (uint32_t i = 0; i <= session->lane_count; i++) {
        struct stop_desk *desk = &session->lanes[i].slate->stop;
        if (atomic_load(&desk->state) != STOP_ASKED)
            continue;
        if (none)
            _thimble_end_session_at(desk, true);
        else
            open_for(session, desk);
        none |= atomic_load(&desk->none);
    }
}

/* ---- This process opens it for itself ---- */

/* The time of a session is not known to its end: the test has no limit any more. */
static void open_alone(const struct stop_desk *desk) {
    if (getpid() == opening.session->supervisor)
        _thimble_limit_time(0);
    show(desk, _thimble_stopping.streams[1]);
    _thimble_end_symbols(&opening.session->symbols);
}

void _thimble_debugger_begins(struct session *session) {
    opening.session = session;
    _thimble_stopping.failures = session->options->pdb;
    _thimble_stopping.debugger = session->options->debugger;
    if (session->options->isolate != ISOLATE_NONE) {
        _thimble_stopping.opens = session->supervisor;
        return;
    }
    for (int i = 0; i < 3; i++)
        _thimble_stopping.streams[i] = _thimble_stream_copy(i);
    _thimble_stopping.before = open_alone;
}

/* ---- In those that run tests ---- */

void _thimble_debugger_desk(const struct lane *lane, const struct options *options,
                            const char *expected) {
    struct stop_desk *desk = &lane->slate->stop;
    desk->wanted = options->pdb && !expected;
    desk->traced = options->trace;
    _thimble_stopping.desk = desk;
}

void _thimble_let_debugger_end(const struct session *session) {
    const struct timespec pause = {0, 10000000};
    for (;;) {
        pid_t stopped = atomic_load(&session->board->stopped);
        if (stopped == 0 || stopped == getpid())
            return;
        nanosleep(&pause, NULL);
    }
}
