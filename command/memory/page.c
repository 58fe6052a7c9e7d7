/* page.c: page.html with what the snapshot says as JSON in it. */
#include "memory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The page, as it is in the source. */
__asm__(".pushsection .rodata\n"
        "page_html: .incbin \"" THIMBLE_PAGE "\"\n"
        "page_html_end: .byte 0\n"
        ".popsection");
extern const char page_html[] __attribute__((visibility("hidden")));

/* Where the data stands in it. */
static const char hole[] = "/*DATA*/";

/* Nothing in it can end the script that it stands in. */
static void put_quoted(FILE *to, const char *text) {
    putc('"', to);
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at < ' ' || *at == '"' || *at == '\\' || *at == '<' || *at == 0x7f)
            fprintf(to, "\\u%04x", *at);
        else
            putc(*at, to);
    }
    putc('"', to);
}

static void put_string(FILE *to, const struct snapshot *view, uint32_t offset) {
    put_quoted(to, _thimble_snapshot_string(view, offset));
}

static void put_head(FILE *to, const struct snapshot *view, const struct request *request) {
    static const char *const reasons[] = {"asked for", "at exit", "on SIGUSR2", "on signal"};
    fputs("{\"program\":", to);
    put_string(to, view, view->program);
    fputs(",\"directory\":", to);
    put_string(to, view, view->directory);
    fprintf(to, ",\"process\":%" PRIu32 ",\"time\":%" PRIu64, view->process, view->time / 1000000);
    fprintf(to, ",\"reason\":\"%s", view->reason <= SNAPSHOT_FATAL ? reasons[view->reason] : "");
    if (view->reason == SNAPSHOT_FATAL)
        fprintf(to, " %" PRIu32, view->signal);
    fprintf(to, "\",\"frames\":%" PRIu32 ",\"current\":%" PRIu64 ",\"peak\":%" PRIu64, view->frames,
            view->current, view->peak);
    fprintf(to, ",\"overhead\":%" PRIu64 ",\"dropped\":%" PRIu64 ",\"made\":%s", view->overhead,
            view->dropped, request->made ? "true" : "false");
}

static void put_sites(FILE *to, const struct snapshot *view) {
    uint32_t count;
    const struct snapshot_site *sites = _thimble_snapshot_sites(view, &count);
    fputs(",\n\"sites\":[", to);
    for (uint32_t i = 0; i < count; i++) {
        fputs(i ? ",\n[" : "\n[", to);
        put_string(to, view, sites[i].file);
        fprintf(to, ",%" PRIu32 ",", sites[i].line);
        put_quoted(to, site_label(view, &sites[i]));
        putc(',', to);
        put_string(to, view, sites[i].type);
        putc(',', to);
        put_string(to, view, sites[i].allocator);
        putc(']', to);
    }
    fputs("]", to);
}

static void put_frame(FILE *to, const struct snapshot *view, const struct snapshot_frame *frame) {
    char *label = frame_label(view, frame);
    putc('[', to);
    put_quoted(to, label);
    putc(',', to);
    put_string(to, view, frame->file);
    fprintf(to, ",%" PRIu32 "]", frame->line);
    free(label);
}

static void put_traces(FILE *to, const struct snapshot *view, const struct selection *selection) {
    uint32_t count;
    const struct snapshot_frame *frames = _thimble_snapshot_frames(view, &count);
    fputs(",\n\"traces\":[", to);
    const char *between = "\n";
    for (size_t i = 0; i < selection->count; i++) {
        const struct snapshot_trace *trace = selection->traces[i];
        if (trace->count == 0)
            continue;
        fprintf(to, "%s[%" PRIu32 ",%" PRIu64 ",%" PRIu64 ",[", between, trace->site, trace->count,
                trace->bytes);
        for (uint32_t k = 0; k < trace->frame_count; k++) {
            fputs(k ? "," : "", to);
            put_frame(to, view, &frames[trace->frame_first + k]);
        }
        fputs("]]", to);
        between = ",\n";
    }
    fputs("]}", to);
}

void print_page(FILE *to, const struct snapshot *view, const struct selection *selection,
                const struct request *request) {
    const char *data = strstr(page_html, hole);
    fwrite(page_html, 1, (size_t)(data - page_html), to);
    put_head(to, view, request);
    put_sites(to, view);
    put_traces(to, view, selection);
    fputs(data + sizeof hole - 1, to);
}
