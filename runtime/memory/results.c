/* What <thimble/memory.h> declares of snapshots and statistics. */
#include <thimble/memory.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "output.h"
#include "piece.h"
#include "symbolise.h"
#include "take.h"
#include "tracing.h"

_Static_assert((int)THIMBLE_BY_LINE == (int)GROUP_BY_LINE &&
                   (int)THIMBLE_BY_FILE == (int)GROUP_BY_FILE &&
                   (int)THIMBLE_BY_TRACE == (int)GROUP_BY_TRACE &&
                   (int)THIMBLE_BY_FUNCTION == (int)GROUP_BY_FUNCTION &&
                   (int)THIMBLE_BY_TYPE == (int)GROUP_BY_TYPE,
               "one enum is the other");

static const struct snapshot *inner(const struct thimble_snapshot *snapshot) {
    return (const struct snapshot *)snapshot;
}

static void *no_memory(const char *function) {
    _thimble_complain("%s: the system has no memory left for it", function);
    errno = ENOMEM;
    return NULL;
}

/* False, with a line, for none. */
static bool is_there(const char *function, const void *what) {
    if (what)
        return true;
    _thimble_complain("%s: the snapshot is null: tracker_snapshot or tracker_load has said why",
                      function);
    errno = EINVAL;
    return false;
}

/* ---- Snapshots ---- */

THIMBLE_API struct thimble_snapshot *thimble_tracker_snapshot(void) {
    uint32_t since;
    if (!_thimble_traced_since(&since)) {
        _thimble_complain("tracker_snapshot: nothing is traced: call tracker_start(1) first");
        errno = EINVAL;
        return NULL;
    }
    struct snapshot *snapshot = _thimble_take_snapshot(since, SNAPSHOT_ASKED, 0);
    return snapshot ? (struct thimble_snapshot *)snapshot : no_memory("tracker_snapshot");
}

size_t _thimble_inner_filters(const struct thimble_filter *filters, size_t count,
                              struct snapshot_filter *inner_filters) {
    for (size_t i = 0; i < count; i++)
        inner_filters[i] = (struct snapshot_filter){
            .file = filters[i].file,
            .line = filters[i].line,
            .function = filters[i].function,
            .type = filters[i].type,
            .exclude = filters[i].exclude,
            .all_frames = filters[i].all_frames,
        };
    return count;
}

bool _thimble_asks_for_frames(const struct thimble_filter *filters, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (filters[i].all_frames)
            return true;
    }
    return false;
}

THIMBLE_API struct thimble_snapshot *
thimble_tracker_filter_by(const struct thimble_snapshot *snapshot,
                          const struct thimble_filter *filters, size_t count) {
    if (!is_there("tracker_filter", snapshot))
        return NULL;
    struct snapshot_filter of[count ? count : 1];
    _thimble_inner_filters(filters, count, of);
    struct snapshot *told =
        _thimble_asks_for_frames(filters, count) ? _thimble_symbolise(inner(snapshot)) : NULL;
    struct snapshot *filtered = _thimble_snapshot_filter(told ? told : inner(snapshot), of, count);
    _thimble_drop_piece(told);
    return filtered ? (struct thimble_snapshot *)filtered : no_memory("tracker_filter");
}

THIMBLE_API int thimble_tracker_dump(const struct thimble_snapshot *snapshot, const char *path) {
    if (!is_there("tracker_dump", snapshot))
        return 0;
    if (_thimble_snapshot_dump(inner(snapshot), path))
        return 1;
    _thimble_complain("tracker_dump: %s: %s: it was not written%s", path, strerror(errno),
                      errno == ENOSPC ? "; what was there before still is" : "");
    return 0;
}

THIMBLE_API struct thimble_snapshot *thimble_tracker_load(const char *path) {
    char message[4608];
    struct snapshot *snapshot = _thimble_snapshot_load(path, message, sizeof(message));
    if (!snapshot)
        _thimble_complain("tracker_load: %s", message);
    return (struct thimble_snapshot *)snapshot;
}

/* ---- Statistics ---- */

static void fill(struct thimble_statistic *to, const struct snapshot_statistics *all, size_t i) {
    const struct snapshot_statistic *from = &all->items[i];
    const struct snapshot *snapshot = _thimble_statistic_snapshot(all, from);
    uint32_t count;
    const struct snapshot_site *site = &_thimble_snapshot_sites(snapshot, &count)[from->site];
    const char *type = _thimble_snapshot_string(snapshot, site->type);
    *to = (struct thimble_statistic){
        .file = from->site ? _thimble_snapshot_string(snapshot, site->file) : "<unknown>",
        .line = site->line,
        .column = site->column,
        .function = _thimble_snapshot_string(snapshot, site->function),
        .allocator = _thimble_snapshot_string(snapshot, site->allocator),
        .type = *type ? type : "?",
        .count = from->count,
        .size = from->bytes,
        .count_change = (ptrdiff_t)from->count_change,
        .size_change = (ptrdiff_t)from->bytes_change,
        .of = all,
        .number = i,
    };
}

/* Their texts, one behind another, in `room`; returns how long they are. */
static size_t put_texts(struct thimble_statistic *to, const struct snapshot_statistics *all,
                        char *room) {
    char buffer[4608];
    size_t used = 0;
    for (size_t i = 0; i < all->count; i++) {
        struct text text = _thimble_text(buffer, sizeof(buffer));
        _thimble_put_statistic(&text, all, &all->items[i]);
        if (room) {
            memcpy(room + used, text.data, text.length + 1);
            to[i].text = room + used;
        }
        used += text.length + 1;
    }
    return used;
}

static const struct thimble_statistic *publish(const char *function,
                                               const struct snapshot_statistics *all) {
    if (!all)
        return no_memory(function);
    size_t size = (all->count + 1) * sizeof(struct thimble_statistic);
    struct thimble_statistic *statistics = _thimble_new_piece(size + put_texts(NULL, all, NULL));
    if (!statistics) {
        _thimble_drop_piece(all);
        return no_memory(function);
    }
    for (size_t i = 0; i < all->count; i++)
        fill(&statistics[i], all, i);
    put_texts(statistics, all, (char *)statistics + size);
    statistics[all->count].of = all;
    statistics[all->count].number = all->count;
    statistics[all->count].text = "";
    _thimble_hold_piece(statistics, all);
    _thimble_drop_piece(all);
    return statistics;
}

static bool is_grouping(const char *function, enum thimble_grouping by) {
    if ((unsigned)by <= THIMBLE_BY_TYPE)
        return true;
    _thimble_complain("%s: %d is none of BY_LINE, BY_FILE, BY_TRACE, BY_FUNCTION and BY_TYPE",
                      function, (int)by);
    errno = EINVAL;
    return false;
}

THIMBLE_API const struct thimble_statistic *
thimble_tracker_statistics(const struct thimble_snapshot *snapshot, enum thimble_grouping by) {
    static const char name[] = "tracker_statistics";
    if (!is_there(name, snapshot) || !is_grouping(name, by))
        return NULL;
    return publish(name, _thimble_snapshot_statistics(inner(snapshot), NULL,
                                                      (enum snapshot_grouping)by, NULL, 0));
}

THIMBLE_API const struct thimble_statistic *
thimble_tracker_compare(const struct thimble_snapshot *older, const struct thimble_snapshot *newer,
                        enum thimble_grouping by) {
    static const char name[] = "tracker_compare";
    enum snapshot_grouping grouping = (enum snapshot_grouping)by;
    if (!is_there(name, older) || !is_there(name, newer) || !is_grouping(name, by))
        return NULL;
    const char *wrong = _thimble_snapshot_comparable(inner(newer), inner(older), grouping);
    if (wrong) {
        _thimble_complain("%s: %s", name, wrong);
        errno = EINVAL;
        return NULL;
    }
    return publish(name,
                   _thimble_snapshot_statistics(inner(newer), inner(older), grouping, NULL, 0));
}

THIMBLE_API const char *thimble_tracker_text(const struct thimble_statistic *statistic) {
    return statistic ? statistic->text : "";
}

THIMBLE_API void thimble_tracker_print(const struct thimble_statistic *statistics, size_t most) {
    if (!statistics)
        return;
    int saved = errno;
    fflush(stdout);
    struct output output = {.file = fileno(stdout)};
    _thimble_write_statistics(&output, statistics->of, statistics->number, most);
    _thimble_output_end(&output);
    errno = saved;
}

THIMBLE_API void thimble_tracker_free(const void *piece) {
    if (!_thimble_drop_piece(piece))
        _thimble_complain("tracker_free(%p): no function of <thimble/memory.h> has returned this, "
                          "or it was given back before",
                          piece);
}
