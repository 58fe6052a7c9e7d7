#include "progress.h"

#include <string.h>

#include "../base/arena.h"
#include "../runner/await.h"
#include "escape.h"

/* Of more that run long the line has no room. */
#define MOST_RUNNING 4

struct running {
    const struct test *test;
    double started;
};

struct progress {
    struct people *people;
    bool wanted;
    uint32_t finished, bad;
    struct running running[MOST_RUNNING];
    uint32_t running_count;
    struct text shown; /* what stands there, or "" */
    char buffers[2][512];
};

struct progress *_thimble_new_progress(struct people *people) {
    struct progress *progress = _thimble_alloc(&_thimble_arena, sizeof(*progress));
    const struct options *options = people->report->options;
    progress->people = people;
    progress->wanted = people->terminal && !options->show_output && !options->quiet;
    progress->shown = _thimble_text(progress->buffers[0], sizeof(progress->buffers[0]));
    return progress;
}

static uint32_t place_of(const struct progress *progress, const struct test *test) {
    uint32_t i = 0;
    while (i < progress->running_count && progress->running[i].test != test)
        i++;
    return i;
}

void _thimble_progress_test(struct progress *progress, const struct verdict *verdict) {
    progress->finished += _thimble_is_planned(progress->people->report, verdict);
    progress->bad += _thimble_is_bad(verdict->outcome);
    uint32_t place = place_of(progress, verdict->test);
    if (place == progress->running_count)
        return;
    progress->running_count--;
    memmove(&progress->running[place], &progress->running[place + 1],
            (progress->running_count - place) * sizeof(progress->running[0]));
}

void _thimble_progress_slow(struct progress *progress, const struct test *test, double seconds) {
    uint32_t place = place_of(progress, test);
    if (place == MOST_RUNNING)
        return;
    if (place == progress->running_count)
        progress->running_count++;
    progress->running[place] = (struct running){test, _thimble_now() - seconds};
}

/* ---- The line ---- */

static void put_running(struct text *line, const struct running *running, bool first) {
    double seconds = _thimble_now() - running->started;
    _thimble_printf(line, "%s%s %.0f s", first ? "; " : ", ", running->test->label, seconds);
}

/* A line that is longer than the terminal's could not be taken back. */
static size_t fitting(const struct text *line, uint32_t width) {
    size_t at = 0;
    for (uint32_t columns = 1; at < line->length && columns < width; columns++) {
        size_t size = _thimble_character(line->data + at, line->length - at);
        at += size ? size : 1;
    }
    return at;
}

void _thimble_put_progress(struct progress *progress) {
    if (!progress->wanted)
        return;
    char *other = progress->buffers[progress->shown.data == progress->buffers[0]];
    struct text line = _thimble_text(other, sizeof(progress->buffers[0]));
    _thimble_printf(&line, "%u/%u", progress->finished, progress->people->report->plan.test_count);
    if (progress->bad > 0)
        _thimble_printf(&line, ", %u not passed", progress->bad);
    for (uint32_t i = 0; i < progress->running_count; i++)
        put_running(&line, &progress->running[i], i == 0);
    if (strcmp(line.data, progress->shown.data) == 0)
        return;
    _thimble_sink_puts(progress->people->report->sink, "\r\033[K");
    _thimble_put_visible(progress->people, line.data,
                         fitting(&line, _thimble_width(progress->people)));
    progress->shown = line;
}

void _thimble_clear_progress(struct progress *progress) {
    if (progress->shown.length > 0)
        _thimble_sink_puts(progress->people->report->sink, "\r\033[K");
    progress->shown.length = 0;
    progress->shown.data[0] = '\0';
}

void _thimble_end_progress(struct progress *progress) {
    _thimble_clear_progress(progress);
    progress->wanted = false;
}
