/* What <thimble/memory.h> declares of tracebacks. */
#include <thimble/memory.h>

#include <errno.h>
#include <string.h>

#include "build.h"
#include "symbolise.h"
#include "tracing.h"

/* Frames with their words as strings of the builder's. */
struct told_frame {
    uint32_t function, file, source, module, line;
};

struct telling {
    struct builder words;
    struct pile frames; /* struct told_frame */
    struct symbols symbols;
    const char *directory; /* where files are that are not found as they are named */
    bool skip;             /* the next function is the site's own, which has been told */
    bool is_over;          /* main has been told */
};

static void add_frame(struct telling *telling, const struct located *located, const char *module) {
    char buffer[512];
    struct text source = _thimble_text(buffer, sizeof(buffer));
    struct told_frame *frame = _thimble_pile_add(&telling->frames, sizeof(*frame));
    if (!frame)
        return;
    _thimble_put_source_line(&source, telling->directory, located->file, located->line);
    frame->function = _thimble_build_string(&telling->words, located->function);
    frame->file = _thimble_build_string(&telling->words, located->file);
    frame->source = _thimble_build_string(&telling->words, source.data);
    frame->module = _thimble_build_string(&telling->words, module);
    frame->line = located->line;
}

/* The plugin gives a program's main another name. */
static const char *name_of(const char *function) {
    return strcmp(function, "program_main") == 0 ? "main" : function;
}

static void add_located(void *context, const struct located *located) {
    struct telling *telling = context;
    const struct located named = {name_of(located->function), located->file, located->line};
    if (!telling->skip && !telling->is_over)
        add_frame(telling, &named, "");
    telling->skip = false;
    telling->is_over |= strcmp(named.function, "main") == 0;
}

static void add_unknown(struct telling *telling, const struct snapshot *snapshot,
                        const struct snapshot_frame *frame) {
    char buffer[512];
    struct text place = _thimble_text(buffer, sizeof(buffer));
    uint32_t count;
    const struct snapshot_module *modules = _thimble_snapshot_modules(snapshot, &count);
    const char *path = frame->module < count
                           ? _thimble_snapshot_string(snapshot, modules[frame->module].path)
                           : "?";
    const char *slash = strrchr(path, '/');
    _thimble_printf(&place, "%s+0x%llx", slash ? slash + 1 : path,
                    (unsigned long long)frame->address);
    if (!telling->skip)
        add_frame(telling, &(struct located){"", "", 0}, place.data);
    telling->skip = false;
}

static void tell_frame(struct telling *telling, const struct snapshot *snapshot,
                       const struct snapshot_frame *frame) {
    const char *function = _thimble_snapshot_string(snapshot, frame->function);
    if (*function)
        add_located(telling,
                    &(struct located){function, _thimble_snapshot_string(snapshot, frame->file),
                                      frame->line});
    else if (!_thimble_locate(&telling->symbols, snapshot, frame, add_located, telling))
        add_unknown(telling, snapshot, frame);
}

static struct thimble_traceback *finish(struct telling *telling) {
    size_t count = telling->frames.used / sizeof(struct told_frame);
    const struct told_frame *told = (const struct told_frame *)telling->frames.data;
    struct thimble_traceback *traceback = NULL;
    _thimble_build_string(&telling->words, "");
    if (!telling->frames.failed && !telling->words.strings.failed)
        traceback = _thimble_new_piece(sizeof(*traceback) + count * sizeof(struct thimble_frame) +
                                       telling->words.strings.used);
    if (traceback) {
        struct thimble_frame *frames = (struct thimble_frame *)(traceback + 1);
        char *strings = (char *)(frames + count);
        memcpy(strings, telling->words.strings.data, telling->words.strings.used);
        for (size_t i = 0; i < count; i++)
            frames[i] = (struct thimble_frame){
                .function = strings + told[i].function,
                .file = strings + told[i].file,
                .line = told[i].line,
                .source = strings + told[i].source,
                .module = strings + told[i].module,
            };
        *traceback = (struct thimble_traceback){count, frames};
    }
    _thimble_drop_pile(&telling->frames);
    _thimble_drop_builder(&telling->words);
    return traceback;
}

static const struct thimble_traceback *tell(const struct snapshot *snapshot,
                                            const struct snapshot_trace *trace) {
    int saved = errno;
    uint32_t count;
    const struct snapshot_site *site = &_thimble_snapshot_sites(snapshot, &count)[trace->site];
    const struct snapshot_frame *frames = _thimble_snapshot_frames(snapshot, &count);
    struct telling telling = {.directory = _thimble_snapshot_string(snapshot, site->directory)};
    struct located at = {_thimble_snapshot_string(snapshot, site->function),
                         _thimble_snapshot_string(snapshot, site->file), site->line};
    if (trace->site == 0)
        at.file = "<unknown>";
    if (trace->site || trace->frame_count == 0)
        add_frame(&telling, &at, "");
    telling.skip = trace->site != 0;
    telling.is_over = strcmp(at.function, "main") == 0;
    for (uint32_t i = 0; i < trace->frame_count && !telling.is_over; i++)
        tell_frame(&telling, snapshot, &frames[trace->frame_first + i]);
    _thimble_end_symbols(&telling.symbols);
    struct thimble_traceback *traceback = finish(&telling);
    if (!traceback)
        _thimble_complain("tracker_traceback: the system has no memory left for it");
    errno = traceback ? saved : ENOMEM;
    return traceback;
}

THIMBLE_API const struct thimble_traceback *
thimble_statistic_traceback(const struct thimble_statistic *statistic) {
    if (!statistic || !statistic->file)
        return NULL;
    const struct snapshot_statistics *all = statistic->of;
    const struct snapshot_statistic *item = &all->items[statistic->number];
    return tell(_thimble_statistic_snapshot(all, item), _thimble_statistic_trace(all, item));
}

THIMBLE_API const struct thimble_traceback *
thimble_object_traceback(const struct thimble_heap_object *object) {
    uint32_t count;
    if (!object || !object->address)
        return NULL;
    return tell(object->of, &_thimble_snapshot_traces(object->of, &count)[object->number]);
}

/* ---- As text ---- */

static void put_frame(struct pile *pile, const struct thimble_frame *frame) {
    char buffer[4608];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&text, "  %s", *frame->module ? frame->module : frame->file);
    if (frame->line || strcmp(frame->file, "<unknown>") == 0)
        _thimble_printf(&text, ":%u", frame->line);
    if (*frame->function)
        _thimble_printf(&text, "%s%s", text.length > 2 ? " in " : "", frame->function);
    if (*frame->source)
        _thimble_printf(&text, "\n    %s", frame->source);
    _thimble_puts(&text, "\n");
    char *room = _thimble_pile_add(pile, text.length);
    if (room)
        memcpy(room, text.data, text.length);
}

THIMBLE_API const char *thimble_tracker_format(const struct thimble_traceback *traceback) {
    struct pile pile = {0};
    for (size_t i = 0; traceback && i < traceback->count; i++)
        put_frame(&pile, &traceback->frames[i]);
    char *text = _thimble_new_piece(pile.used + 1);
    if (text && pile.used)
        memcpy(text, pile.data, pile.used);
    _thimble_drop_pile(&pile);
    return text ? text : "";
}
