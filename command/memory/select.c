/* select.c: the traces in order. */
#include "memory.h"

#include "core/heap.h"
#include <stdlib.h>

static int order_by_size(const void *a, const void *b) {
    const struct snapshot_trace *one = *(const struct snapshot_trace *const *)a;
    const struct snapshot_trace *other = *(const struct snapshot_trace *const *)b;
    if (one->bytes != other->bytes)
        return one->bytes > other->bytes ? -1 : 1;
    return one < other ? -1 : one > other;
}

struct selection select_traces(const struct snapshot *view) {
    uint32_t count;
    const struct snapshot_trace *traces = _thimble_snapshot_traces(view, &count);
    struct selection selection = {count, heap_new((count + 1) * sizeof *selection.traces)};
    for (uint32_t i = 0; i < count; i++)
        selection.traces[i] = &traces[i];
    qsort(selection.traces, count, sizeof *selection.traces, order_by_size);
    return selection;
}
