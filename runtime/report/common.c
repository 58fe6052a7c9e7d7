#include <string.h>

#include "form.h"

struct span _thimble_first_line(const struct span *span) {
    const char *newline = span->length ? memchr(span->bytes, '\n', span->length) : NULL;
    return (struct span){span->bytes, newline ? (size_t)(newline - span->bytes) : span->length};
}

/* The reason that stands in the source, or null. */
static const char *mark_of(const struct verdict *verdict) {
    return verdict->outcome == OUTCOME_SKIPPED ? verdict->test->skip : verdict->test->xfail;
}

struct span _thimble_reason(const struct verdict *verdict) {
    const char *mark = mark_of(verdict);
    if (mark)
        return (struct span){mark, strlen(mark)};
    return _thimble_first_line(&verdict->message);
}

struct span _thimble_rest_of_message(const struct verdict *verdict) {
    const struct span reason = _thimble_reason(verdict), all = verdict->message;
    bool repeats = all.length >= reason.length && all.length > 0 &&
                   memcmp(all.bytes, reason.bytes, reason.length) == 0 &&
                   (all.length == reason.length || all.bytes[reason.length] == '\n');
    if (!repeats)
        return all;
    size_t start = all.length > reason.length ? reason.length + 1 : reason.length;
    return (struct span){all.bytes + start, all.length - start};
}

uint32_t _thimble_failed_subtests(const struct verdict *verdict) {
    uint32_t failed = 0;
    for (uint32_t i = 0; i < verdict->subtest_count; i++)
        failed += verdict->subtests[i].outcome == SUBTEST_FAILED;
    return failed;
}

void _thimble_put_round(struct report *report, uint32_t round) {
    if (report->plan.rounds > 1)
        _thimble_sink_printf(report->sink, " (run %u of %u)", round + 1, report->plan.rounds);
}

bool _thimble_is_planned(const struct report *report, const struct verdict *verdict) {
    return verdict->number < report->plan.test_count;
}

uint32_t _thimble_round_of(const struct plan *plan, uint32_t number) {
    uint32_t tests = plan->rounds > 1 ? plan->test_count / plan->rounds : 0;
    return tests ? number / tests : 0;
}

enum outcome _thimble_subtest_outcome(const struct subtest *subtest) {
    return subtest->outcome == SUBTEST_PASSED   ? OUTCOME_PASSED
           : subtest->outcome == SUBTEST_FAILED ? OUTCOME_FAILED
                                                : OUTCOME_SKIPPED;
}
