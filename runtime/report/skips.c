#include "skips.h"

#include <string.h>

#include "../base/arena.h"

/* Of more reasons the rest are a number: -v has all. */
#define MOST_LINES 20

struct reason {
    enum outcome outcome;
    struct span text;
    uint32_t count;
    const struct test *first;
    uint32_t round; /* of the first */
    struct reason *next;
};

struct skips {
    struct reason *first, **end;
    uint32_t count;  /* of reasons */
    uint32_t untold; /* tests whose reasons are too many */
};

struct skips *_thimble_new_skips(void) {
    struct skips *skips = _thimble_alloc(&_thimble_arena, sizeof(*skips));
    skips->end = &skips->first;
    return skips;
}

static struct reason *find(const struct skips *skips, enum outcome outcome, struct span text) {
    struct reason *reason = skips->first;
    while (reason && !(reason->outcome == outcome && reason->text.length == text.length &&
                       memcmp(reason->text.bytes, text.bytes, text.length) == 0))
        reason = reason->next;
    return reason;
}

static struct reason *add(struct skips *skips, const struct verdict *verdict, struct span text) {
    struct reason *reason = _thimble_alloc(&_thimble_arena, sizeof(*reason));
    reason->outcome = verdict->outcome;
    reason->text.bytes = _thimble_strndup(&_thimble_arena, text.bytes, text.length);
    reason->text.length = text.length;
    reason->first = verdict->test;
    reason->round = verdict->round;
    *skips->end = reason;
    skips->end = &reason->next;
    skips->count++;
    return reason;
}

void _thimble_note_skip(struct skips *skips, const struct verdict *verdict) {
    struct span text = _thimble_reason(verdict);
    struct reason *reason = find(skips, verdict->outcome, text);
    if (!reason && skips->count < MOST_LINES)
        reason = add(skips, verdict, text);
    if (reason)
        reason->count++;
    else
        skips->untold++;
}

static void put_reason(struct people *people, const struct reason *reason) {
    struct sink *sink = people->report->sink;
    if (reason->count == 1) {
        _thimble_put_heading(people, reason->outcome, NULL, reason->first, reason->round);
    } else {
        _thimble_put_color(people, reason->outcome);
        _thimble_sink_puts(sink, _thimble_outcomes[reason->outcome].heading);
        _thimble_end_color(people);
        _thimble_sink_printf(sink, " %u tests", reason->count);
    }
    if (reason->text.length > 0)
        _thimble_sink_puts(sink, ": ");
    _thimble_put_visible(people, reason->text.bytes, reason->text.length);
    _thimble_sink_puts(sink, "\n");
}

void _thimble_put_skips(struct people *people) {
    const struct skips *skips = people->skips;
    for (const struct reason *reason = skips->first; reason; reason = reason->next)
        put_reason(people, reason);
    if (skips->untold > 0)
        _thimble_sink_printf(people->report->sink,
                             "... and %u more tests for other reasons: -v shows them\n",
                             skips->untold);
}
