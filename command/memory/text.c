/* text.c: statistics as the runtime writes them, below what the dump is, and with tracebacks
 * and colours where these are asked for. */
#define _GNU_SOURCE
#include "memory.h"

#include "../command.h"
#include "base/text.h"
#include "memory/output.h"
#include "memory/piece.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- What it is ---- */

static const char *reason(const struct snapshot *snapshot, char room[64]) {
    static const char *const reasons[] = {"when asked", "at its exit", "on SIGUSR2"};
    if (snapshot->reason != SNAPSHOT_FATAL)
        return snapshot->reason < SNAPSHOT_FATAL ? reasons[snapshot->reason]
                                                 : "for a reason not known";
    const char *name = sigabbrev_np((int)snapshot->signal);
    snprintf(room, 64, name ? "on SIG%s, which ended it" : "on signal %s%u, which ended it",
             name ? name : "", snapshot->signal);
    return room;
}

static void put_size(FILE *to, const char *name, uint64_t bytes) {
    char buffer[64];
    struct text text = _thimble_text(buffer, sizeof buffer);
    _thimble_put_size(&text, (int64_t)bytes, 1, false);
    fprintf(to, "%s%s", name, text.data);
}

static void print_headline(FILE *to, const struct snapshot *snapshot) {
    char when[64], room[64];
    time_t seconds = (time_t)(snapshot->time / 1000000000);
    struct tm local;
    const char *program = _thimble_snapshot_string(snapshot, snapshot->program);
    if (!localtime_r(&seconds, &local) || !strftime(when, sizeof when, "%F %T", &local))
        *when = '\0';
    fprintf(to, "%s, process %" PRIu32 ", %s, written %s\n", *program ? program : "(no name)",
            snapshot->process, when, reason(snapshot, room));
    put_size(to, "  size=", snapshot->current);
    put_size(to, ", peak=", snapshot->peak);
    fprintf(to, ", frames=%" PRIu32, snapshot->frames);
    put_size(to, ", overhead=", snapshot->overhead);
    fprintf(to, ", dropped=%" PRIu64 "\n", snapshot->dropped);
}

/* ---- Colours ---- */

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define MORE "\033[31m"
#define LESS "\033[32m"
#define PLAIN "\033[0m"

/* "#1: zoo.c:42: size=2314 KiB (+2314 KiB), …": the place in bold, a change by its sign. */
static void print_coloured(FILE *to, const char *line) {
    const char *place = strstr(line, ": "), *numbers = strstr(line, ": size=");
    if (!place || !numbers || place == numbers) {
        fputs(line, to);
        return;
    }
    place += 2;
    fprintf(to, "%.*s" BOLD "%.*s" PLAIN, (int)(place - line), line, (int)(numbers - place), place);
    for (; *numbers; numbers++) {
        bool change = *numbers == '(' && (numbers[1] == '+' || numbers[1] == '-');
        if (change)
            fputs(numbers[1] == '+' ? MORE : LESS, to);
        putc(*numbers, to);
        if (*numbers == ')')
            fputs(PLAIN, to);
    }
}

static void print_source(FILE *to, const char *line, bool colour) {
    size_t length = strcspn(line, "\n");
    fprintf(to, "%s%.*s%s\n", colour ? DIM : "", (int)length, line, colour ? PLAIN : "");
}

/* ---- Tracebacks ---- */

/* As tracker_format has it: "  zoo.c:42 in add_animal", and the source line below. */
static void print_frame(FILE *to, const char *place, const char *function, const char *source,
                        bool colour) {
    fprintf(to, "  %s%s%s\n", place, *place && *function ? " in " : "", function);
    if (!*source)
        return;
    fputs("    ", to);
    print_source(to, source, colour);
}

static void print_line_of(FILE *to, const struct snapshot *view, const char *directory,
                          uint32_t file, uint32_t line, const char *function, bool colour) {
    char buffer[1024], place[PATH_SIZE + 16];
    struct text source = _thimble_text(buffer, sizeof buffer);
    const char *name = _thimble_snapshot_string(view, file);
    *place = '\0';
    if (*name)
        snprintf(place, sizeof place, "%s:%" PRIu32, name, line);
    _thimble_put_source_line(&source, directory, name, line);
    print_frame(to, place, function, source.data, colour);
}

static void print_traceback(FILE *to, const struct snapshot_statistics *all,
                            const struct snapshot_statistic *statistic, bool colour) {
    const struct snapshot *view = _thimble_statistic_snapshot(all, statistic);
    const struct snapshot_trace *trace = _thimble_statistic_trace(all, statistic);
    uint32_t count;
    const struct snapshot_site *site = &_thimble_snapshot_sites(view, &count)[trace->site];
    const struct snapshot_frame *frames = _thimble_snapshot_frames(view, &count);
    const char *directory = _thimble_snapshot_string(view, site->directory);
    if (!*directory)
        directory = _thimble_snapshot_string(view, view->directory);
    if (shows_site(trace))
        print_line_of(to, view, directory, site->file, site->line, site_label(view, site), colour);
    for (uint32_t i = 0; i < trace->frame_count; i++) {
        const struct snapshot_frame *frame = &frames[trace->frame_first + i];
        char *label = frame_label(view, frame);
        print_line_of(to, view, directory, frame->file, frame->line, label, colour);
        free(label);
    }
}

/* ---- All of it ---- */

/* What the runtime writes, read line by line: a group's first line begins with its number, and
 * its source line is indented. */
static void pass_on(FILE *to, FILE *from, const struct snapshot_statistics *all,
                    const struct request *request) {
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, from) >= 0) {
        bool is_group = *line == '#';
        if (strncmp(line, "    ", 4) == 0) {
            if (!request->traceback)
                print_source(to, line, request->colour);
            continue;
        }
        if (is_group && request->colour)
            print_coloured(to, line);
        else
            fputs(line, to);
        size_t number = is_group ? strtoul(line + 1, NULL, 10) : 0;
        if (number && number <= all->count && request->traceback)
            print_traceback(to, all, &all->items[number - 1], request->colour);
    }
    free(line);
}

static bool print_statistics(FILE *to, const struct snapshot_statistics *all,
                             const struct request *request) {
    FILE *between = tmpfile();
    if (!between)
        return false;
    struct output output = {.file = fileno(between)};
    _thimble_write_statistics(&output, all, 0, request->top ? request->top : all->count);
    bool done = _thimble_output_end(&output) && fseek(between, 0, SEEK_SET) == 0;
    if (done)
        pass_on(to, between, all, request);
    fclose(between);
    return done;
}

bool print_text(FILE *to, const struct snapshot *snapshot, const struct snapshot *view,
                const struct snapshot *old, const struct request *request) {
    struct snapshot_statistics *all =
        _thimble_snapshot_statistics(view, old, request->grouping, NULL, 0);
    if (!all)
        return false;
    if (old) {
        fputs("Old: ", to);
        print_headline(to, old);
        fputs("New: ", to);
    }
    print_headline(to, snapshot);
    if (request->made)
        fputs("All that was ever allocated:\n", to);
    putc('\n', to);
    bool done = print_statistics(to, all, request);
    _thimble_drop_piece(all);
    return done;
}
