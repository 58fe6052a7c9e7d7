/* label.c: what a frame and a site are called in a stack. */
#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void put_frame_label(FILE *to, const struct snapshot *view, const struct snapshot_frame *frame) {
    const char *function = _thimble_snapshot_string(view, frame->function);
    if (*function) {
        fputs(function, to);
        return;
    }
    uint32_t count;
    const struct snapshot_module *modules = _thimble_snapshot_modules(view, &count);
    if (frame->module == SNAPSHOT_NONE) {
        fprintf(to, "0x%" PRIx64, frame->address);
        return;
    }
    const char *path = _thimble_snapshot_string(view, modules[frame->module].path);
    const char *slash = strrchr(path, '/');
    fprintf(to, "%s+0x%" PRIx64, slash ? slash + 1 : path, frame->address);
}

char *frame_label(const struct snapshot *view, const struct snapshot_frame *frame) {
    char *label = NULL;
    size_t size = 0;
    FILE *text = open_memstream(&label, &size);
    if (!text)
        abort();
    put_frame_label(text, view, frame);
    fclose(text);
    return label;
}

const char *site_label(const struct snapshot *view, const struct snapshot_site *site) {
    const char *function = _thimble_snapshot_string(view, site->function);
    return *function ? function : "<unknown>";
}

bool shows_site(const struct snapshot_trace *trace) {
    return trace->site != 0 || trace->frame_count == 0;
}

bool shows_frames(const struct request *request) {
    if (request->format == FORMAT_TEXT)
        return request->traceback;
    return request->format != FORMAT_JSON;
}
