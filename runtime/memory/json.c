/* A snapshot as JSON. */
#include <string.h>

#include "../base/utf8.h"
#include "output.h"
#include "piece.h"
#include "snapshot.h"

static void put_string(struct output *output, const char *string) {
    _thimble_output_puts(output, "\"");
    size_t left = strlen(string);
    for (const char *at = string; left > 0;) {
        size_t size = _thimble_character(at, left);
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            _thimble_output_printf(output, "\\u%04x", *at);
        else if (*at == '"' || *at == '\\')
            _thimble_output_printf(output, "\\%c", *at);
        else if (size == 0)
            _thimble_output_puts(output, "\\ufffd");
        else
            _thimble_output_put(output, at, size);
        size += size == 0;
        at += size;
        left -= size;
    }
    _thimble_output_puts(output, "\"");
}

static void put_word(struct output *output, const char *name, const char *word) {
    _thimble_output_printf(output, "\"%s\": ", name);
    put_string(output, word);
    _thimble_output_puts(output, ", ");
}

static void put_number(struct output *output, const char *name, uint64_t number, const char *end) {
    _thimble_output_printf(output, "\"%s\": %llu%s", name, (unsigned long long)number, end);
}

static void put_site(struct output *output, const struct snapshot *snapshot,
                     const struct snapshot_statistic *statistic) {
    uint32_t count;
    const struct snapshot_site *site = &_thimble_snapshot_sites(snapshot, &count)[statistic->site];
    const char *type = _thimble_snapshot_string(snapshot, site->type);
    _thimble_output_puts(output, "  {");
    put_word(output, "file",
             statistic->site ? _thimble_snapshot_string(snapshot, site->file) : "<unknown>");
    put_number(output, "line", site->line, ", ");
    put_number(output, "column", site->column, ", ");
    put_word(output, "function", _thimble_snapshot_string(snapshot, site->function));
    put_word(output, "allocator", _thimble_snapshot_string(snapshot, site->allocator));
    put_word(output, "type", *type ? type : "?");
    put_number(output, "count", statistic->count, ", ");
    put_number(output, "size", statistic->bytes, ", ");
    put_number(output, "made_count", statistic->made_count, ", ");
    put_number(output, "made_size", statistic->made_bytes, "}");
}

bool _thimble_write_json(struct output *output, const void *context) {
    const struct snapshot *snapshot = context;
    struct snapshot_statistics *all =
        _thimble_snapshot_statistics(snapshot, NULL, GROUP_BY_SITE, NULL, 0);
    if (!all)
        return false;
    _thimble_output_puts(output, "{\"version\": 1, ");
    put_word(output, "program", _thimble_snapshot_string(snapshot, snapshot->program));
    put_number(output, "pid", snapshot->process, ", ");
    put_number(output, "frames", snapshot->frames, ", ");
    put_number(output, "current", snapshot->current, ", ");
    put_number(output, "peak", snapshot->peak, ", ");
    put_number(output, "overhead", snapshot->overhead, ", ");
    put_number(output, "dropped", snapshot->dropped, ",\n \"sites\": [\n");
    for (size_t i = 0; i < all->count; i++) {
        put_site(output, snapshot, &all->items[i]);
        _thimble_output_puts(output, i + 1 < all->count ? ",\n" : "\n");
    }
    _thimble_output_puts(output, "]}\n");
    _thimble_drop_piece(all);
    return true;
}
