#include "making.h"

#include <string.h>

#include "../base/arena.h"
#include "../check/flush.h"
#include "alone.h"
#include "around.h"
#include "await.h"
#include "conclude.h"
#include "debugger.h"
#include "run_test.h"
#include "streams.h"
#include "values.h"

uint32_t _thimble_module_maker(const struct module *module) {
    return module->number;
}

uint32_t _thimble_fixture_maker(const struct fixture *fixture) {
    return _thimble_module_count() + fixture->number;
}

const char *_thimble_known_death(const struct session *session, uint32_t maker) {
    struct piece death = session->deaths[maker];
    return death.length ? _thimble_unspool(session, death) : NULL;
}

/* Only where nobody is left who could see a process die it must not. */
bool _thimble_is_alone(const struct session *session) {
    return session->options->isolate == ISOLATE_NONE;
}

/* ---- Making ---- */

/* Where this process also reports, its own streams are elsewhere meanwhile. */
static void own_streams(const struct session *session, const struct lane *lane) {
    if (_thimble_is_alone(session) && !session->options->show_output)
        _thimble_streams_to(lane, true);
}

static double deadline(const struct session *session) {
    double timeout = session->options->no_limits ? 0 : session->options->timeout;
    return timeout > 0 ? _thimble_now() + timeout : 0;
}

void _thimble_begin_making(struct session *session, struct lane *lane, uint32_t maker) {
    _thimble_limit_time(session->options->no_limits ? 0 : session->options->timeout);
    _thimble_slate_clear(lane->slate);
    atomic_store(&lane->slate->stage, SLATE_SETTING_UP);
    lane->task->started = _thimble_now();
    lane->task->deadline = deadline(session);
    atomic_store(&lane->task->maker, maker);
    own_streams(session, lane);
    _thimble_debugger_desk(lane, session->options, NULL);
    _thimble_test_begins(lane->slate);
}

/* As the slate has it, with the function that it was about. */
static const char *words(const struct slate *slate, const char *function) {
    struct text text = _thimble_growing_text();
    _thimble_put(&text, slate->text, strnlen(slate->text, SLATE_TEXT_SIZE));
    _thimble_printf(&text, "%sin %s, which its tests need", text.length ? "\n  " : "", function);
    return text.data;
}

const char *_thimble_end_making(struct lane *lane, const struct left *left, const char *function,
                                enum outcome *instead) {
    struct slate *slate = lane->slate;
    _thimble_limit_time(0);
    _thimble_test_is_over();
    lane->task->deadline = 0;
    atomic_store(&lane->task->maker, NOTHING);
    _thimble_flush();
    _thimble_say_left(slate, left, function);
    *instead = left->by == LEFT_SKIPPED   ? OUTCOME_SKIPPED
               : left->by == LEFT_XFAILED ? OUTCOME_XFAILED
                                          : OUTCOME_ERROR;
    if (*instead != OUTCOME_ERROR)
        return _thimble_strndup(&_thimble_arena, slate->text,
                                strnlen(slate->text, SLATE_TEXT_SIZE));
    bool failed = left->by != LEFT_RETURNED || atomic_load(&slate->failed);
    return failed ? words(slate, function) : NULL;
}

struct making {
    struct session *session;
    struct lane *lane;
    struct fixture *last; /* that was begun, or null */
};

/* One that returned may have failed for all that. */
static void note_failed(const struct making *making) {
    struct slate *slate = making->lane->slate;
    if (!making->last || !atomic_load(&slate->failed))
        return;
    making->last->failed = words(slate, making->last->function);
    making->last->instead = OUTCOME_ERROR;
}

static void begin_value(struct fixture *fixture, void *data) {
    struct making *making = data;
    note_failed(making);
    making->last = fixture;
    _thimble_begin_making(making->session, making->lane, _thimble_fixture_maker(fixture));
}

/* Of a request's values of that lifetime, those that died in another process. */
static void note_deaths(const struct session *session, const struct request *request,
                        enum lifetime lifetime) {
    for (uint32_t i = 0; i < request->call.count; i++) {
        struct fixture *fixture = request->sources[i].fixture;
        if (!fixture)
            continue;
        note_deaths(session, &fixture->make, lifetime);
        if (fixture->lifetime != lifetime || fixture->made || fixture->failed)
            continue;
        fixture->failed = _thimble_known_death(session, _thimble_fixture_maker(fixture));
        fixture->instead = OUTCOME_ERROR;
    }
}

void _thimble_make_shared(struct session *session, struct lane *lane, const struct request *request,
                          enum lifetime lifetime) {
    struct making making = {session, lane, NULL};
    struct fixture *maker;
    const struct provisions none = {0};
    note_deaths(session, request, lifetime);
    if (_thimble_failed_value(request))
        return;
    struct left left = _thimble_make_values(request, lifetime, &none, _thimble_is_alone(session),
                                            begin_value, &making, &maker);
    if (atomic_load(&lane->task->maker) == NOTHING)
        return; /* all were there */
    enum outcome instead;
    if (!maker)
        maker = making.last;
    maker->failed = _thimble_end_making(lane, &left, maker->function, &instead);
    maker->instead = instead;
}

/* ---- Ending ---- */

void _thimble_begin_ending(struct session *session, struct lane *lane, uint32_t stand_in) {
    _thimble_limit_time(session->options->no_limits ? 0 : session->options->timeout);
    _thimble_slate_clear(lane->slate);
    atomic_store(&lane->slate->stage, SLATE_TEARING_DOWN);
    lane->task->started = _thimble_now();
    lane->task->deadline = deadline(session);
    lane->task->folder[0] = '\0';
    atomic_store(&lane->task->process, 0);
    atomic_store(&lane->task->test, stand_in);
    own_streams(session, lane);
    _thimble_debugger_desk(lane, session->options, NULL);
    _thimble_test_begins(lane->slate);
}

void _thimble_end_ending(struct session *session, struct lane *lane) {
    _thimble_limit_time(0);
    _thimble_test_is_over();
    _thimble_flush();
    lane->task->deadline = 0;
    _thimble_conclude_teardown(session, lane);
}

void _thimble_call_ending(const struct session *session, struct lane *lane,
                          const struct call *call) {
    if (!call->address)
        return;
    struct left left =
        _thimble_guarded(_thimble_call_plain, (void *)(uintptr_t)call, _thimble_is_alone(session));
    _thimble_say_left(lane->slate, &left, _thimble_string(call->unit, call->function->name));
}

static void begin_ending(struct fixture *fixture, void *data) {
    struct lane *lane = data;
    atomic_store(&lane->slate->around, _thimble_around_fixture(fixture, true));
}

void _thimble_end_shared(const struct session *session, struct lane *lane, enum lifetime lifetime) {
    struct fixture *ender;
    struct left left;
    bool alone = _thimble_is_alone(session);
    while (_thimble_end_value(lifetime, alone, begin_ending, lane, &ender, &left))
        _thimble_say_left(lane->slate, &left,
                          _thimble_around_name(NULL, _thimble_around_fixture(ender, true)));
    atomic_store(&lane->slate->around, AROUND_NOTHING);
    for (uint32_t i = 0; i < _thimble_fixture_count(); i++) {
        struct fixture *fixture = _thimble_fixture(i);
        if (fixture->lifetime == lifetime)
            fixture->failed = NULL;
    }
}

/* ---- The session's ---- */

/* The user's code sees the signals as they were. */
void _thimble_make_session(struct session *session, struct scope *scope) {
    sigset_t blocked;
    sigprocmask(SIG_SETMASK, &session->signals, &blocked);
    _thimble_scope_begins(scope);
    for (uint32_t i = 0; i < session->test_count; i++) {
        const struct test *test = session->tests[i];
        if (test->request.session && !test->wrong && !test->skip)
            _thimble_make_shared(session, _thimble_keepers_lane(session), &test->request,
                                 LIFETIME_SESSION);
    }
    sigprocmask(SIG_SETMASK, &blocked, NULL);
}

void _thimble_end_session(struct session *session, struct scope *scope) {
    struct lane *lane = _thimble_keepers_lane(session);
    sigset_t blocked;
    sigprocmask(SIG_SETMASK, &session->signals, &blocked);
    _thimble_begin_ending(session, lane, session->session_teardown);
    _thimble_end_shared(session, lane, LIFETIME_SESSION);
    _thimble_scope_ends(scope);
    _thimble_end_ending(session, lane);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
}
