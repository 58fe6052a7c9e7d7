/* memory.h: what the files of this folder share. A dump is loaded, its frames are given
 * names (view.c), what was asked for is selected, and one file a format prints that. */
#ifndef COMMAND_MEMORY_MEMORY_H
#define COMMAND_MEMORY_MEMORY_H

#include "memory/snapshot.h"
#include <stdio.h>

struct subcommand;

/* The module's one door. */
__attribute__((__visibility__("default"))) int thimble_memory(const struct subcommand *, int argc,
                                                              char **argv);

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_FOLDED, FORMAT_PPROF, FORMAT_HTML };

/* The command line. */
struct request {
    const char *file, *old; /* old: null where nothing is compared */
    const char *output;     /* null: standard output */
    enum format format;
    enum snapshot_grouping grouping;
    size_t top; /* 0: all */
    bool made, traceback, colour;
    struct snapshot_filter *filters;
    size_t filter_count;
};

/* "thimble: note: …" on standard error. */
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- view.c ---- */

/* A copy whose frames have names: a frame for each function that was inlined there, and none
 * of what calls main; where nobody looks at frames they have none. `made`: what was ever
 * allocated stands where the live is. */
struct snapshot *make_view(const struct snapshot *, const struct request *);
/* Whether what is asked for shows frames. */
bool shows_frames(const struct request *);

/* ---- symbolise.c ---- */

/* Of a function that an address belongs to; the texts stay until the next call. */
struct named {
    const char *function, *file;
    uint32_t line;
};

enum { MOST_NAMED = 128 };

/* The functions at a frame's address, the innermost first; 0 where the program is not there
 * any more, or another one: that is said once. */
size_t name_frame(const struct snapshot *, const struct snapshot_frame *,
                  struct named named[MOST_NAMED]);

/* ---- select.c ---- */

/* The traces of a snapshot, the largest first. */
struct selection {
    size_t count;
    const struct snapshot_trace **traces;
};
struct selection select_traces(const struct snapshot *view);

/* ---- label.c ---- */

/* "load", "libzoo.so+0x1234" or "0x7f0012345678"; of a site its function. */
void put_frame_label(FILE *, const struct snapshot *, const struct snapshot_frame *);
/* The same in memory that the caller frees. */
char *frame_label(const struct snapshot *, const struct snapshot_frame *);
const char *site_label(const struct snapshot *, const struct snapshot_site *);

/* Whether the site is to be shown behind the frames: foreign code's is none where there are any. */
bool shows_site(const struct snapshot_trace *);

/* ---- The formats ---- */

/* `snapshot` tells when and of what; `view` is of it, `old` is null or what to compare with.
 * False where there was no memory for it. */
bool print_text(FILE *, const struct snapshot *snapshot, const struct snapshot *view,
                const struct snapshot *old, const struct request *);
void print_folded(FILE *, const struct snapshot *view, const struct selection *);
void print_page(FILE *, const struct snapshot *view, const struct selection *,
                const struct request *);
/* False where there was no memory. */
bool print_pprof(FILE *, const struct snapshot *view, const struct selection *);
/* False with the complaint made: it was not built. */
bool can_print_pprof(void);

#endif
