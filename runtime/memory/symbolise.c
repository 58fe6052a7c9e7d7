#include "symbolise.h"

#include <stdlib.h>
#include <string.h>

#include "../registry/registry.h"
#include "build.h"

bool _thimble_locate(struct symbols *symbols, const struct snapshot *snapshot,
                     const struct snapshot_frame *frame,
                     void (*add)(void *context, const struct located *), void *context) {
    char buffer[8192];
    struct text answer = _thimble_text(buffer, sizeof(buffer));
    uint32_t count;
    const struct snapshot_module *modules = _thimble_snapshot_modules(snapshot, &count);
    bool any = false;
    answer.grows = true; /* into the arena */
    if (frame->module >= count ||
        !_thimble_ask_symbols(symbols,
                              _thimble_snapshot_string(snapshot, modules[frame->module].path),
                              frame->address, &answer))
        return false;
    for (char *rest = answer.data; *rest;) {
        char *line = _thimble_take_word(&rest, '\n');
        struct located located = {.function = _thimble_take_word(&line, '\t')};
        located.file = _thimble_plain_path(_thimble_take_word(&line, '\t'));
        located.line = (uint32_t)strtoul(line, NULL, 10);
        if (*located.function == '\0' && !located.line)
            continue;
        any = true;
        add(context, &located);
    }
    return any;
}

/* ---- All of a snapshot ---- */

struct symbolising {
    struct symbols symbols;
    struct builder *builder;
    const struct snapshot_frame *frame;
};

static void add_located(void *context, const struct located *located) {
    struct symbolising *symbolising = context;
    struct snapshot_frame frame = *symbolising->frame;
    frame.function = _thimble_build_string(symbolising->builder, located->function);
    frame.file = _thimble_build_string(symbolising->builder, located->file);
    frame.line = located->line;
    _thimble_build_frame(symbolising->builder, &frame);
}

static void symbolise_frame(void *context, struct builder *builder, const struct snapshot *snapshot,
                            const struct snapshot_frame *frame) {
    struct symbolising *symbolising = context;
    symbolising->builder = builder;
    symbolising->frame = frame;
    bool known = *_thimble_snapshot_string(snapshot, frame->function);
    if (!known && _thimble_locate(&symbolising->symbols, snapshot, frame, add_located, symbolising))
        return;
    struct snapshot_frame copied = _thimble_copied_frame(builder, snapshot, frame);
    _thimble_build_frame(builder, &copied);
}

struct snapshot *_thimble_symbolise(const struct snapshot *snapshot) {
    struct symbolising symbolising = {.symbols = {0}};
    struct snapshot *copy = _thimble_snapshot_copy(
        snapshot, &(struct copying){.frame = symbolise_frame, .context = &symbolising});
    _thimble_end_symbols(&symbolising.symbols);
    return copy;
}
