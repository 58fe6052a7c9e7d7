/* For readlink. */
#define _GNU_SOURCE 1

#include "take.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "build.h"
#include "own_modules.h"

/* Those of one trace. */
struct tally {
    uint64_t count, bytes;
};

struct taking {
    struct builder builder;
    struct own_modules modules;
    struct pile tallies; /* struct tally, by the trace's number */
    struct pile made;    /* struct counted, likewise; or empty */
    uint32_t limit;      /* of the traces' numbers */
    uint32_t since;
    struct snapshot header;
};

/* ---- Counting ---- */

static bool add_block(void *context, const struct block *block) {
    struct taking *taking = context;
    struct tally *tallies = (struct tally *)taking->tallies.data;
    if (block->number < taking->since || block->trace >= taking->limit)
        return true;
    tallies[block->trace].count++;
    tallies[block->trace].bytes += block->size;
    taking->header.current += block->size;
    return true;
}

/* ---- Traces ---- */

static uint32_t add_site(struct builder *builder, const struct trace *trace, uint32_t number) {
    const struct unit *unit = trace->unit;
    if (!unit)
        return 0;
    char buffer[512];
    struct text type = _thimble_text(buffer, sizeof(buffer));
    const struct thimble_site *site = &unit->sites[trace->site];
    _thimble_put_trace_type(&type, number);
    struct snapshot_site copy = {.line = site->line, .column = site->column};
    copy.file =
        _thimble_build_string(builder, _thimble_plain_path(_thimble_string(unit, site->file)));
    if (unit->source)
        copy.directory =
            _thimble_build_string(builder, _thimble_string(unit, unit->source->directory));
    copy.function = _thimble_build_string(builder, _thimble_function_name(unit, site->function));
    copy.allocator = _thimble_build_string(builder, _thimble_function_name(unit, site->callee));
    copy.type = _thimble_build_string(builder, strcmp(type.data, "?") == 0 ? "" : type.data);
    return _thimble_build_site(builder, &copy);
}

static void add_trace(struct taking *taking, uint32_t number, const struct tally *tally) {
    const struct counted *made = (const struct counted *)taking->made.data;
    struct trace trace = _thimble_trace_of(number);
    struct snapshot_trace copy = {.number = number, .count = tally->count, .bytes = tally->bytes};
    if (made) {
        copy.made_count = made[number].count;
        copy.made_bytes = made[number].bytes;
    }
    copy.site = add_site(&taking->builder, &trace, number);
    for (uint32_t i = 0; i < trace.frame_count; i++) {
        if (!_thimble_add_own_frame(&taking->modules, &taking->builder, trace.frames[i]))
            break;
    }
    _thimble_build_trace(&taking->builder, &copy);
}

/* ---- What stands in front ---- */

static uint32_t add_link(struct builder *builder, const char *link) {
    char path[4096];
    ssize_t length = readlink(link, path, sizeof(path) - 1);
    path[length > 0 ? length : 0] = '\0';
    return _thimble_build_string(builder, path);
}

/* When the process was started, in ticks of the system: the 22nd word of its status. A name in
 * parentheses may have spaces in it. */
static uint64_t start_time(void) {
    char status[1024];
    int file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, status, sizeof(status) - 1);
    if (file >= 0)
        close(file);
    status[length > 0 ? length : 0] = '\0';
    const char *at = strrchr(status, ')');
    for (int word = 2; at && word < 22; word++)
        at = strchr(at + 1, ' ');
    uint64_t time = 0;
    for (at = at ? at + 1 : ""; *at >= '0' && *at <= '9'; at++)
        time = time * 10 + (uint64_t)(*at - '0');
    return time;
}

static void begin(struct taking *taking) {
    struct timespec now = {0};
    struct snapshot *header = &taking->header;
    clock_gettime(CLOCK_REALTIME, &now);
    header->time = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    header->process = (uint32_t)getpid();
    header->run = start_time() << 22 | header->process;
    header->frames = _thimble_frames_kept();
    header->overhead = _thimble_tracker_overhead();
    header->dropped = _thimble_tracker_dropped();
    header->program = add_link(&taking->builder, "/proc/self/exe");
    header->directory = add_link(&taking->builder, "/proc/self/cwd");
    _thimble_find_own_modules(&taking->modules, &taking->builder);
    taking->limit = _thimble_trace_count();
    if (taking->limit == 0)
        taking->limit = 1;
    _thimble_pile_add(&taking->tallies, taking->limit * sizeof(struct tally));
}

static struct snapshot *end(struct taking *taking) {
    _thimble_drop_pile(&taking->tallies);
    _thimble_drop_pile(&taking->made);
    _thimble_drop_own_modules(&taking->modules);
    return _thimble_build(&taking->builder, &taking->header);
}

struct snapshot *_thimble_take_snapshot(uint32_t since, enum snapshot_reason reason, int signal) {
    struct taking taking = {.since = since,
                            .header = {.reason = reason, .signal = (uint32_t)signal}};
    size_t current = 0, peak = 0;
    begin(&taking);
    if (!taking.tallies.failed) {
        if (_thimble_pile_add(&taking.made, taking.limit * sizeof(struct counted)))
            _thimble_count_sum((struct counted *)taking.made.data, taking.limit);
        _thimble_each_block(add_block, &taking);
        const struct tally *tallies = (const struct tally *)taking.tallies.data;
        const struct counted *made = (const struct counted *)taking.made.data;
        for (uint32_t i = 0; i < taking.limit; i++) {
            if (tallies[i].count || (made && made[i].count))
                add_trace(&taking, i, &tallies[i]);
        }
    } else {
        taking.builder.traces.failed = true;
    }
    _thimble_count_traced(&current, &peak);
    taking.header.peak = peak > taking.header.current ? peak : taking.header.current;
    return end(&taking);
}

struct snapshot *_thimble_take_blocks(const struct block *blocks, size_t count,
                                      struct pile *numbers) {
    struct taking taking = {0};
    begin(&taking);
    uint32_t *number = _thimble_pile_add(numbers, taking.limit * sizeof(uint32_t));
    uint32_t used = 0;
    if (!number || taking.tallies.failed)
        taking.builder.traces.failed = true;
    for (size_t i = 0; i < count && !taking.builder.traces.failed; i++)
        add_block(&taking, &blocks[i]);
    const struct tally *tallies = (const struct tally *)taking.tallies.data;
    for (uint32_t i = 0; i < taking.limit && !taking.builder.traces.failed; i++) {
        if (tallies[i].count == 0)
            continue;
        number[i] = used++;
        add_trace(&taking, i, &tallies[i]);
    }
    taking.header.peak = taking.header.current;
    return end(&taking);
}
