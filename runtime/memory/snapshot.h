/* snapshot.h: all that is live at one moment, by trace, as one piece of memory.
 *
 * It refers to itself by offsets and indices alone, so a dump is its bytes, and a load is a
 * mapping whose offsets have been checked. It is what the runtime makes, in a signal
 * handler too, what it writes to a file, and what the command `thimble memory` reads: the
 * files of this folder are compiled into both but for those that tracker.h is included in.
 *
 * Integers are of the machine that wrote it; `endian` tells. A record's layout never
 * changes: what is new is a new section at the end of `sections`, or another version.
 */
#ifndef MEMORY_SNAPSHOT_H
#define MEMORY_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/text.h"

#define SNAPSHOT_MAGIC "THMBMEM" /* with its zero: eight bytes */
#define SNAPSHOT_ENDIAN 0x01020304u
#define SNAPSHOT_VERSION 1
#define SNAPSHOT_NONE UINT32_MAX

enum snapshot_section_kind {
    SNAPSHOT_STRINGS, /* zero-terminated; offset 0 is "" */
    SNAPSHOT_SITES,   /* struct snapshot_site; number 0 is foreign code's: all empty */
    SNAPSHOT_MODULES, /* struct snapshot_module */
    SNAPSHOT_FRAMES,  /* struct snapshot_frame */
    SNAPSHOT_TRACES,  /* struct snapshot_trace, those only of which something is or was */
    SNAPSHOT_SECTIONS
};

struct snapshot_section {
    uint64_t offset; /* from the snapshot's start; a multiple of 8 */
    uint64_t count;  /* records; of the strings: bytes */
};

enum snapshot_reason {
    SNAPSHOT_ASKED, /* tracker_snapshot */
    SNAPSHOT_EXIT,
    SNAPSHOT_USR2,
    SNAPSHOT_FATAL, /* `signal` */
};

struct snapshot {
    char magic[8];
    uint32_t endian;
    uint32_t version;
    uint64_t size; /* of all, bytes */
    /* The process that it was made in: by its start, so that a child is another. */
    uint64_t run;
    uint64_t time; /* ns since 1970 */
    uint32_t process;
    uint32_t frames; /* kept with each block: the limit */
    uint32_t reason; /* enum snapshot_reason */
    uint32_t signal;
    uint64_t current, peak; /* bytes traced, now and at most */
    uint64_t overhead;      /* bytes that the tracker itself took */
    uint64_t dropped;       /* blocks that could not be recorded */
    uint32_t program;       /* string: the path of the executable */
    uint32_t directory;     /* string: where it ran */
    uint32_t section_count; /* SNAPSHOT_SECTIONS of the writer */
    uint32_t reserved;
    struct snapshot_section sections[SNAPSHOT_SECTIONS];
};

struct snapshot_site {
    uint32_t file, directory; /* strings: as the compiler was given it, and where that ran */
    uint32_t line, column;
    uint32_t function;  /* string: that the call stands in */
    uint32_t allocator; /* string: that is called; "" through a pointer */
    uint32_t type;      /* string: of an element; "" for unknown */
    uint32_t reserved;
};

struct snapshot_module {
    uint32_t path;       /* string */
    uint32_t build_id;   /* string, hexadecimal; "" for none */
    uint64_t start, end; /* addresses then */
};

struct snapshot_frame {
    uint32_t module;   /* SNAPSHOT_NONE: in none that is known */
    uint32_t function; /* string; "" until somebody has symbolised it */
    uint64_t address;  /* of the call (a return address less one), as the linker counts in the
                          module; of none: as it was */
    uint32_t file;     /* string, likewise */
    uint32_t line;     /* 0, likewise */
};

/* The first frame is in the site's own function, or in what that was inlined into: of the functions
 * at that address the innermost is the site's, the others call it. */
struct snapshot_trace {
    uint32_t site;
    uint32_t frame_first, frame_count; /* the nearest first */
    uint32_t number;                   /* of the trace in the process that made it */
    uint64_t count, bytes;             /* live */
    uint64_t made_count, made_bytes;   /* ever, since counting began; 0 where it was not */
};

/* ---- Reading: valid for one that was taken, or loaded ---- */

const char *_thimble_snapshot_string(const struct snapshot *, uint32_t offset);
const struct snapshot_site *_thimble_snapshot_sites(const struct snapshot *, uint32_t *count);
const struct snapshot_module *_thimble_snapshot_modules(const struct snapshot *, uint32_t *count);
const struct snapshot_frame *_thimble_snapshot_frames(const struct snapshot *, uint32_t *count);
const struct snapshot_trace *_thimble_snapshot_traces(const struct snapshot *, uint32_t *count);

/* Null where `size` bytes are a whole snapshot that every index and offset is sound in; else
 * what is wrong, to stand behind "FILE: ": "is no memory dump of Thimble's", "is cut short:
 * 4096 of 10240 bytes", "was written by a newer Thimble (version 2)", "was written on a
 * machine with another byte order". */
const char *_thimble_snapshot_check(const void *bytes, size_t size, char *message, size_t room);

/* ---- load.c: files ---- */

/* All of a file, a piece (piece.h); null with errno and the whole message, file's name and all,
 * in `message`. Every snapshot and all statistics are pieces: _thimble_drop_piece. */
struct snapshot *_thimble_snapshot_load(const char *path, char *message, size_t room);
/* Written beside and renamed into place, so that nothing is lost where it fails: false with
 * errno. */
bool _thimble_snapshot_dump(const struct snapshot *, const char *path);

/* ---- statistics.c ---- */

enum snapshot_grouping {
    GROUP_BY_LINE,
    GROUP_BY_FILE,
    GROUP_BY_TRACE,
    GROUP_BY_FUNCTION, /* of one name in two files are two */
    GROUP_BY_TYPE,
    GROUP_BY_SITE /* all that a site says, for JSON */
};

struct snapshot_filter {
    const char *file;     /* glob over the path, or a suffix of it at a '/'; null: any */
    uint32_t line;        /* 0: any */
    const char *function; /* glob */
    const char *type;     /* glob over the spelling; "?" or "" for what is not known */
    bool exclude;         /* those that match are left out, instead of the others */
    bool all_frames;      /* file, line and function may be those of any frame */
};

/* One group. Which of the fields say anything depends on the grouping; the rest are those of
 * the group's largest trace, so that it can be shown. */
struct snapshot_statistic {
    uint32_t site;
    uint32_t trace; /* index in the newer snapshot's traces, or in the old one's: `gone` */
    bool gone;      /* nothing of the group is in the newer one */
    uint64_t count, bytes;
    uint64_t made_count, made_bytes;
    int64_t count_change, bytes_change; /* less the old one's; 0 where nothing is compared */
};

struct snapshot_statistics {
    const struct snapshot *snapshot, *old; /* old: null where nothing is compared */
    enum snapshot_grouping grouping;
    size_t count;
    struct snapshot_statistic *items; /* the largest first; compared: by the largest change, as
                                         tracemalloc sorts */
};

/* Groups by what a site says in words, not by number, so that snapshots of two runs can be
 * compared. A piece that holds both snapshots; null where there is no memory for it. */
struct snapshot_statistics *_thimble_snapshot_statistics(const struct snapshot *,
                                                         const struct snapshot *old,
                                                         enum snapshot_grouping,
                                                         const struct snapshot_filter *filters,
                                                         size_t filter_count);

/* Null where they can be compared; else why not, a sentence. By trace only snapshots of one
 * program can: frames are addresses in it. */
const char *_thimble_snapshot_comparable(const struct snapshot *, const struct snapshot *old,
                                         enum snapshot_grouping);

/* The trace that stands for a group, and the snapshot that it is in. */
const struct snapshot *_thimble_statistic_snapshot(const struct snapshot_statistics *,
                                                   const struct snapshot_statistic *);
const struct snapshot_trace *_thimble_statistic_trace(const struct snapshot_statistics *,
                                                      const struct snapshot_statistic *);

/* ---- filter.c ---- */

/* One filter at least of those that don't exclude matches, where there are any, and none of
 * those that do. */
bool _thimble_snapshot_passes(const struct snapshot *, const struct snapshot_trace *,
                              const struct snapshot_filter *, size_t count);
/* A copy with what passes alone. */
struct snapshot *_thimble_snapshot_filter(const struct snapshot *, const struct snapshot_filter *,
                                          size_t count);

/* ---- text.c: as tracemalloc writes it ---- */

/* "2314 KiB"; of `size` divided by `count`. With a sign: "+2314 KiB". */
void _thimble_put_size(struct text *, int64_t size, uint64_t count, bool with_sign);

/* "zoo.c:42", "zoo.c", "add_animal", "struct animal", as the grouping has it. */
void _thimble_put_place(struct text *, const struct snapshot_statistics *,
                        const struct snapshot_statistic *);

/* "zoo.c:42: size=2314 KiB (+2314 KiB), count=30000 (+30000), average=79 B" */
void _thimble_put_statistic(struct text *, const struct snapshot_statistics *,
                            const struct snapshot_statistic *);

/* "Top 3 lines", `most` from number `first` on with their source lines, the others in one, and the
 * total. */
struct output;
void _thimble_write_statistics(struct output *, const struct snapshot_statistics *, size_t first,
                               size_t most);

/* Appends line number `line` of a source file without the space around it: of `directory`/`file`
 * where there is no `file`. False: it can't be read. */
bool _thimble_put_source_line(struct text *, const char *directory, const char *file,
                              uint32_t line);

#endif
