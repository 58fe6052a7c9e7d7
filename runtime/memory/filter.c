/* Which traces a filter lets through. */
#include "snapshot.h"

#include <fnmatch.h>
#include <string.h>

#include "build.h"

/* The pattern may be for a suffix at a '/', too. */
static bool is_path(const char *path, const char *pattern) {
    if (!pattern || fnmatch(pattern, path, 0) == 0)
        return true;
    for (const char *at = strchr(path, '/'); at; at = strchr(at + 1, '/')) {
        if (fnmatch(pattern, at + 1, 0) == 0)
            return true;
    }
    return false;
}

static bool is_place(const struct snapshot_filter *filter, const char *file, uint32_t line,
                     const char *function) {
    return is_path(file, filter->file) && (filter->line == 0 || filter->line == line) &&
           (!filter->function || fnmatch(filter->function, function, 0) == 0);
}

static bool is_type(const char *type, const char *pattern) {
    if (!pattern)
        return true;
    if (*pattern == '\0' || strcmp(pattern, "?") == 0)
        return *type == '\0';
    return fnmatch(pattern, type, 0) == 0;
}

static bool is_any_frame(const struct snapshot *snapshot, const struct snapshot_trace *trace,
                         const struct snapshot_filter *filter) {
    uint32_t count;
    const struct snapshot_frame *frames =
        _thimble_snapshot_frames(snapshot, &count) + trace->frame_first;
    for (uint32_t i = 0; i < trace->frame_count; i++) {
        if (is_place(filter, _thimble_snapshot_string(snapshot, frames[i].file), frames[i].line,
                     _thimble_snapshot_string(snapshot, frames[i].function)))
            return true;
    }
    return false;
}

static bool matches(const struct snapshot *snapshot, const struct snapshot_trace *trace,
                    const struct snapshot_filter *filter) {
    uint32_t count;
    const struct snapshot_site *site = &_thimble_snapshot_sites(snapshot, &count)[trace->site];
    const char *file = trace->site ? _thimble_snapshot_string(snapshot, site->file) : "<unknown>";
    if (!is_type(_thimble_snapshot_string(snapshot, site->type), filter->type))
        return false;
    return is_place(filter, file, site->line, _thimble_snapshot_string(snapshot, site->function)) ||
           (filter->all_frames && is_any_frame(snapshot, trace, filter));
}

bool _thimble_snapshot_passes(const struct snapshot *snapshot, const struct snapshot_trace *trace,
                              const struct snapshot_filter *filters, size_t count) {
    bool wanted = true, asked = false;
    for (size_t i = 0; i < count; i++) {
        bool is_match =
            (filters[i].exclude || !asked || !wanted) && matches(snapshot, trace, &filters[i]);
        if (filters[i].exclude && is_match)
            return false;
        if (!filters[i].exclude) {
            wanted = (asked && wanted) || is_match;
            asked = true;
        }
    }
    return wanted;
}

struct filters {
    const struct snapshot_filter *filters;
    size_t count;
};

static bool keep(void *context, const struct snapshot *snapshot,
                 const struct snapshot_trace *trace) {
    const struct filters *filters = context;
    return _thimble_snapshot_passes(snapshot, trace, filters->filters, filters->count);
}

struct snapshot *_thimble_snapshot_filter(const struct snapshot *snapshot,
                                          const struct snapshot_filter *filters, size_t count) {
    struct filters all = {filters, count};
    return _thimble_snapshot_copy(snapshot, &(struct copying){.keep = keep, .context = &all});
}
