#include "snapshot.h"

#include <string.h>

#include "piece.h"

/* What is found while grouping; the items grow in a pile. */
struct grouping {
    struct snapshot_statistics all; /* its items are the pile's */
    struct pile items;              /* struct group */
    struct pile slots;              /* uint32_t: number of a group + 1 */
    size_t slot_count;              /* a power of two */
    bool by_directory;              /* a file is another one where another directory was current */
};

struct group {
    struct snapshot_statistic statistic;
    uint64_t largest; /* bytes of the trace that stands for it */
    uint32_t hash;
};

/* ---- What a group has in common ---- */

static const struct snapshot_site *site_of(const struct snapshot *snapshot,
                                           const struct snapshot_trace *trace) {
    uint32_t count;
    return &_thimble_snapshot_sites(snapshot, &count)[trace->site];
}

static uint32_t mix(uint32_t hash, uint64_t value) {
    for (int i = 0; i < 8; i++, value >>= 8)
        hash = (hash ^ (value & 0xff)) * 16777619u;
    return hash;
}

static uint32_t mix_string(uint32_t hash, const char *string) {
    for (; *string; string++)
        hash = (hash ^ (unsigned char)*string) * 16777619u;
    return mix(hash, 0);
}

/* All but the frames. */
enum { WORDS = 5 };
struct key {
    const char *words[WORDS];
    uint32_t line, column;
};

static struct key key_of(const struct grouping *grouping, const struct snapshot *snapshot,
                         const struct snapshot_trace *trace) {
    const struct snapshot_site *site = site_of(snapshot, trace);
    enum snapshot_grouping by = grouping->all.grouping;
    struct key key = {.words = {"", "", "", "", ""}};
    if (by != GROUP_BY_TYPE) {
        key.words[0] = _thimble_snapshot_string(snapshot, site->file);
        if (grouping->by_directory && key.words[0][0] != '/')
            key.words[1] = _thimble_snapshot_string(snapshot, site->directory);
    }
    bool whole = by == GROUP_BY_SITE || by == GROUP_BY_TRACE;
    if (whole || by == GROUP_BY_FUNCTION)
        key.words[2] = _thimble_snapshot_string(snapshot, site->function);
    if (whole || by == GROUP_BY_TYPE)
        key.words[3] = _thimble_snapshot_string(snapshot, site->type);
    if (whole)
        key.words[4] = _thimble_snapshot_string(snapshot, site->allocator);
    if (whole || by == GROUP_BY_LINE)
        key.line = site->line;
    if (whole)
        key.column = site->column;
    return key;
}

static const struct snapshot_frame *frames_of(const struct snapshot *snapshot,
                                              const struct snapshot_trace *trace) {
    uint32_t count;
    return _thimble_snapshot_frames(snapshot, &count) + trace->frame_first;
}

static const char *build_id(const struct snapshot *snapshot, uint32_t module) {
    uint32_t count;
    const struct snapshot_module *modules = _thimble_snapshot_modules(snapshot, &count);
    return module < count ? _thimble_snapshot_string(snapshot, modules[module].build_id) : "";
}

static uint32_t hash_of(const struct grouping *grouping, const struct snapshot *snapshot,
                        const struct snapshot_trace *trace) {
    struct key key = key_of(grouping, snapshot, trace);
    uint32_t hash = mix(mix(2166136261u, key.line), key.column);
    for (int i = 0; i < WORDS; i++)
        hash = mix_string(hash, key.words[i]);
    if (grouping->all.grouping != GROUP_BY_TRACE)
        return hash;
    const struct snapshot_frame *frames = frames_of(snapshot, trace);
    for (uint32_t i = 0; i < trace->frame_count; i++)
        hash = mix(hash, frames[i].address);
    return hash;
}

static bool same_frames(const struct snapshot *a, const struct snapshot_trace *of_a,
                        const struct snapshot *b, const struct snapshot_trace *of_b) {
    if (of_a->frame_count != of_b->frame_count)
        return false;
    const struct snapshot_frame *one = frames_of(a, of_a), *other = frames_of(b, of_b);
    for (uint32_t i = 0; i < of_a->frame_count; i++) {
        if (one[i].address != other[i].address ||
            strcmp(build_id(a, one[i].module), build_id(b, other[i].module)) != 0)
            return false;
    }
    return true;
}

static bool same_group(const struct grouping *grouping, const struct snapshot *a,
                       const struct snapshot_trace *of_a, const struct snapshot *b,
                       const struct snapshot_trace *of_b) {
    struct key one = key_of(grouping, a, of_a), other = key_of(grouping, b, of_b);
    if (one.line != other.line || one.column != other.column)
        return false;
    for (int i = 0; i < WORDS; i++) {
        if (strcmp(one.words[i], other.words[i]) != 0)
            return false;
    }
    return grouping->all.grouping != GROUP_BY_TRACE || same_frames(a, of_a, b, of_b);
}

/* ---- Grouping ---- */

static struct group *groups(const struct grouping *grouping) {
    return (struct group *)grouping->items.data;
}

const struct snapshot *_thimble_statistic_snapshot(const struct snapshot_statistics *all,
                                                   const struct snapshot_statistic *statistic) {
    return statistic->gone ? all->old : all->snapshot;
}

const struct snapshot_trace *_thimble_statistic_trace(const struct snapshot_statistics *all,
                                                      const struct snapshot_statistic *statistic) {
    uint32_t count;
    return &_thimble_snapshot_traces(_thimble_statistic_snapshot(all, statistic),
                                     &count)[statistic->trace];
}

/* The group of the trace, a new one where there is none; null where there is no memory. */
static struct group *find_group(struct grouping *grouping, const struct snapshot *snapshot,
                                const struct snapshot_trace *trace, uint32_t number) {
    uint32_t hash = hash_of(grouping, snapshot, trace);
    uint32_t *slots = (uint32_t *)grouping->slots.data;
    size_t at = hash & (grouping->slot_count - 1);
    for (; slots[at]; at = (at + 1) & (grouping->slot_count - 1)) {
        struct group *group = &groups(grouping)[slots[at] - 1];
        const struct snapshot_statistic *statistic = &group->statistic;
        if (group->hash == hash &&
            same_group(grouping, snapshot, trace,
                       _thimble_statistic_snapshot(&grouping->all, statistic),
                       _thimble_statistic_trace(&grouping->all, statistic)))
            return group;
    }
    struct group *group = _thimble_pile_add(&grouping->items, sizeof(*group));
    if (!group)
        return NULL;
    group->hash = hash;
    group->statistic = (struct snapshot_statistic){
        .site = trace->site, .trace = number, .gone = snapshot != grouping->all.snapshot};
    slots[at] = (uint32_t)(++grouping->all.count);
    return group;
}

static void add(struct grouping *grouping, struct group *group, const struct snapshot_trace *trace,
                uint32_t number, bool is_old) {
    struct snapshot_statistic *statistic = &group->statistic;
    if (grouping->all.old && grouping->all.old != grouping->all.snapshot) {
        statistic->count_change += is_old ? -(int64_t)trace->count : (int64_t)trace->count;
        statistic->bytes_change += is_old ? -(int64_t)trace->bytes : (int64_t)trace->bytes;
    }
    if (is_old == statistic->gone && trace->bytes > group->largest) {
        group->largest = trace->bytes;
        statistic->trace = number;
        statistic->site = trace->site;
    }
    if (is_old)
        return;
    statistic->count += trace->count;
    statistic->bytes += trace->bytes;
    statistic->made_count += trace->made_count;
    statistic->made_bytes += trace->made_bytes;
}

static bool add_all(struct grouping *grouping, const struct snapshot *snapshot,
                    const struct snapshot_filter *filters, size_t filter_count) {
    uint32_t count;
    const struct snapshot_trace *traces = _thimble_snapshot_traces(snapshot, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (traces[i].count == 0 ||
            !_thimble_snapshot_passes(snapshot, &traces[i], filters, filter_count))
            continue;
        struct group *group = find_group(grouping, snapshot, &traces[i], i);
        if (!group)
            return false;
        add(grouping, group, &traces[i], i, snapshot != grouping->all.snapshot);
    }
    return true;
}

/* ---- Order ---- */

static uint64_t magnitude(int64_t value) {
    return value < 0 ? (uint64_t)-value : (uint64_t)value;
}

static int descending(uint64_t a, uint64_t b) {
    return a > b ? -1 : a < b;
}

static int by_place(const struct snapshot_statistics *all, const struct snapshot_statistic *a,
                    const struct snapshot_statistic *b) {
    const struct snapshot *of_a = _thimble_statistic_snapshot(all, a);
    const struct snapshot *of_b = _thimble_statistic_snapshot(all, b);
    const struct snapshot_site *one = site_of(of_a, _thimble_statistic_trace(all, a));
    const struct snapshot_site *other = site_of(of_b, _thimble_statistic_trace(all, b));
    int order = strcmp(_thimble_snapshot_string(of_a, one->file),
                       _thimble_snapshot_string(of_b, other->file));
    if (order == 0 && one->line != other->line)
        order = one->line < other->line ? -1 : 1;
    if (order == 0 && one->column != other->column)
        order = one->column < other->column ? -1 : 1;
    if (order == 0)
        order = strcmp(_thimble_snapshot_string(of_a, one->type),
                       _thimble_snapshot_string(of_b, other->type));
    return order ? order : descending(b->trace, a->trace);
}

static int compare(const struct snapshot_statistics *all, const struct snapshot_statistic *a,
                   const struct snapshot_statistic *b) {
    int order = 0;
    if (all->old)
        order = descending(magnitude(a->bytes_change), magnitude(b->bytes_change));
    if (order == 0)
        order = descending(a->bytes, b->bytes);
    if (order == 0 && all->old)
        order = descending(magnitude(a->count_change), magnitude(b->count_change));
    if (order == 0)
        order = descending(a->count, b->count);
    return order ? order : by_place(all, a, b);
}

/* A heap, whose top is what comes last: libc's qsort may call malloc. */
static void sift(struct snapshot_statistics *all, size_t at, size_t count) {
    struct snapshot_statistic *items = all->items;
    for (size_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && compare(all, &items[child], &items[child + 1]) < 0)
            child++;
        if (compare(all, &items[at], &items[child]) >= 0)
            return;
        struct snapshot_statistic moved = items[at];
        items[at] = items[child];
        items[child] = moved;
    }
}

static void sort(struct snapshot_statistics *all) {
    for (size_t i = all->count / 2; i-- > 0;)
        sift(all, i, all->count);
    for (size_t end = all->count; end-- > 1;) {
        struct snapshot_statistic last = all->items[0];
        all->items[0] = all->items[end];
        all->items[end] = last;
        sift(all, 0, end);
    }
}

/* ---- All of it ---- */

static const char *program_id(const struct snapshot *snapshot) {
    const char *id = build_id(snapshot, 0);
    return *id ? id : _thimble_snapshot_string(snapshot, snapshot->program);
}

const char *_thimble_snapshot_comparable(const struct snapshot *snapshot,
                                         const struct snapshot *old, enum snapshot_grouping by) {
    if (by != GROUP_BY_TRACE || strcmp(program_id(snapshot), program_id(old)) == 0)
        return NULL;
    return "snapshots of two programs, or of one that was built anew, have no traces in common: "
           "compare them by line, file, function or type";
}

static struct snapshot_statistics *finish(const struct grouping *grouping) {
    const struct snapshot_statistics *found = &grouping->all;
    struct snapshot_statistics *all =
        _thimble_new_piece(sizeof(*all) + found->count * sizeof(*all->items));
    if (!all)
        return NULL;
    *all = *found;
    all->items = (struct snapshot_statistic *)(all + 1);
    for (size_t i = 0; i < all->count; i++)
        all->items[i] = groups(grouping)[i].statistic;
    sort(all);
    _thimble_hold_piece(all, all->snapshot);
    _thimble_hold_piece(all, all->old);
    return all;
}

struct snapshot_statistics *_thimble_snapshot_statistics(const struct snapshot *snapshot,
                                                         const struct snapshot *old,
                                                         enum snapshot_grouping by,
                                                         const struct snapshot_filter *filters,
                                                         size_t filter_count) {
    struct grouping grouping = {.all = {.snapshot = snapshot, .old = old, .grouping = by},
                                .slot_count = 64};
    uint32_t count, old_count = 0;
    _thimble_snapshot_traces(snapshot, &count);
    if (old)
        _thimble_snapshot_traces(old, &old_count);
    while (grouping.slot_count < 2 * ((size_t)count + old_count))
        grouping.slot_count *= 2;
    grouping.by_directory = !old || strcmp(program_id(snapshot), program_id(old)) == 0;
    struct snapshot_statistics *all = NULL;
    if (_thimble_pile_add(&grouping.slots, grouping.slot_count * sizeof(uint32_t)) &&
        add_all(&grouping, snapshot, filters, filter_count) &&
        (!old || old == snapshot || add_all(&grouping, old, filters, filter_count)))
        all = finish(&grouping);
    _thimble_drop_pile(&grouping.items);
    _thimble_drop_pile(&grouping.slots);
    return all;
}
