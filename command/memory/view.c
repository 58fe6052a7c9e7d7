/* view.c: a snapshot whose frames have names, as another snapshot: whoever prints one needs
 * not know where the names came from. */
#define _GNU_SOURCE
#include "memory.h"

#include "../command.h"
#include "core/heap.h"
#include "memory/piece.h"
#include <stdlib.h>
#include <string.h>

struct builder {
    const struct snapshot *from;
    const struct request *request;
    char *strings;
    size_t length, capacity;
    struct snapshot_frame *frames; /* of the view */
    size_t frame_count, frame_capacity;
};

/* What a frame of the old snapshot became, in `named`. */
struct places {
    struct snapshot_frame *named;
    size_t count, capacity;
    struct place {
        size_t first, count;
    } * of; /* by the old frame's index */
};

static uint32_t add_string(struct builder *builder, const char *text) {
    size_t size = strlen(text) + 1;
    if (size == 1)
        return 0;
    builder->strings = heap_grow(builder->strings, &builder->capacity, builder->length + size, 1);
    memcpy(builder->strings + builder->length, text, size);
    builder->length += size;
    return (uint32_t)(builder->length - size);
}

static void add_place(struct places *places, struct snapshot_frame frame) {
    places->named =
        heap_grow(places->named, &places->capacity, places->count + 1, sizeof *places->named);
    places->named[places->count++] = frame;
}

/* The plugin gives a program's main another name. */
static const char *source_name(const char *function) {
    return strcmp(function, "program_main") == 0 ? "main" : function;
}

static struct place name_one(struct builder *builder, struct places *places,
                             const struct snapshot_frame *frame) {
    static struct named named[MOST_NAMED];
    bool is_named = *_thimble_snapshot_string(builder->from, frame->function) != '\0';
    bool is_wanted = !is_named && shows_frames(builder->request);
    size_t count = !is_wanted ? 0 : name_frame(builder->from, frame, named);
    struct place place = {places->count, count ? count : 1};
    if (count == 0)
        add_place(places, *frame);
    for (size_t i = 0; i < count; i++) {
        struct snapshot_frame one = *frame;
        one.function = add_string(builder, source_name(named[i].function));
        one.file = add_string(builder, named[i].file);
        one.line = named[i].line;
        add_place(places, one);
    }
    return place;
}

static int order_by_address(const void *a, const void *b, void *frames) {
    const struct snapshot_frame *all = frames;
    const struct snapshot_frame *one = &all[*(const uint32_t *)a],
                                *other = &all[*(const uint32_t *)b];
    if (one->module != other->module)
        return one->module < other->module ? -1 : 1;
    return (one->address > other->address) - (one->address < other->address);
}

/* Each address once, however many traces it is in. */
static void name_all(struct builder *builder, struct places *places) {
    uint32_t count;
    const struct snapshot_frame *frames = _thimble_snapshot_frames(builder->from, &count);
    uint32_t *order = heap_new((count + 1) * sizeof *order);
    places->of = heap_new((count + 1) * sizeof *places->of);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    qsort_r(order, count, sizeof *order, order_by_address, (void *)frames);
    for (uint32_t i = 0; i < count; i++) {
        bool again = i && order_by_address(&order[i], &order[i - 1], (void *)frames) == 0;
        places->of[order[i]] =
            again ? places->of[order[i - 1]] : name_one(builder, places, &frames[order[i]]);
    }
    free(order);
}

static void add_frame(struct builder *builder, const struct snapshot_frame *frame) {
    builder->frames = heap_grow(builder->frames, &builder->frame_capacity, builder->frame_count + 1,
                                sizeof *builder->frames);
    builder->frames[builder->frame_count++] = *frame;
}

static const char *function_of(const struct builder *builder, const struct snapshot_frame *frame) {
    return builder->strings + frame->function;
}

/* What calls main is the same everywhere, and nobody's. */
static void leave_out_above_main(struct builder *builder, size_t first) {
    for (size_t i = first; i < builder->frame_count; i++)
        if (strcmp(function_of(builder, &builder->frames[i]), "main") == 0)
            builder->frame_count = i + 1;
}

/* Of the functions at a trace's first address, how many the site is in: it stands for them. */
static size_t site_depth(const struct builder *builder, const struct places *places,
                         const struct place *place, uint32_t number) {
    uint32_t count;
    const struct snapshot_site *site = &_thimble_snapshot_sites(builder->from, &count)[number];
    const char *function = _thimble_snapshot_string(builder->from, site->function);
    if (number == 0)
        return 0;
    for (size_t i = 0; i < place->count; i++)
        if (strcmp(function_of(builder, &places->named[place->first + i]), function) == 0)
            return i + 1;
    return 1;
}

static bool is_in_main(const struct builder *builder, uint32_t number) {
    uint32_t count;
    const struct snapshot_site *site = &_thimble_snapshot_sites(builder->from, &count)[number];
    return strcmp(_thimble_snapshot_string(builder->from, site->function), "main") == 0;
}

static struct snapshot_trace view_trace(struct builder *builder, const struct places *places,
                                        const struct snapshot_trace *trace) {
    struct snapshot_trace view = *trace;
    view.frame_first = (uint32_t)builder->frame_count;
    for (uint32_t i = 0; i < trace->frame_count; i++) {
        const struct place *place = &places->of[trace->frame_first + i];
        for (size_t k = i ? 0 : site_depth(builder, places, place, trace->site); k < place->count;
             k++)
            add_frame(builder, &places->named[place->first + k]);
    }
    leave_out_above_main(builder, view.frame_first);
    if (is_in_main(builder, trace->site))
        builder->frame_count = view.frame_first;
    view.frame_count = (uint32_t)builder->frame_count - view.frame_first;
    if (builder->request->made) {
        view.count = trace->made_count;
        view.bytes = trace->made_bytes;
    }
    return view;
}

/* One behind the other, in the order of enum snapshot_section_kind. */
static struct snapshot *put_together(const struct snapshot *from, const void *const parts[],
                                     const size_t counts[], const size_t sizes[]) {
    size_t total = (sizeof *from + 7) / 8 * 8;
    for (int i = 0; i < SNAPSHOT_SECTIONS; i++)
        total += (counts[i] * sizes[i] + 7) / 8 * 8;
    struct snapshot *view = _thimble_new_piece(total);
    if (!view) {
        complain("no memory for what the dump says");
        exit(STATUS_FAILED);
    }
    *view = *from;
    view->size = total;
    view->section_count = SNAPSHOT_SECTIONS;
    size_t at = (sizeof *from + 7) / 8 * 8;
    for (int i = 0; i < SNAPSHOT_SECTIONS; i++) {
        view->sections[i] = (struct snapshot_section){at, counts[i]};
        if (counts[i])
            memcpy((char *)view + at, parts[i], counts[i] * sizes[i]);
        at += (counts[i] * sizes[i] + 7) / 8 * 8;
    }
    return view;
}

struct snapshot *make_view(const struct snapshot *snapshot, const struct request *request) {
    struct builder builder = {.from = snapshot, .request = request};
    struct places places = {.count = 0};
    const struct snapshot_section *strings = &snapshot->sections[SNAPSHOT_STRINGS];
    builder.length = strings->count;
    builder.strings = heap_grow(NULL, &builder.capacity, builder.length + 1, 1);
    memcpy(builder.strings, (const char *)snapshot + strings->offset, builder.length);
    name_all(&builder, &places);

    uint32_t site_count, module_count, trace_count;
    const struct snapshot_site *sites = _thimble_snapshot_sites(snapshot, &site_count);
    const struct snapshot_module *modules = _thimble_snapshot_modules(snapshot, &module_count);
    const struct snapshot_trace *traces = _thimble_snapshot_traces(snapshot, &trace_count);
    struct snapshot_trace *views = heap_new((trace_count + 1) * sizeof *views);
    for (uint32_t i = 0; i < trace_count; i++)
        views[i] = view_trace(&builder, &places, &traces[i]);
    const void *parts[] = {builder.strings, sites, modules, builder.frames, views};
    size_t counts[] = {builder.length, site_count, module_count, builder.frame_count, trace_count};
    size_t sizes[] = {1, sizeof *sites, sizeof *modules, sizeof *builder.frames, sizeof *views};
    struct snapshot *view = put_together(snapshot, parts, counts, sizes);
    free(builder.strings);
    free(builder.frames);
    free(places.named);
    free(places.of);
    free(views);
    return view;
}
