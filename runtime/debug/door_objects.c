/* What is live. */
#include <errno.h>
#include <fnmatch.h>
#include <string.h>
#include <unistd.h>

#include "../memory/output.h"
#include "../memory/piece.h"
#include "../memory/take.h"
#include "../memory/tracing.h"
#include "answer.h"

enum { MOST_OBJECTS = 50, MOST_SHOWN_WHOLE = 10, MOST_LINES = 20 };

static void must_be_recorded(void) {
    if (!_thimble_tracker_is_on())
        _thimble_refuse_with("no allocations are recorded: in a program set THIMBLE_MEMORY=FILE, "
                             "or call tracker_start(1)");
}

/* ---- objects ---- */

struct listing {
    struct text *text;
    const char *type;       /* glob; "" for any */
    size_t shown, left_out; /* with a site */
    size_t foreign;
};

static void put_object(struct listing *listing, const struct block *block) {
    struct text *text = listing->text;
    _thimble_printf(text, "%s0x%zx ", listing->shown++ ? "\n" : "", (size_t)block->address);
    _thimble_put_made(text, block);
    if (listing->shown > MOST_SHOWN_WHOLE)
        return;
    _thimble_puts(text, "\n    ");
    _thimble_put_contents(text, block);
}

static bool visit(void *context, const struct block *block) {
    struct listing *listing = context;
    char buffer[512];
    struct text type = _thimble_text(buffer, sizeof(buffer));
    if (!_thimble_trace_of(block->trace).unit) {
        listing->foreign++;
        return true;
    }
    if (*listing->type) {
        _thimble_put_trace_type(&type, block->trace);
        if (fnmatch(listing->type, type.data, 0) != 0)
            return true;
    }
    if (listing->shown < MOST_OBJECTS)
        put_object(listing, block);
    else
        listing->left_out++;
    return true;
}

void _thimble_answer_objects(struct text *text, const char *const *arguments) {
    struct listing listing = {.text = text, .type = arguments[0]};
    must_be_recorded();
    _thimble_each_block(visit, &listing);
    if (listing.shown == 0)
        _thimble_printf(text, "no objects%s%s", *arguments[0] ? " of type " : "", arguments[0]);
    if (listing.left_out)
        _thimble_printf(text, "\n... and %zu more", listing.left_out);
    if (listing.foreign && !*arguments[0])
        _thimble_printf(text, "\n... and %zu block%s of code compiled without the plugin",
                        listing.foreign, listing.foreign == 1 ? "" : "s");
}

/* ---- snapshot ---- */

static void put_statistics(struct text *text, const struct snapshot *snapshot) {
    struct output output = {.text = text};
    struct snapshot_statistics *all =
        _thimble_snapshot_statistics(snapshot, NULL, GROUP_BY_LINE, NULL, 0);
    if (!all)
        _thimble_refuse_with("the system has no memory left for it");
    _thimble_write_statistics(&output, all, 0, MOST_LINES);
    _thimble_output_end(&output);
    _thimble_drop_piece(all);
}

static void write_dump(struct text *text, const struct snapshot *snapshot, const char *file) {
    char folder[4096] = "";
    if (!_thimble_snapshot_dump(snapshot, file))
        _thimble_refuse_with("%s: %s: it was not written", file, strerror(errno));
    if (*file != '/' && getcwd(folder, sizeof(folder) - 1))
        strcat(folder, "/");
    _thimble_printf(text, "wrote %s%s: thimble memory reads it", folder, file);
}

void _thimble_answer_snapshot(struct text *text, const char *const *arguments) {
    uint32_t since;
    must_be_recorded();
    if (!_thimble_traced_since(&since))
        since = 0;
    struct snapshot *snapshot = _thimble_take_snapshot(since, SNAPSHOT_ASKED, 0);
    if (!snapshot)
        _thimble_refuse_with("the system has no memory left for it");
    if (*arguments[0])
        write_dump(text, snapshot, arguments[0]);
    else
        put_statistics(text, snapshot);
    _thimble_drop_piece(snapshot);
}
