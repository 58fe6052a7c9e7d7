/* build.h: making a snapshot, of words and records that are added one after another. */
#ifndef MEMORY_BUILD_H
#define MEMORY_BUILD_H

#include "piece.h"
#include "snapshot.h"

/* Where records of a pile are found by what is in them. */
struct record_index {
    uint32_t *slots; /* number of the record + 1; 0 for none */
    uint32_t capacity, used;
};

/* Zero at first. Where memory runs out what is added is lost, and in the end there is no
 * snapshot. */
struct builder {
    struct pile strings, sites, modules, frames, traces;
    struct record_index string_index, site_index, module_index;
};

/* The same for the same. */
uint32_t _thimble_build_string(struct builder *, const char *);
uint32_t _thimble_build_site(struct builder *, const struct snapshot_site *);
uint32_t _thimble_build_module(struct builder *, const struct snapshot_module *);

/* Frames are those of the next trace; its frame_first and frame_count are set here. */
void _thimble_build_frame(struct builder *, const struct snapshot_frame *);
void _thimble_build_trace(struct builder *, const struct snapshot_trace *);

/* A piece, or null. What is not magic, size or sections is as in `header`. The builder is
 * gone. */
struct snapshot *_thimble_build(struct builder *, const struct snapshot *header);

/* Without making one. */
void _thimble_drop_builder(struct builder *);

/* Copies a snapshot but for the traces that `keep` is false for; `frame` adds to the copy
 * what a frame is there, or, where it is null, the frame is copied. `keep` may be null, too. */
struct copying {
    bool (*keep)(void *context, const struct snapshot *, const struct snapshot_trace *);
    void (*frame)(void *context, struct builder *, const struct snapshot *,
                  const struct snapshot_frame *);
    void *context;
};
struct snapshot *_thimble_snapshot_copy(const struct snapshot *, const struct copying *);
/* What the copy's frame is that the frame is copied to. */
struct snapshot_frame _thimble_copied_frame(struct builder *, const struct snapshot *,
                                            const struct snapshot_frame *);

#endif
