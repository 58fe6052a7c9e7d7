/* folded.c: a line a stack, as tools that draw flame graphs read it: "main;load;add 4096". */
#define _GNU_SOURCE
#include "memory.h"

#include "core/heap.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct stack {
    char *names;
    uint64_t bytes;
};

static char *names_of(const struct snapshot *view, const struct snapshot_trace *trace) {
    uint32_t count;
    const struct snapshot_site *sites = _thimble_snapshot_sites(view, &count);
    const struct snapshot_frame *frames = _thimble_snapshot_frames(view, &count);
    char *names = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&names, &size);
    if (!to)
        abort();
    for (uint32_t i = trace->frame_count; i-- > 0;) {
        put_frame_label(to, view, &frames[trace->frame_first + i]);
        fputs(i || shows_site(trace) ? ";" : "", to);
    }
    if (shows_site(trace))
        fputs(site_label(view, &sites[trace->site]), to);
    fclose(to);
    return names;
}

static int order_by_names(const void *a, const void *b) {
    return strcmp(((const struct stack *)a)->names, ((const struct stack *)b)->names);
}

static int order_by_bytes(const void *a, const void *b) {
    const struct stack *one = a, *other = b;
    if (one->bytes != other->bytes)
        return one->bytes > other->bytes ? -1 : 1;
    return order_by_names(a, b);
}

/* Calls on two lines of a function are one stack here. Returns how many are left. */
static size_t merge(struct stack *stacks, size_t count) {
    size_t merged = 0;
    qsort(stacks, count, sizeof *stacks, order_by_names);
    for (size_t i = 0; i < count; i++) {
        if (merged && order_by_names(&stacks[merged - 1], &stacks[i]) == 0) {
            stacks[merged - 1].bytes += stacks[i].bytes;
            free(stacks[i].names);
            continue;
        }
        stacks[merged++] = stacks[i];
    }
    qsort(stacks, merged, sizeof *stacks, order_by_bytes);
    return merged;
}

void print_folded(FILE *to, const struct snapshot *view, const struct selection *selection) {
    struct stack *stacks = heap_new((selection->count + 1) * sizeof *stacks);
    size_t count = 0;
    for (size_t i = 0; i < selection->count; i++)
        if (selection->traces[i]->bytes)
            stacks[count++] =
                (struct stack){names_of(view, selection->traces[i]), selection->traces[i]->bytes};
    count = merge(stacks, count);
    for (size_t i = 0; i < count; i++) {
        fprintf(to, "%s %" PRIu64 "\n", stacks[i].names, stacks[i].bytes);
        free(stacks[i].names);
    }
    free(stacks);
}
