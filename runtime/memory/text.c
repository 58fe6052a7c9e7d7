/* Statistics as tracemalloc writes them. */
/* For O_CLOEXEC. */
#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "output.h"
#include "piece.h"
#include "snapshot.h"

/* ---- Sizes ---- */

/* Halves go to the even number, as printf has it, in whatever locale. */
static uint64_t rounded(uint64_t value, uint64_t by) {
    uint64_t whole = value / by, rest = value % by;
    return whole + (rest > by - rest || (rest == by - rest && whole % 2));
}

void _thimble_put_size(struct text *text, int64_t size, uint64_t count, bool with_sign) {
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    uint64_t value = size < 0 ? (uint64_t)-size : (uint64_t)size;
    const char *sign = size < 0 ? "-" : with_sign ? "+" : "";
    int unit = 0;
    while (unit < 4 && value >= 10240 * count && !(unit > 0 && value < 100 * count)) {
        count *= 1024;
        unit++;
    }
    if (unit == 0 || value >= 100 * count) {
        _thimble_printf(text, "%s%llu %s", sign, (unsigned long long)rounded(value, count),
                        units[unit]);
        return;
    }
    uint64_t tenths = rounded(value * 10, count);
    _thimble_printf(text, "%s%llu.%llu %s", sign, (unsigned long long)(tenths / 10),
                    (unsigned long long)(tenths % 10), units[unit]);
}

/* ---- Lines ---- */

void _thimble_put_place(struct text *text, const struct snapshot_statistics *all,
                        const struct snapshot_statistic *statistic) {
    const struct snapshot *snapshot = _thimble_statistic_snapshot(all, statistic);
    uint32_t count;
    const struct snapshot_site *site = &_thimble_snapshot_sites(snapshot, &count)[statistic->site];
    const char *type = _thimble_snapshot_string(snapshot, site->type);
    if (all->grouping == GROUP_BY_TYPE)
        _thimble_puts(text, *type ? type : "?");
    else if (statistic->site == 0)
        _thimble_puts(text, "<unknown>:0");
    else if (all->grouping == GROUP_BY_FUNCTION)
        _thimble_puts(text, _thimble_snapshot_string(snapshot, site->function));
    else if (all->grouping == GROUP_BY_FILE)
        _thimble_puts(text, _thimble_snapshot_string(snapshot, site->file));
    else
        _thimble_printf(text, "%s:%u", _thimble_snapshot_string(snapshot, site->file), site->line);
}

void _thimble_put_statistic(struct text *text, const struct snapshot_statistics *all,
                            const struct snapshot_statistic *statistic) {
    _thimble_put_place(text, all, statistic);
    _thimble_puts(text, ": size=");
    _thimble_put_size(text, (int64_t)statistic->bytes, 1, false);
    if (all->old) {
        _thimble_puts(text, " (");
        _thimble_put_size(text, statistic->bytes_change, 1, true);
        _thimble_puts(text, ")");
    }
    _thimble_printf(text, ", count=%llu", (unsigned long long)statistic->count);
    if (all->old)
        _thimble_printf(text, " (%+lld)", (long long)statistic->count_change);
    if (statistic->count) {
        _thimble_puts(text, ", average=");
        _thimble_put_size(text, (int64_t)statistic->bytes, statistic->count, false);
    }
}

/* ---- Source ---- */

/* The next bytes of the line that is looked for; false when it is over. */
static bool take_line(struct text *text, const char *bytes, ssize_t count, uint32_t *left) {
    const char *at = bytes, *end = bytes + count;
    while (*left > 1 && at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop)
            return true;
        at = stop + 1;
        --*left;
    }
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    while (text->length == 0 && at < (stop ? stop : end) && (*at == ' ' || *at == '\t'))
        at++;
    _thimble_put(text, at, (size_t)((stop ? stop : end) - at));
    return !stop;
}

static int open_source(const char *directory, const char *file) {
    char buffer[4096];
    struct text path = _thimble_text(buffer, sizeof(buffer));
    int found = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (found >= 0 || *file == '/' || *directory == '\0')
        return found;
    _thimble_printf(&path, "%s/%s", directory, file);
    return path.cut ? -1 : open(path.data, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

bool _thimble_put_source_line(struct text *text, const char *directory, const char *file,
                              uint32_t line) {
    char bytes[4096], buffer[512];
    struct text found = _thimble_text(buffer, sizeof(buffer));
    int saved = errno;
    int source = line && *file ? open_source(directory, file) : -1;
    ssize_t got = 0;
    while (source >= 0 && (got = read(source, bytes, sizeof(bytes))) > 0 &&
           take_line(&found, bytes, got, &line))
        continue;
    if (source >= 0)
        close(source);
    errno = saved;
    while (found.length && strchr(" \t\r", found.data[found.length - 1]))
        found.length--;
    _thimble_put(text, found.data, found.length);
    return found.length > 0;
}

/* ---- All of them ---- */

static void write_one(struct output *output, const struct snapshot_statistics *all, size_t number) {
    char buffer[4608];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    const struct snapshot_statistic *statistic = &all->items[number];
    const struct snapshot *snapshot = _thimble_statistic_snapshot(all, statistic);
    uint32_t count;
    const struct snapshot_site *site = &_thimble_snapshot_sites(snapshot, &count)[statistic->site];
    _thimble_printf(&text, "#%zu: ", number + 1);
    _thimble_put_statistic(&text, all, statistic);
    _thimble_puts(&text, "\n    ");
    bool is_line = all->grouping == GROUP_BY_LINE || all->grouping == GROUP_BY_TRACE;
    if (is_line &&
        _thimble_put_source_line(&text, _thimble_snapshot_string(snapshot, site->directory),
                                 _thimble_snapshot_string(snapshot, site->file), site->line))
        _thimble_puts(&text, "\n");
    else
        text.length -= 4;
    _thimble_output_put(output, text.data, text.length);
}

static void write_sum(struct output *output, const char *what,
                      const struct snapshot_statistics *all, size_t first) {
    char buffer[256];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    int64_t bytes = 0, change = 0;
    for (size_t i = first; i < all->count; i++) {
        bytes += (int64_t)all->items[i].bytes;
        change += all->items[i].bytes_change;
    }
    _thimble_printf(&text, "%s: ", what);
    _thimble_put_size(&text, bytes, 1, false);
    if (all->old) {
        _thimble_puts(&text, " (");
        _thimble_put_size(&text, change, 1, true);
        _thimble_puts(&text, ")");
    }
    _thimble_output_put(output, text.data, text.length);
    _thimble_output_puts(output, "\n");
}

void _thimble_write_statistics(struct output *output, const struct snapshot_statistics *all,
                               size_t first, size_t most) {
    static const char *const words[] = {"line", "file", "trace", "function", "type", "site"};
    char others[32];
    struct text text = _thimble_text(others, sizeof(others));
    size_t rest = first < all->count ? all->count - first : 0;
    size_t shown = most < rest ? most : rest;
    _thimble_output_printf(output, "Top %zu %s%s\n", shown, words[all->grouping],
                           shown == 1 ? "" : "s");
    for (size_t i = 0; i < shown; i++)
        write_one(output, all, first + i);
    _thimble_printf(&text, "%zu other", rest - shown);
    if (shown < rest)
        write_sum(output, others, all, first + shown);
    write_sum(output, "Total allocated size", all, 0);
}

bool _thimble_write_text(struct output *output, const void *snapshot) {
    struct snapshot_statistics *all =
        _thimble_snapshot_statistics(snapshot, NULL, GROUP_BY_LINE, NULL, 0);
    if (!all)
        return false;
    _thimble_write_statistics(output, all, 0, all->count);
    _thimble_drop_piece(all);
    return true;
}
