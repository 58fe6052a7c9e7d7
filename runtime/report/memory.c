/* In tracemalloc's form. */
#include "memory.h"

#include <string.h>

#include "../memory/snapshot.h"

static void put_size(struct sink *sink, uint64_t bytes, uint64_t count) {
    char buffer[64];
    struct text text = _thimble_text(buffer, sizeof buffer);
    _thimble_put_size(&text, (int64_t)bytes, count, false);
    _thimble_sink_puts(sink, buffer);
}

static void put_amount(struct sink *sink, uint64_t size, uint64_t count) {
    _thimble_sink_puts(sink, ": size=");
    put_size(sink, size, 1);
    _thimble_sink_printf(sink, ", count=%llu", (unsigned long long)count);
    if (count > 0) {
        _thimble_sink_puts(sink, ", average=");
        put_size(sink, size, count);
    }
    _thimble_sink_puts(sink, "\n");
}

static void put_peak(struct people *people, const struct memory_use *use) {
    struct sink *sink = people->report->sink;
    const struct plan *plan = &people->report->plan;
    if (use->peak == 0)
        return;
    const struct test *test = plan->tests[use->peak_test];
    _thimble_sink_puts(sink, "  most at a time: ");
    put_size(sink, use->peak, 1);
    _thimble_sink_puts(sink, " in ");
    _thimble_put_visible(people, test->id, strlen(test->id));
    _thimble_put_round(people->report, _thimble_round_of(plan, use->peak_test));
    _thimble_sink_puts(sink, "\n");
}

void _thimble_put_memory(struct people *people, const struct memory_use *use) {
    struct sink *sink = people->report->sink;
    _thimble_sink_printf(sink, "allocated by the tests, at %u line%s", use->site_count,
                         use->site_count == 1 ? "" : "s");
    put_amount(sink, use->all.size, use->all.count);
    for (uint32_t i = 0; i < use->shown; i++) {
        const struct memory_site *site = &use->sites[i];
        _thimble_sink_puts(sink, "  ");
        _thimble_put_visible(people, site->file, strlen(site->file));
        _thimble_sink_printf(sink, ":%u", site->line);
        put_amount(sink, site->size, site->count);
    }
    if (use->elsewhere.count > 0) {
        _thimble_sink_puts(sink, "  elsewhere, in what was loaded later");
        put_amount(sink, use->elsewhere.size, use->elsewhere.count);
    }
    put_peak(people, use);
    if (use->unknown > 0)
        _thimble_sink_printf(sink, "  without %u test%s, whose process%s ended early\n",
                             use->unknown, use->unknown == 1 ? "" : "s",
                             use->unknown == 1 ? "" : "es");
}
