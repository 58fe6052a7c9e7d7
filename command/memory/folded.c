/* folded.c: a line a stack, as tools that draw flame graphs read it: "main;load;add 4096". */
#include "memory.h"

#include <inttypes.h>

void print_folded(FILE *to, const struct snapshot *view, const struct selection *selection) {
    uint32_t count;
    const struct snapshot_site *sites = _thimble_snapshot_sites(view, &count);
    const struct snapshot_frame *frames = _thimble_snapshot_frames(view, &count);
    for (size_t i = 0; i < selection->count; i++) {
        const struct snapshot_trace *trace = selection->traces[i];
        if (trace->bytes == 0)
            continue;
        for (uint32_t k = trace->frame_count; k-- > 0;) {
            put_frame_label(to, view, &frames[trace->frame_first + k]);
            fputs(k || shows_site(trace) ? ";" : "", to);
        }
        if (shows_site(trace))
            fputs(site_label(view, &sites[trace->site]), to);
        fprintf(to, " %" PRIu64 "\n", trace->bytes);
    }
}
