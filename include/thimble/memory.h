/* thimble/memory.h: which blocks are live, and where they were allocated.
 *
 *     tracker_start(1);
 *     feed_all(zoo);
 *     struct thimble_snapshot *snapshot = tracker_snapshot();
 *     tracker_print(tracker_statistics(snapshot, BY_LINE), 3);
 *
 *     Top 3 lines
 *     #1: zoo.c:42: size=2314 KiB, count=30000, average=79 B
 *         animal = malloc(sizeof(*animal));
 *     ...
 *
 * It follows Python's tracemalloc, whose names stand at each function. A block belongs to the
 * call in a unit compiled with the plugin that allocated it; what other code allocated is
 * `<unknown>`. In a test program blocks are recorded always, to find leaks; elsewhere
 * recording costs nothing until tracker_start, or until the environment says
 * THIMBLE_MEMORY=FILE.
 *
 * What a function here returns is memory of its own, no block of the heap: it stays until
 * tracker_free, or to the end of the process. What it points to stays as long. A function that
 * can't do what it is asked for says so in one line on standard error, sets errno, and
 * returns null or 0.
 */
#ifndef THIMBLE_MEMORY_H
#define THIMBLE_MEMORY_H

#pragma GCC system_header

#include <thimble/base.h>

/* ---- Tracing ---- */

/* From now on blocks are traced, each with `frames` callers at most, from 1, the allocating line
 * alone, to 64; in a test program that runs with --frames N, with N at least. Where tracing is on
 * it goes on, with `frames` where that is more. 0 for a number that is none of these. As
 * tracemalloc.start. */
THIMBLE_API int thimble_tracker_start(unsigned frames);

/* Ends tracing, and forgets what was traced. As tracemalloc.stop. */
THIMBLE_API void thimble_tracker_stop(void);

/* 1 where tracing is on. As tracemalloc.is_tracing. */
THIMBLE_API int thimble_tracker_is_tracing(void);

/* Forgets what was traced, and goes on with what is allocated from now on. As
 * tracemalloc.clear_traces. */
THIMBLE_API void thimble_tracker_clear_traces(void);

/* How many frames are kept with each block. As tracemalloc.get_traceback_limit. */
THIMBLE_API unsigned thimble_tracker_frames(void);

/* Bytes of the traced blocks that are live, and the most that ever were at once. Either may be
 * null. 0 and 0 while nothing is traced. As tracemalloc.get_traced_memory. */
THIMBLE_API void thimble_tracker_traced(size_t *current, size_t *peak);

/* The most so far is what is live now. As tracemalloc.reset_peak. */
THIMBLE_API void thimble_tracker_reset_peak(void);

/* Bytes that the recorder itself uses. As tracemalloc.get_tracemalloc_memory. */
THIMBLE_API size_t thimble_tracker_overhead(void);

/* ---- Snapshots ---- */

/* What was live at one moment, by the line and the callers that allocated it. */
struct thimble_snapshot;

/* Null while nothing is traced. As tracemalloc.take_snapshot. */
THIMBLE_API struct thimble_snapshot *thimble_tracker_snapshot(void);

/* Which blocks are meant. A field that is not given matches any. */
struct thimble_filter {
    const char *file;     /* a glob over the path, or over what is behind a '/' in it */
    unsigned line;        /* 0: any */
    const char *function; /* a glob over its name */
    const char *type;     /* a glob over its spelling: "struct animal"; "?": not known */
    _Bool exclude;        /* those that match are left out, instead of the others */
    _Bool all_frames;     /* file, line and function are looked for among the callers, too */
};

/* A snapshot of what the filters let through: at least one of those that don't exclude, where
 * there are any, and none of those that do. Each filter is in braces, so that there can be
 * several:
 *     tracker_filter(snapshot, {.file = "zoo*.c"}, {.type = "char", .exclude = 1})
 * As Snapshot.filter_traces. */
#define thimble_tracker_filter(snapshot, ...)                                                      \
    thimble_tracker_filter_by((snapshot), THIMBLE_FILTERS_(__VA_ARGS__))
THIMBLE_API struct thimble_snapshot *thimble_tracker_filter_by(const struct thimble_snapshot *,
                                                               const struct thimble_filter *,
                                                               size_t count);

/* To a file, which is put in place when it is whole; 1 when it is. As Snapshot.dump. The command
 * `thimble memory` reads it. */
THIMBLE_API int thimble_tracker_dump(const struct thimble_snapshot *, const char *path);

/* From a file, of this process or another one. As Snapshot.load. */
THIMBLE_API struct thimble_snapshot *thimble_tracker_load(const char *path);

/* ---- Statistics ---- */

enum thimble_grouping {
    THIMBLE_BY_LINE, /* file and line of the allocating call */
    THIMBLE_BY_FILE,
    THIMBLE_BY_TRACE,    /* the call with all its callers that were kept */
    THIMBLE_BY_FUNCTION, /* that the call stands in */
    THIMBLE_BY_TYPE      /* of an element */
};

/* What blocks have in common, and how many there are. A field that they need not have in common
 * is that of the largest part of them. */
struct thimble_statistic {
    const char *file; /* as the compiler was given it; "<unknown>": other code's. Null: the end */
    unsigned line, column;
    const char *function;                /* that the call stands in */
    const char *allocator;               /* that is called; "" through a pointer */
    const char *type;                    /* "struct animal"; "?": not known */
    size_t count, size;                  /* blocks; bytes */
    ptrdiff_t count_change, size_change; /* 0 where nothing is compared */
    const char *text;                    /* as tracker_text gives it */
    /* For tracker_print and tracker_traceback. */
    const void *of;
    size_t number;
};

/* The largest first, then the most, then by place; an entry with a null `file` is behind the
 * last. As Snapshot.statistics. */
THIMBLE_API const struct thimble_statistic *
thimble_tracker_statistics(const struct thimble_snapshot *, enum thimble_grouping);

/* What has changed from the old to the new one: the largest change first, up or down. By trace
 * only snapshots of one program can be compared. As new.compare_to(old). */
THIMBLE_API const struct thimble_statistic *
thimble_tracker_compare(const struct thimble_snapshot *older, const struct thimble_snapshot *newer,
                        enum thimble_grouping);

/* "zoo.c:42: size=2314 KiB (+2314 KiB), count=30000 (+30000), average=79 B"; without what is
 * in parentheses where nothing is compared. As str(statistic). */
THIMBLE_API const char *thimble_tracker_text(const struct thimble_statistic *);

/* The first `most` of tracker_statistics or tracker_compare with their source lines, then what
 * the others come to, and the sum, to standard output. */
THIMBLE_API void thimble_tracker_print(const struct thimble_statistic *, size_t most);

/* ---- Objects ---- */

/* A live block. */
struct thimble_heap_object {
    const void *address; /* null: the end */
    size_t size;         /* bytes, as it was asked for */
    const char *file;    /* of the allocating call, as are the others: see thimble_statistic */
    unsigned line, column;
    const char *function, *allocator, *type;
    /* For tracker_traceback. */
    const void *of;
    size_t number;
};

/* The traced blocks that the filters let through, by ascending address; all of them where there
 * is none: tracker_objects({.type = "struct animal"}). As gc.get_objects. */
#define thimble_tracker_objects(...) thimble_tracker_objects_by(THIMBLE_FILTERS_(__VA_ARGS__))
THIMBLE_API const struct thimble_heap_object *
thimble_tracker_objects_by(const struct thimble_filter *, size_t count);

/* The block that p points to, or into; null, without a word, where there is none or it is not
 * known. With its traceback, as tracemalloc.get_object_traceback. */
THIMBLE_API const struct thimble_heap_object *thimble_tracker_where(const void *p);

/* What is in it as C source: the elements of its type; a string as a string; bytes where the type
 * is not known, or in a program that is no test program. */
THIMBLE_API const char *thimble_tracker_repr(const struct thimble_heap_object *);

/* ---- Tracebacks ---- */

struct thimble_frame {
    const char *function; /* "" where it is not known */
    const char *file;     /* "" where it is not known, and line is 0 */
    unsigned line;
    const char *source; /* that line, "" where the file can't be read */
    const char *module; /* "zoo+0x1234": for what is not known; "" otherwise */
};

/* The allocating call first, then its callers, the innermost first. */
struct thimble_traceback {
    size_t count;
    const struct thimble_frame *frames;
};

/* Of a statistic or an object. The command `thimble` is asked for callers' lines: the one that the
 * variable THIMBLE_COMMAND names, that belongs to the plugin, or in PATH. */
#define thimble_tracker_traceback(of)                                                              \
    __extension__ _Generic((of), const struct thimble_heap_object *: thimble_object_traceback,           \
                 struct thimble_heap_object *: thimble_object_traceback,                   \
                 const struct thimble_statistic *: thimble_statistic_traceback,       \
                 struct thimble_statistic *: thimble_statistic_traceback)(of)
THIMBLE_API const struct thimble_traceback *
thimble_statistic_traceback(const struct thimble_statistic *);
THIMBLE_API const struct thimble_traceback *
thimble_object_traceback(const struct thimble_heap_object *);

/* Two lines a frame, the innermost first: "  zoo.c:42 in add_animal" and the source line. As
 * traceback.format(most_recent_first=True), in one string. */
THIMBLE_API const char *thimble_tracker_format(const struct thimble_traceback *);

/* Gives back what a function of this header has returned: the snapshot, the array, the object,
 * the traceback, the string of tracker_format or tracker_repr. Null is nothing. */
THIMBLE_API void thimble_tracker_free(const void *);

/* ---- Leaks ---- */

/* The block that p points to, or into, is no leak, and nor is what it leads to. Returns p. Where
 * no block is there a test fails at this line, and goes on; null is let through. */
#define thimble_leak_ok(p) ((THIMBLE_DECAYED_(p))thimble_leak_ok_at((p), __FILE__, __LINE__))
THIMBLE_API void *thimble_leak_ok_at(const volatile void *p, const char *file, int line);

/* None of those is a filter that matches nothing. */
#define THIMBLE_FILTERS_(...)                                                                      \
    ((const struct thimble_filter[]){{.line = 0}, __VA_ARGS__} + 1),                               \
        sizeof((const struct thimble_filter[]){{.line = 0}, __VA_ARGS__}) /                        \
                sizeof(struct thimble_filter) -                                                    \
            1

#ifndef THIMBLE_PREFIXED_ONLY
#define tracker_start thimble_tracker_start
#define tracker_stop thimble_tracker_stop
#define tracker_is_tracing thimble_tracker_is_tracing
#define tracker_clear_traces thimble_tracker_clear_traces
#define tracker_frames thimble_tracker_frames
#define tracker_traced thimble_tracker_traced
#define tracker_reset_peak thimble_tracker_reset_peak
#define tracker_overhead thimble_tracker_overhead
#define tracker_snapshot thimble_tracker_snapshot
#define tracker_filter thimble_tracker_filter
#define tracker_dump thimble_tracker_dump
#define tracker_load thimble_tracker_load
#define tracker_statistics thimble_tracker_statistics
#define tracker_compare thimble_tracker_compare
#define tracker_text thimble_tracker_text
#define tracker_print thimble_tracker_print
#define tracker_objects thimble_tracker_objects
#define tracker_where thimble_tracker_where
#define tracker_repr thimble_tracker_repr
#define tracker_traceback thimble_tracker_traceback
#define tracker_format thimble_tracker_format
#define tracker_free thimble_tracker_free
#define leak_ok thimble_leak_ok
#define BY_LINE THIMBLE_BY_LINE
#define BY_FILE THIMBLE_BY_FILE
#define BY_TRACE THIMBLE_BY_TRACE
#define BY_FUNCTION THIMBLE_BY_FUNCTION
#define BY_TYPE THIMBLE_BY_TYPE
#endif

#endif
