/* A snapshot from another one. */
#include "build.h"

static uint32_t copy_string(struct builder *builder, const struct snapshot *snapshot,
                            uint32_t string) {
    return _thimble_build_string(builder, _thimble_snapshot_string(snapshot, string));
}

static uint32_t copy_site(struct builder *builder, const struct snapshot *snapshot,
                          uint32_t number) {
    uint32_t count;
    struct snapshot_site site = _thimble_snapshot_sites(snapshot, &count)[number];
    if (number == 0)
        return 0;
    site.file = copy_string(builder, snapshot, site.file);
    site.directory = copy_string(builder, snapshot, site.directory);
    site.function = copy_string(builder, snapshot, site.function);
    site.allocator = copy_string(builder, snapshot, site.allocator);
    site.type = copy_string(builder, snapshot, site.type);
    return _thimble_build_site(builder, &site);
}

struct snapshot_frame _thimble_copied_frame(struct builder *builder,
                                            const struct snapshot *snapshot,
                                            const struct snapshot_frame *frame) {
    struct snapshot_frame copied = *frame;
    copied.function = copy_string(builder, snapshot, frame->function);
    copied.file = copy_string(builder, snapshot, frame->file);
    return copied;
}

/* Each stays the number that it was. */
static void copy_modules(struct builder *builder, const struct snapshot *snapshot) {
    uint32_t count;
    const struct snapshot_module *modules = _thimble_snapshot_modules(snapshot, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct snapshot_module module = modules[i];
        module.path = copy_string(builder, snapshot, module.path);
        module.build_id = copy_string(builder, snapshot, module.build_id);
        struct snapshot_module *room = _thimble_pile_add(&builder->modules, sizeof(*room));
        if (room)
            *room = module;
    }
}

static void copy_trace(struct builder *builder, const struct snapshot *snapshot,
                       const struct snapshot_trace *trace, const struct copying *copying) {
    uint32_t count;
    const struct snapshot_frame *frames = _thimble_snapshot_frames(snapshot, &count);
    for (uint32_t i = 0; i < trace->frame_count; i++) {
        const struct snapshot_frame *frame = &frames[trace->frame_first + i];
        if (copying->frame) {
            copying->frame(copying->context, builder, snapshot, frame);
            continue;
        }
        struct snapshot_frame copied = _thimble_copied_frame(builder, snapshot, frame);
        _thimble_build_frame(builder, &copied);
    }
    struct snapshot_trace copied = *trace;
    copied.site = copy_site(builder, snapshot, trace->site);
    _thimble_build_trace(builder, &copied);
}

struct snapshot *_thimble_snapshot_copy(const struct snapshot *snapshot,
                                        const struct copying *copying) {
    struct builder builder = {0};
    struct snapshot header = *snapshot;
    uint32_t count;
    const struct snapshot_trace *traces = _thimble_snapshot_traces(snapshot, &count);
    header.program = copy_string(&builder, snapshot, snapshot->program);
    header.directory = copy_string(&builder, snapshot, snapshot->directory);
    header.current = 0;
    copy_modules(&builder, snapshot);
    for (uint32_t i = 0; i < count; i++) {
        if (copying->keep && !copying->keep(copying->context, snapshot, &traces[i]))
            continue;
        header.current += traces[i].bytes;
        copy_trace(&builder, snapshot, &traces[i], copying);
    }
    return _thimble_build(&builder, &header);
}
