#include "conclude.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "alone.h"
#include "around.h"
#include "faults.h"
#include "memory_file.h"
#include "temporary.h"

#define MOST_OUTPUT ((size_t)40 * 1024)

/* ---- What became of it ---- */

static const struct test *test_of(const struct session *session, const struct lane *lane) {
    return session->tests[atomic_load(&lane->task->test)];
}

static void add_line(struct text *message) {
    if (message->length > 0)
        _thimble_puts(message, "\n");
}

/* A test that wrote where it must not may have hit the slate. */
static void put_slate(struct text *message, const struct slate *slate) {
    uint32_t untold = atomic_load(&slate->untold);
    _thimble_put(message, slate->text, strnlen(slate->text, SLATE_TEXT_SIZE));
    if (untold > 0)
        _thimble_printf(message, "\n... and %u more failure%s", untold, untold == 1 ? "" : "s");
}

static enum outcome conclude_signal(struct text *message, const struct lane *lane, int signal) {
    const struct slate *slate = lane->slate;
    const struct fault *fault = &slate->fault;
    /* It may have been forbidden to make a process, on pain of death. */
    if (atomic_load(&slate->failed) && atomic_load(&slate->tracing))
        return OUTCOME_FAILED;
    bool own = fault->signal == signal && (fault->process == atomic_load(&lane->task->process) ||
                                           fault->process == slate->stop.process);
    add_line(message);
    _thimble_describe_signal(message, signal, own ? fault : NULL);
    return OUTCOME_CRASHED;
}

static enum outcome conclude_timeout(struct text *message, const struct session *session,
                                     const struct lane *lane) {
    int signal = atomic_load(&lane->slate->signal);
    add_line(message);
    if (signal && !_thimble_is_time_limit(signal)) {
        _thimble_describe_signal(message, signal, _thimble_fault_of(lane->slate, signal));
        _thimble_puts(message, "\nits teardown, which ran then, did not end and was killed");
        return OUTCOME_CRASHED;
    }
    _thimble_printf(message, "timed out after %g s",
                    _thimble_timeout(session, test_of(session, lane)));
    return OUTCOME_TIMEOUT;
}

/* What the process itself said before it ended in order. */
static enum outcome conclude_said(struct text *message, const struct session *session,
                                  const struct lane *lane) {
    const struct slate *slate = lane->slate;
    int signal = atomic_load(&slate->signal);
    if (_thimble_is_time_limit(signal))
        return conclude_timeout(message, session, lane);
    if (signal) {
        add_line(message);
        _thimble_describe_signal(message, signal, _thimble_fault_of(slate, signal));
        return OUTCOME_CRASHED;
    }
    if (atomic_load(&slate->error))
        return OUTCOME_ERROR;
    if (atomic_load(&slate->failed))
        return OUTCOME_FAILED;
    if (atomic_load(&slate->xfailed))
        return OUTCOME_XFAILED;
    if (atomic_load(&slate->skipped))
        return OUTCOME_SKIPPED;
    return atomic_load(&slate->leaked) ? OUTCOME_LEAKED : OUTCOME_PASSED;
}

/* Whose code it was that did not come to its end. */
static const char *who(const struct test *test, const struct slate *slate) {
    int stage = atomic_load(&slate->stage);
    if (stage != SLATE_SETTING_UP && stage != SLATE_TEARING_DOWN)
        return "the test";
    const char *name = _thimble_around_name(test, atomic_load(&slate->around));
    return name ? name : stage == SLATE_SETTING_UP ? "its set-up" : "its teardown";
}

static enum outcome conclude_exit(struct text *message, const struct session *session,
                                  const struct lane *lane, int status) {
    const struct slate *slate = lane->slate;
    bool finished = atomic_load(&slate->stage) == SLATE_FINISHED;
    if (finished || atomic_load(&slate->left)) {
        enum outcome outcome = conclude_said(message, session, lane);
        if (outcome != OUTCOME_PASSED || !finished || status == 0)
            return outcome;
        add_line(message);
        _thimble_printf(message, "a sanitizer ended it with status %d: see its standard error",
                        status);
        return OUTCOME_FAILED;
    }
    add_line(message);
    if (atomic_load(&slate->sanitizer)) {
        _thimble_puts(message, "ended by a sanitizer: its report is in the standard error");
        return OUTCOME_CRASHED;
    }
    _thimble_printf(message, "%s called exit(%d)", who(test_of(session, lane), slate), status);
    return OUTCOME_FAILED;
}

/* Whatever happens around a test is not the test's failure. */
static enum outcome blame(const struct slate *slate, enum outcome outcome) {
    int stage = atomic_load(&slate->stage);
    bool around =
        stage == SLATE_SETTING_UP || (stage == SLATE_TEARING_DOWN && !atomic_load(&slate->failed) &&
                                      !atomic_load(&slate->signal));
    return around && outcome != OUTCOME_PASSED ? OUTCOME_ERROR : outcome;
}

static enum outcome conclude_kind(const struct session *session, struct text *message,
                                  const struct lane *lane, const struct ending *ending) {
    switch (ending->kind) {
    case ENDED_BY_TIMEOUT:
        return conclude_timeout(message, session, lane);
    case ENDED_STOPPED:
        add_line(message);
        _thimble_puts(message, "stopped itself, and nothing continued it");
        return OUTCOME_CRASHED;
    case ENDED_WITH_WORKER:
        add_line(message);
        _thimble_puts(message, "killed or stopped its parent, the process that runs the tests");
        return OUTCOME_CRASHED;
    default:
        return WIFSIGNALED(ending->status)
                   ? conclude_signal(message, lane, WTERMSIG(ending->status))
                   : conclude_exit(message, session, lane, WEXITSTATUS(ending->status));
    }
}

static enum outcome conclude_ending(const struct session *session, struct text *message,
                                    const struct lane *lane, const struct ending *ending) {
    enum outcome outcome = conclude_kind(session, message, lane, ending);
    const struct slate *slate = lane->slate;
    int stage = atomic_load(&slate->stage);
    bool cut_short = outcome == OUTCOME_CRASHED || outcome == OUTCOME_TIMEOUT;
    /* A signal on the slate is the test's, whatever became of its teardown. */
    bool around =
        stage == SLATE_SETTING_UP || (stage == SLATE_TEARING_DOWN && !atomic_load(&slate->signal));
    if (cut_short && around)
        _thimble_printf(message, "\nin %s", who(test_of(session, lane), slate));
    return blame(slate, outcome);
}

enum outcome _thimble_conclude_stop(const struct session *session, const struct lane *lane,
                                    struct text *message) {
    const struct stop_request *request = &lane->slate->stop.request;
    struct ending ending = {.kind = ENDED_BY_ITSELF, .status = request->number};
    if (request->reason == STOP_FAILED && !request->number)
        return blame(lane->slate, OUTCOME_FAILED);
    if (request->reason == STOP_TIMEOUT)
        ending.kind = ENDED_BY_TIMEOUT;
    else if (request->reason != STOP_SIGNAL)
        ending.status = W_EXITCODE(request->number & 0xff, 0);
    return conclude_ending(session, message, lane, &ending);
}

/* XFAIL("why") in front of the test turns the outcome round. */
static enum outcome expect_failure(const struct test *test, struct text *message,
                                   enum outcome outcome) {
    if (!test->xfail || outcome == OUTCOME_SKIPPED || outcome == OUTCOME_XFAILED)
        return outcome;
    struct text kept = _thimble_growing_text();
    _thimble_put(&kept, message->data, message->length);
    message->length = 0;
    _thimble_puts(message, test->xfail);
    if (outcome == OUTCOME_PASSED)
        return OUTCOME_XPASSED;
    add_line(message);
    _thimble_put(message, kept.data, kept.length);
    return OUTCOME_XFAILED;
}

/* A test that did not get to its end could not wait for its children. */
static enum outcome conclude_strays(struct text *message, enum outcome outcome, size_t strays) {
    if (strays == 0 || (outcome != OUTCOME_PASSED && outcome != OUTCOME_LEAKED))
        return outcome;
    add_line(message);
    _thimble_printf(message,
                    "left %zu process%s behind: a test must end its children and wait for them",
                    strays, strays == 1 ? "" : "es");
    return OUTCOME_FAILED;
}

/* ---- Writing it down ---- */

static void spool_output(struct session *session, const struct lane *lane, struct result *result) {
    for (int i = 0; i < 2; i++) {
        if (_thimble_file_size(lane->output[i]) == 0)
            continue;
        char buffer[MOST_OUTPUT];
        struct text text = _thimble_text(buffer, sizeof(buffer));
        _thimble_put_file(&text, lane->output[i]);
        result->output[i] = _thimble_spool(session, text.data, text.length);
    }
}

/* Output that a test with a capture kept from being shown as it came. */
static void show_output(const struct lane *lane) {
    for (int i = 0; i < 2; i++) {
        char buffer[4096];
        ssize_t got;
        for (off_t at = 0; (got = pread(lane->output[i], buffer, sizeof(buffer), at)) > 0;
             at += got)
            _thimble_write(i == 0 ? STDOUT_FILENO : STDERR_FILENO, buffer, (size_t)got);
    }
}

static void finish_output(struct session *session, struct lane *lane, const struct test *test,
                          struct result *result) {
    if (!_thimble_keeps_output(session, test))
        return;
    if (session->options->show_output)
        show_output(lane);
    else if (_thimble_is_bad(result->outcome))
        spool_output(session, lane, result);
    for (int i = 0; i < 2; i++) {
        if (_thimble_file_size(lane->output[i]) > 0)
            _thimble_empty_file(lane->output[i]);
    }
}

static void finish_folder(struct text *message, const char *path, enum outcome outcome) {
    if (!*path || (!_thimble_is_bad(outcome) && _thimble_remove_folder(path)))
        return;
    add_line(message);
    _thimble_printf(message, "tmp_path kept: %s", path);
}

/* From here on the supervisor may read the result, and the lane is free. */
static void publish(struct session *session, struct lane *lane) {
    struct board *board = session->board;
    uint32_t number = atomic_load(&lane->task->test);
    if (_thimble_is_bad(session->results[number].outcome)) {
        uint32_t bad = atomic_fetch_add(&board->bad, 1) + 1;
        if (session->options->most_failures && bad >= session->options->most_failures)
            atomic_store(&board->stop, true);
    }
    atomic_store(&lane->task->test, NO_TEST);
    uint32_t place = atomic_fetch_add(&board->finished, 1);
    atomic_store(&session->order[place], number + 1);
}

/* What the user stopped, and was not done by itself, was not run. */
static bool was_interrupted(const struct session *session, const struct lane *lane,
                            const struct ending *ending) {
    return atomic_load(&session->board->interrupted) &&
           (ending->kind != ENDED_BY_ITSELF || !WIFEXITED(ending->status) ||
            _thimble_is_interrupt(atomic_load(&lane->slate->signal)));
}

static void forget(struct lane *lane) {
    if (lane->task->folder[0])
        _thimble_remove_folder(lane->task->folder);
    if (lane->output[0] >= 0) {
        _thimble_empty_file(lane->output[0]);
        _thimble_empty_file(lane->output[1]);
    }
    atomic_store(&lane->task->test, NO_TEST);
}

void _thimble_conclude(struct session *session, struct lane *lane, const struct ending *ending,
                       size_t strays) {
    const struct task *task = lane->task;
    uint32_t number = atomic_load(&task->test);
    const struct test *test = test_of(session, lane);
    struct result *result = &session->results[number];
    struct text message = _thimble_text(lane->words, WORDS_SIZE);
    if (was_interrupted(session, lane, ending)) {
        forget(lane);
        return;
    }
    put_slate(&message, lane->slate);
    result->outcome = conclude_ending(session, &message, lane, ending);
    result->outcome = conclude_strays(&message, result->outcome, strays);
    result->outcome = expect_failure(test, &message, result->outcome);
    result->seconds = _thimble_now() - task->started - lane->slate->stop.took;
    if (atomic_load(&lane->slate->stop.missed))
        atomic_store(&session->board->missed, true);
    finish_output(session, lane, test, result);
    finish_folder(&message, task->folder, result->outcome);
    result->message = _thimble_spool(session, message.data, message.length);
    publish(session, lane);
}

void _thimble_conclude_unrun(struct session *session, struct lane *lane, enum outcome outcome,
                             const char *why) {
    const struct test *test = test_of(session, lane);
    struct result *result = &session->results[atomic_load(&lane->task->test)];
    struct text message = _thimble_text(lane->words, WORDS_SIZE);
    _thimble_puts(&message, why);
    result->outcome = test->wrong ? outcome : expect_failure(test, &message, outcome);
    result->message = _thimble_spool(session, message.data, message.length);
    finish_output(session, lane, test, result);
    publish(session, lane);
}

void _thimble_conclude_teardown(struct session *session, struct lane *lane) {
    if (!atomic_load(&lane->slate->failed)) {
        struct result unread;
        unread.outcome = OUTCOME_PASSED;
        finish_output(session, lane, test_of(session, lane), &unread);
        atomic_store(&lane->task->test, NO_TEST);
        return;
    }
    const struct ending ending = {.kind = ENDED_BY_ITSELF};
    atomic_store(&lane->slate->error, true);
    atomic_store(&lane->slate->stage, SLATE_FINISHED);
    _thimble_conclude(session, lane, &ending, 0);
}
