#include "slowest.h"

#include <string.h>

#include "../base/arena.h"

struct duration {
    double seconds;
    const struct test *test;
    uint32_t round;
};

struct slowest {
    uint32_t most, count;
    struct duration list[]; /* the longest first */
};

struct slowest *_thimble_new_slowest(const struct report *report) {
    uint32_t wanted = report->options->durations, tests = report->plan.test_count;
    uint32_t most = wanted < tests ? wanted : tests;
    struct slowest *slowest =
        _thimble_alloc(&_thimble_arena, sizeof(*slowest) + most * sizeof(slowest->list[0]));
    slowest->most = most;
    return slowest;
}

/* Where one belongs that comes behind all that took as long. */
static uint32_t place_of(const struct slowest *slowest, double seconds) {
    uint32_t low = 0, high = slowest->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (slowest->list[middle].seconds >= seconds)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void _thimble_note_duration(struct slowest *slowest, const struct verdict *verdict) {
    uint32_t place = place_of(slowest, verdict->seconds);
    if (place == slowest->most)
        return;
    if (slowest->count < slowest->most)
        slowest->count++;
    memmove(&slowest->list[place + 1], &slowest->list[place],
            (slowest->count - place - 1) * sizeof(slowest->list[0]));
    slowest->list[place] = (struct duration){verdict->seconds, verdict->test, verdict->round};
}

void _thimble_put_slowest(struct people *people) {
    const struct slowest *slowest = people->slowest;
    struct sink *sink = people->report->sink;
    if (slowest->count == 0)
        return;
    _thimble_sink_puts(sink, "slowest tests:\n");
    for (uint32_t i = 0; i < slowest->count; i++) {
        const struct duration *duration = &slowest->list[i];
        _thimble_sink_puts(sink, "  ");
        _thimble_sink_seconds(sink, duration->seconds, 3);
        _thimble_sink_puts(sink, " s  ");
        _thimble_put_visible(people, duration->test->id, strlen(duration->test->id));
        _thimble_put_round(people->report, duration->round);
        _thimble_sink_puts(sink, "\n");
    }
}
