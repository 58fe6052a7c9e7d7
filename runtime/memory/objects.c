/* What <thimble/memory.h> declares of live blocks, but what is in them. */
#include <thimble/memory.h>

#include <errno.h>

#include "../base/text.h"
#include "../check/check.h"
#include "../tracker/interpose.h"
#include "piece.h"
#include "symbolise.h"
#include "take.h"
#include "tracing.h"

/* There where tests are. */
extern __typeof__(_thimble_expect_text) _thimble_expect_text __attribute__((weak));

/* ---- Finding ---- */

struct finding {
    struct pile blocks;
    uint32_t since;
};

static bool add_block(void *context, const struct block *block) {
    struct finding *finding = context;
    if (block->number < finding->since)
        return true;
    struct block *room = _thimble_pile_add(&finding->blocks, sizeof(*room));
    if (room)
        *room = *block;
    return room != NULL;
}

static void fill(struct thimble_heap_object *object, const struct block *block,
                 const struct snapshot *snapshot, uint32_t number) {
    uint32_t count;
    const struct snapshot_trace *trace = &_thimble_snapshot_traces(snapshot, &count)[number];
    const struct snapshot_site *site = &_thimble_snapshot_sites(snapshot, &count)[trace->site];
    const char *type = _thimble_snapshot_string(snapshot, site->type);
    *object = (struct thimble_heap_object){
        .address = (const void *)block->address,
        .size = block->size,
        .file = trace->site ? _thimble_snapshot_string(snapshot, site->file) : "<unknown>",
        .line = site->line,
        .column = site->column,
        .function = _thimble_snapshot_string(snapshot, site->function),
        .allocator = _thimble_snapshot_string(snapshot, site->allocator),
        .type = *type ? type : "?",
        .of = snapshot,
        .number = number,
    };
}

/* Whether the filters let each trace through, one behind another; null: no memory. */
static bool *find_passing(struct pile *passing, const struct snapshot *snapshot,
                          const struct thimble_filter *filters, size_t filter_count) {
    uint32_t count;
    struct snapshot_filter of[filter_count ? filter_count : 1];
    struct snapshot *told =
        _thimble_asks_for_frames(filters, filter_count) ? _thimble_symbolise(snapshot) : NULL;
    const struct snapshot *looked_at = told ? told : snapshot;
    const struct snapshot_trace *traces = _thimble_snapshot_traces(looked_at, &count);
    bool *passes = _thimble_pile_add(passing, count + 1);
    _thimble_inner_filters(filters, filter_count, of);
    for (uint32_t i = 0; passes && i < count; i++)
        passes[i] = _thimble_snapshot_passes(looked_at, &traces[i], of, filter_count);
    _thimble_drop_piece(told);
    return passes;
}

static struct thimble_heap_object *publish(const struct block *blocks, size_t count,
                                           const struct thimble_filter *filters,
                                           size_t filter_count) {
    struct pile numbers = {0}, passing = {0};
    struct snapshot *snapshot = _thimble_take_blocks(blocks, count, &numbers);
    struct thimble_heap_object *objects = NULL;
    const bool *passes = snapshot ? find_passing(&passing, snapshot, filters, filter_count) : NULL;
    if (passes)
        objects = _thimble_new_piece((count + 1) * sizeof(*objects));
    uint32_t limit = (uint32_t)(numbers.used / sizeof(uint32_t));
    for (size_t i = 0, used = 0; objects && i < count; i++) {
        if (blocks[i].trace >= limit)
            continue;
        uint32_t number = ((const uint32_t *)numbers.data)[blocks[i].trace];
        if (passes[number])
            fill(&objects[used++], &blocks[i], snapshot, number);
    }
    if (objects)
        _thimble_hold_piece(objects, snapshot);
    _thimble_drop_piece(snapshot);
    _thimble_drop_pile(&numbers);
    _thimble_drop_pile(&passing);
    return objects;
}

THIMBLE_API const struct thimble_heap_object *
thimble_tracker_objects_by(const struct thimble_filter *filters, size_t filter_count) {
    struct finding finding = {{0}, 0};
    int saved = errno;
    if (!_thimble_traced_since(&finding.since)) {
        _thimble_complain("tracker_objects: nothing is traced: call tracker_start(1) first");
        errno = EINVAL;
        return NULL;
    }
    _thimble_each_block(add_block, &finding);
    const struct thimble_heap_object *objects = NULL;
    if (!finding.blocks.failed)
        objects = publish((const struct block *)finding.blocks.data,
                          finding.blocks.used / sizeof(struct block), filters, filter_count);
    _thimble_drop_pile(&finding.blocks);
    if (!objects)
        _thimble_complain("tracker_objects: the system has no memory left for it");
    errno = objects ? saved : ENOMEM;
    return objects;
}

THIMBLE_API const struct thimble_heap_object *thimble_tracker_where(const void *p) {
    struct block block;
    uint32_t since;
    if (!_thimble_traced_since(&since))
        since = 0;
    if (!_thimble_tracker_is_on() || (!_thimble_find_block((uintptr_t)p, &block) &&
                                      !_thimble_find_block_around((uintptr_t)p, &block)))
        return NULL;
    return block.number < since ? NULL : publish(&block, 1, NULL, 0);
}

/* ---- Leaks ---- */

THIMBLE_API void *thimble_leak_ok_at(const volatile void *p, const char *file, int line) {
    void *block = (void *)p;
    if (!p || !_thimble_observing() || _thimble_leak_ok(block))
        return block;
    char buffer[256];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    struct memory memory;
    _thimble_memory_at(block, &memory);
    _thimble_printf(&text, "leak_ok(%p): %s: give it what an allocator has returned", block,
                    memory.state == MEMORY_FREED ? "the block has been freed"
                                                 : "no block of the heap is there");
    if (_thimble_expect_text)
        _thimble_expect_text(file, line, &text);
    else
        _thimble_complain("%s:%d: %s", file, line, text.data);
    return block;
}
