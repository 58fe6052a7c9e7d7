#include "results.h"

#include <string.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../report/form.h"
#include "../report/report.h"
#include "await.h"
#include "way.h"

/* Seconds after which a test may be named as one that runs; the user is told of one that runs
 * for SLOW_SECONDS. */
#define LONG 2.0

/* ---- Reading a verdict ---- */

static struct span read_piece(int spool, const struct piece *piece, char **at) {
    ssize_t got = piece->length ? pread(spool, *at, piece->length, (off_t)piece->offset) : 0;
    struct span span = {*at, got > 0 ? (size_t)got : 0};
    *at += span.length;
    return span;
}

static void make_room(struct results *results, const struct result *result) {
    size_t size =
        (size_t)result->message.length + result->output[0].length + result->output[1].length;
    if (size <= results->capacity)
        return;
    results->capacity = 2 * size;
    results->bytes = _thimble_alloc(&_thimble_arena, results->capacity);
}

static struct text *emptied(struct text *text) {
    if (!text->grows)
        *text = _thimble_growing_text();
    text->length = 0;
    return text;
}

/* Takes the lines out that are behind NOTE_MARK. */
static void split_notes(struct results *results, struct verdict *verdict) {
    struct span left = verdict->message;
    if (!left.length || !memchr(left.bytes, NOTE_MARK, left.length))
        return;
    struct text *rest = emptied(&results->rest), *notes = emptied(&results->notes_of_test);
    while (left.length > 0) {
        struct span line = _thimble_first_line(&left);
        bool is_note = line.length > 0 && line.bytes[0] == NOTE_MARK;
        struct text *text = is_note ? notes : rest;
        if (text->length > 0)
            _thimble_puts(text, "\n");
        _thimble_put(text, line.bytes + is_note, line.length - is_note);
        size_t taken = line.length < left.length ? line.length + 1 : line.length;
        left = (struct span){left.bytes + taken, left.length - taken};
    }
    verdict->message = (struct span){rest->data, rest->length};
    verdict->note = (struct span){notes->data, notes->length};
}

static void split(struct results *results, struct verdict *verdict) {
    struct span whole = verdict->message;
    for (;;) {
        uint32_t count = _thimble_split_subtests(whole, emptied(&results->own), results->subtests,
                                                 results->subtest_room);
        verdict->subtest_count = count;
        if (count <= results->subtest_room)
            break;
        results->subtest_room = 2 * count;
        results->subtests =
            _thimble_alloc(&_thimble_arena, results->subtest_room * sizeof(*results->subtests));
    }
    verdict->subtests = results->subtests;
    verdict->message = (struct span){results->own.data, results->own.length};
    split_notes(results, verdict);
}

/* A teardown's is that of the tests before it. */
static uint32_t round_of(const struct session *session, uint32_t number) {
    for (uint32_t i = 0; number >= session->test_count && i < session->batch_count; i++) {
        if (session->batches[i].teardown == number)
            number = session->batches[i].first;
    }
    return number < session->test_count ? number / (session->test_count / session->rounds) : 0;
}

static struct verdict read_verdict(struct results *results, uint32_t number) {
    const struct session *session = results->session;
    const struct result *result = &session->results[number];
    struct verdict verdict = {.test = session->tests[number], .number = number};
    make_room(results, result);
    char *at = results->bytes;
    verdict.round = round_of(session, number);
    verdict.outcome = result->outcome;
    verdict.seconds = result->seconds;
    verdict.message = read_piece(session->spool, &result->message, &at);
    for (int i = 0; i < 2; i++)
        verdict.output[i] = read_piece(session->spool, &result->output[i], &at);
    return verdict;
}

/* Where a failure came by functions, as it is written down from now on. */
static void show_way(struct results *results, struct verdict *verdict) {
    struct session *session = results->session;
    const struct span *said = &verdict->message;
    if (!_thimble_holds_way(said->bytes, said->length))
        return;
    struct text *way = emptied(&results->way);
    _thimble_put_way(way, &session->symbols, verdict->test, said->bytes, said->length);
    verdict->message = (struct span){way->data, way->length};
    session->results[verdict->number].message = _thimble_spool(session, way->data, way->length);
}

/* ---- While the run goes on ---- */

/* Workers that come one after the other may have the same to say. */
static bool is_known(const struct results *results, const char *note) {
    for (uint32_t i = 0; i < results->notes; i++) {
        if (strcmp(_thimble_unspool(results->session, results->session->board->notes[i]), note) ==
            0)
            return true;
    }
    return false;
}

static void take_notes(struct results *results) {
    const struct board *board = results->session->board;
    while (results->notes < MOST_NOTES && board->notes[results->notes].length) {
        atomic_thread_fence(memory_order_acquire);
        const char *note = _thimble_unspool(results->session, board->notes[results->notes]);
        if (!is_known(results, note))
            _thimble_report_note(note);
        results->notes++;
    }
}

static void look_at_lane(const struct session *session, const struct lane *lane,
                         struct slow *slow) {
    const struct task *task = lane->task;
    uint32_t number = atomic_load(&task->test);
    if (number >= session->test_count || _thimble_is_stopped(&lane->slate->stop))
        return;
    double seconds = _thimble_now() - task->started - lane->slate->stop.took;
    bool very = seconds >= SLOW_SECONDS, known = slow->test == number;
    if (seconds < LONG || (known && (slow->very || !very)) || atomic_load(&task->test) != number)
        return;
    *slow = (struct slow){number, very};
    _thimble_report_slow(session->tests[number], seconds);
}

static void look_for_slow(struct results *results) {
    const struct session *session = results->session;
    for (uint32_t i = 0; i < session->lane_count; i++)
        look_at_lane(session, &session->lanes[i], &results->slow[i]);
}

static void take(struct results *results, uint32_t number) {
    results->seen[number] = true;
    struct verdict verdict = read_verdict(results, number);
    show_way(results, &verdict);
    results->summary.counts[verdict.outcome]++;
    split(results, &verdict);
    results->summary.warnings += verdict.outcome == OUTCOME_PASSED && verdict.message.length > 0;
    _thimble_report_test(&verdict);
}

void _thimble_take_results(struct results *results) {
    const struct session *session = results->session;
    while (results->read < session->result_count) {
        uint32_t finished = atomic_load(&session->order[results->read]);
        if (finished == 0)
            break;
        results->read++;
        take(results, finished - 1);
    }
    take_notes(results);
    look_for_slow(results);
}

/* ---- Begin and end ---- */

void _thimble_results_begin(struct results *results, struct session *session) {
    *results = (struct results){.session = session};
    results->seen = _thimble_alloc(&_thimble_arena, session->result_count + 1);
    results->slow = _thimble_alloc(&_thimble_arena, session->lane_count * sizeof(*results->slow));
    for (uint32_t i = 0; i < session->lane_count; i++)
        results->slow[i].test = NO_TEST;
}

void _thimble_results_end(struct results *results) {
    const struct session *session = results->session;
    for (uint32_t i = 0; i < session->result_count; i++) {
        if (results->seen[i]) {
            struct verdict verdict = read_verdict(results, i);
            split(results, &verdict);
            _thimble_report_in_order(&verdict);
        } else if (i < session->test_count) {
            results->summary.not_run++;
        }
    }
}
