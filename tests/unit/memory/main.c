/* Snapshots that no process made: checked, damaged, grouped, compared, written. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../checks.h"
#include "memory/build.h"
#include "memory/output.h"
#include "memory/piece.h"
#include "memory/snapshot.h"

static int failures;

void check(bool condition, const char *file, int line, const char *what) {
    if (condition)
        return;
    failures++;
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
}

void check_text(const char *got, const char *wanted, const char *file, int line) {
    if (strcmp(got, wanted) == 0)
        return;
    failures++;
    fprintf(stderr, "%s:%d: got    %s\n  wanted %s\n", file, line, got, wanted);
}

void check_contains(const char *got, const char *part, const char *file, int line) {
    if (!strstr(got, part))
        check_text(got, part, file, line);
}

/* ---- Sizes ---- */

static const char *size_of(int64_t size, uint64_t count, bool with_sign) {
    static char buffer[64];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    _thimble_put_size(&text, size, count, with_sign);
    return buffer;
}

/* As Python prints them. */
static void test_sizes(void) {
    CHECK_TEXT(size_of(0, 1, false), "0 B");
    CHECK_TEXT(size_of(0, 1, true), "+0 B");
    CHECK_TEXT(size_of(10239, 1, false), "10239 B");
    CHECK_TEXT(size_of(10240, 1, false), "10.0 KiB");
    CHECK_TEXT(size_of(-10240, 1, true), "-10.0 KiB");
    CHECK_TEXT(size_of(102399, 1, false), "100.0 KiB");
    CHECK_TEXT(size_of(102400, 1, false), "100 KiB");
    CHECK_TEXT(size_of(10 << 20, 1, false), "10.0 MiB");
    CHECK_TEXT(size_of((10 << 20) - 1, 1, false), "10240 KiB");
    CHECK_TEXT(size_of(INT64_C(20000) << 40, 1, true), "+20000 TiB");
    CHECK_TEXT(size_of(10240 + 256, 1, false), "10.2 KiB"); /* 10.25: to the even one */
    CHECK_TEXT(size_of(10240 + 768, 1, false), "10.8 KiB"); /* 10.75 */
    CHECK_TEXT(size_of(5, 2, false), "2 B");
    CHECK_TEXT(size_of(7, 2, false), "4 B");
    CHECK_TEXT(size_of(100 * 20480, 100, false), "20.0 KiB");
}

/* ---- A zoo's ---- */

struct made {
    const char *file, *function, *type;
    uint32_t line;
    uint64_t count, bytes;
    uint64_t frame; /* 0: none */
};

static struct snapshot *make(const char *program, const struct made *traces, size_t count) {
    struct builder builder = {0};
    struct snapshot header = {.process = 7, .frames = 2};
    header.program = _thimble_build_string(&builder, program);
    struct snapshot_module module = {.path = header.program,
                                     .build_id = _thimble_build_string(&builder, program)};
    uint32_t number = _thimble_build_module(&builder, &module);
    for (size_t i = 0; i < count; i++) {
        struct snapshot_trace trace = {
            .count = traces[i].count, .bytes = traces[i].bytes, .made_count = traces[i].count};
        struct snapshot_site site = {.line = traces[i].line};
        if (traces[i].file) {
            site.file = _thimble_build_string(&builder, traces[i].file);
            site.function = _thimble_build_string(&builder, traces[i].function);
            site.type = _thimble_build_string(&builder, traces[i].type);
            trace.site = _thimble_build_site(&builder, &site);
        }
        if (traces[i].frame)
            _thimble_build_frame(
                &builder, &(struct snapshot_frame){.module = number, .address = traces[i].frame});
        _thimble_build_trace(&builder, &trace);
    }
    return _thimble_build(&builder, &header);
}

static const struct made zoo[] = {
    {"src/zoo.c", "feed", "struct animal", 10, 3, 72, 0x1000},
    {"src/zoo.c", "feed", "struct animal", 10, 2, 48, 0x2000},
    {"src/zoo.c", "feed", "", 12, 1, 120, 0},
    {"lib/cage.c", "feed", "char", 10, 5, 50, 0},
    {NULL, "", "", 0, 1, 50, 0},
    {"lib/cage.c", "gone", "char", 30, 0, 0, 0},
};

static struct snapshot *make_zoo(void) {
    return make("zoo", zoo, sizeof(zoo) / sizeof(*zoo));
}

static const char *lines_of(const struct snapshot *snapshot, const struct snapshot *old,
                            enum snapshot_grouping by, const struct snapshot_filter *filters,
                            size_t count) {
    static char buffer[4096];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    struct snapshot_statistics *all =
        _thimble_snapshot_statistics(snapshot, old, by, filters, count);
    for (size_t i = 0; i < all->count; i++) {
        _thimble_put_statistic(&text, all, &all->items[i]);
        _thimble_puts(&text, "\n");
    }
    CHECK(_thimble_drop_piece(all));
    return buffer;
}

static void test_groups(void) {
    struct snapshot *snapshot = make_zoo();
    CHECK_TEXT(lines_of(snapshot, NULL, GROUP_BY_LINE, NULL, 0),
               "src/zoo.c:10: size=120 B, count=5, average=24 B\n"
               "src/zoo.c:12: size=120 B, count=1, average=120 B\n"
               "lib/cage.c:10: size=50 B, count=5, average=10 B\n"
               "<unknown>:0: size=50 B, count=1, average=50 B\n");
    CHECK_TEXT(lines_of(snapshot, NULL, GROUP_BY_FILE, NULL, 0),
               "src/zoo.c: size=240 B, count=6, average=40 B\n"
               "lib/cage.c: size=50 B, count=5, average=10 B\n"
               "<unknown>:0: size=50 B, count=1, average=50 B\n");
    CHECK_TEXT(lines_of(snapshot, NULL, GROUP_BY_FUNCTION, NULL, 0),
               "feed: size=240 B, count=6, average=40 B\n"
               "feed: size=50 B, count=5, average=10 B\n"
               "<unknown>:0: size=50 B, count=1, average=50 B\n");
    CHECK_TEXT(lines_of(snapshot, NULL, GROUP_BY_TYPE, NULL, 0),
               "?: size=170 B, count=2, average=85 B\n"
               "struct animal: size=120 B, count=5, average=24 B\n"
               "char: size=50 B, count=5, average=10 B\n");
    CHECK_TEXT(lines_of(snapshot, NULL, GROUP_BY_TRACE, NULL, 0),
               "src/zoo.c:12: size=120 B, count=1, average=120 B\n"
               "src/zoo.c:10: size=72 B, count=3, average=24 B\n"
               "lib/cage.c:10: size=50 B, count=5, average=10 B\n"
               "<unknown>:0: size=50 B, count=1, average=50 B\n"
               "src/zoo.c:10: size=48 B, count=2, average=24 B\n");
    CHECK(_thimble_drop_piece(snapshot));
}

static void test_filters(void) {
    struct snapshot *snapshot = make_zoo();
#define LINES(...)                                                                                 \
    lines_of(snapshot, NULL, GROUP_BY_FILE, (struct snapshot_filter[]){__VA_ARGS__},               \
             sizeof((struct snapshot_filter[]){__VA_ARGS__}) / sizeof(struct snapshot_filter))
    CHECK_TEXT(LINES({.file = "zoo.c"}), "src/zoo.c: size=240 B, count=6, average=40 B\n");
    CHECK_TEXT(LINES({.file = "oo.c"}), "");
    CHECK_TEXT(LINES({.file = "*oo.c", .line = 12}),
               "src/zoo.c: size=120 B, count=1, average=120 B\n");
    CHECK_TEXT(LINES({.type = "struct *"}, {.file = "cage.c"}),
               "src/zoo.c: size=120 B, count=5, average=24 B\n"
               "lib/cage.c: size=50 B, count=5, average=10 B\n");
    CHECK_TEXT(LINES({.type = "?"}, {.file = "<unknown>", .exclude = true}),
               "src/zoo.c: size=120 B, count=1, average=120 B\n");
    CHECK_TEXT(LINES({.line = 12, .exclude = true}, {.function = "feed"}, {.type = "nothing"}),
               "src/zoo.c: size=120 B, count=5, average=24 B\n"
               "lib/cage.c: size=50 B, count=5, average=10 B\n");
    struct snapshot *part =
        _thimble_snapshot_filter(snapshot, &(struct snapshot_filter){.line = 10}, 1);
    char message[200];
    CHECK(!_thimble_snapshot_check(part, part->size, message, sizeof(message)));
    CHECK(part->current == 170);
    CHECK_TEXT(lines_of(part, NULL, GROUP_BY_TRACE, NULL, 0),
               "src/zoo.c:10: size=72 B, count=3, average=24 B\n"
               "lib/cage.c:10: size=50 B, count=5, average=10 B\n"
               "src/zoo.c:10: size=48 B, count=2, average=24 B\n");
    _thimble_drop_piece(part);
    _thimble_drop_piece(snapshot);
}

static void test_compared(void) {
    static const struct made later[] = {
        {"src/zoo.c", "feed", "struct animal", 10, 1, 24, 0x2000},
        {"lib/cage.c", "feed", "char", 10, 6, 60, 0},
        {"lib/cage.c", "new", "int", 40, 1, 4, 0},
        {"src/zoo.c", "feed", "", 12, 1, 120, 0},
    };
    struct snapshot *old = make_zoo(), *now = make("zoo", later, 4), *other = make("ark", later, 4);
    CHECK_TEXT(lines_of(now, old, GROUP_BY_LINE, NULL, 0),
               "src/zoo.c:10: size=24 B (-96 B), count=1 (-4), average=24 B\n"
               "<unknown>:0: size=0 B (-50 B), count=0 (-1)\n"
               "lib/cage.c:10: size=60 B (+10 B), count=6 (+1), average=10 B\n"
               "lib/cage.c:40: size=4 B (+4 B), count=1 (+1), average=4 B\n"
               "src/zoo.c:12: size=120 B (+0 B), count=1 (+0), average=120 B\n");
    CHECK_TEXT(lines_of(now, old, GROUP_BY_TRACE, NULL, 0),
               "src/zoo.c:10: size=0 B (-72 B), count=0 (-3)\n"
               "<unknown>:0: size=0 B (-50 B), count=0 (-1)\n"
               "src/zoo.c:10: size=24 B (-24 B), count=1 (-1), average=24 B\n"
               "lib/cage.c:10: size=60 B (+10 B), count=6 (+1), average=10 B\n"
               "lib/cage.c:40: size=4 B (+4 B), count=1 (+1), average=4 B\n"
               "src/zoo.c:12: size=120 B (+0 B), count=1 (+0), average=120 B\n");
    CHECK(!_thimble_snapshot_comparable(now, old, GROUP_BY_TRACE));
    CHECK(!_thimble_snapshot_comparable(other, old, GROUP_BY_LINE));
    CHECK_CONTAINS(_thimble_snapshot_comparable(other, old, GROUP_BY_TRACE), "two programs");
    _thimble_drop_piece(old);
    _thimble_drop_piece(now);
    _thimble_drop_piece(other);
}

/* ---- Bad input ---- */

static const char *wrong_with(const void *bytes, size_t size) {
    static char message[200];
    const char *wrong = _thimble_snapshot_check(bytes, size, message, sizeof(message));
    return wrong ? wrong : "";
}

static void test_checked(void) {
    struct snapshot *zoo_one = make_zoo();
    size_t size = zoo_one->size;
    struct snapshot *copy = malloc(size + 8);
    CHECK_TEXT(wrong_with(zoo_one, size), "");
    CHECK_CONTAINS(wrong_with(zoo_one, 0), "is empty");
    CHECK_CONTAINS(wrong_with("THMBM", 5), "is cut short: 5 of at least");
    CHECK_TEXT(wrong_with("#include <stdio.h>", 18), "is no memory dump of Thimble's");
    CHECK_CONTAINS(wrong_with(zoo_one, size - 1), "is cut short: ");
    memcpy(copy, zoo_one, size);
    copy->version = 2;
    CHECK_CONTAINS(wrong_with(copy, size), "was written by a newer Thimble (version 2");
    copy->version = 0x01000000;
    copy->endian = 0x04030201;
    CHECK_CONTAINS(wrong_with(copy, size), "another byte order");
    memcpy(copy, zoo_one, size);
    CHECK_CONTAINS(wrong_with(copy, size + 8), "is damaged");
    ((struct snapshot_site *)((char *)copy + copy->sections[SNAPSHOT_SITES].offset))[1].type =
        (uint32_t)copy->sections[SNAPSHOT_STRINGS].count;
    CHECK_CONTAINS(wrong_with(copy, size), "is damaged");
    free(copy);
    _thimble_drop_piece(zoo_one);
}

/* Whatever word is changed: it is found out, or all can still be read. */
static void test_damaged(void) {
    struct snapshot *zoo_one = make_zoo();
    size_t size = zoo_one->size;
    static const uint32_t values[] = {0, 1, 0x7fffffff, 0xffffffff, 0xfffffff8};
    for (size_t at = 16; at + 4 <= size; at += 4) {
        for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
            struct snapshot *copy = _thimble_new_piece(size);
            memcpy(copy, zoo_one, size);
            memcpy((char *)copy + at, &values[i], 4);
            if (!*wrong_with(copy, size)) {
                lines_of(copy, NULL, GROUP_BY_TRACE, NULL, 0);
                lines_of(copy, zoo_one, GROUP_BY_SITE, NULL, 0);
            }
            _thimble_drop_piece(copy);
        }
    }
    _thimble_drop_piece(zoo_one);
}

/* ---- Files ---- */

static const char *read_file(const char *path) {
    static char bytes[4096];
    FILE *file = fopen(path, "r");
    bytes[file ? fread(bytes, 1, sizeof(bytes) - 1, file) : 0] = '\0';
    if (file)
        fclose(file);
    return bytes;
}

static bool fail_to_write(struct output *output, const void *context) {
    (void)context;
    _thimble_output_puts(output, "half of it");
    return false;
}

static void test_files(void) {
    char folder[] = "/tmp/thimble-memory-XXXXXX", path[64], message[200];
    if (!mkdtemp(folder))
        return;
    snprintf(path, sizeof(path), "%s/zoo", folder);
    struct snapshot *snapshot = make_zoo();
    CHECK(_thimble_snapshot_dump(snapshot, path));
    struct snapshot *loaded = _thimble_snapshot_load(path, message, sizeof(message));
    CHECK(loaded && memcmp(loaded, snapshot, snapshot->size) == 0);
    CHECK(!_thimble_write_file(path, fail_to_write, NULL));
    _thimble_drop_piece(loaded);
    loaded = _thimble_snapshot_load(path, message, sizeof(message));
    CHECK(loaded != NULL); /* what was there stays */
    CHECK(_thimble_write_file(path, _thimble_write_text, snapshot));
    CHECK_CONTAINS(read_file(path),
                   "Top 4 lines\n#1: src/zoo.c:10: size=120 B, count=5, average=24 B\n");
    CHECK_CONTAINS(read_file(path), "Total allocated size: 340 B\n");
    CHECK(_thimble_write_file(path, _thimble_write_json, snapshot));
    CHECK_CONTAINS(read_file(path),
                   "{\"version\": 1, \"program\": \"zoo\", \"pid\": 7, \"frames\": 2");
    CHECK_CONTAINS(read_file(path),
                   "  {\"file\": \"<unknown>\", \"line\": 0, \"column\": 0, \"function\": "
                   "\"\", \"allocator\": \"\", \"type\": \"?\", \"count\": 1, \"size\": 50, ");
    _thimble_drop_piece(snapshot);
    static const struct made odd = {"a\"\\\n\xff\xc3\xa9.c", "f", "t", 1, 1, 1, 0};
    snapshot = make("zoo", &odd, 1);
    CHECK(_thimble_write_file(path, _thimble_write_json, snapshot));
    CHECK_CONTAINS(read_file(path), "{\"file\": \"a\\\"\\\\\\u000a\\ufffd\xc3\xa9.c\", ");
    _thimble_drop_piece(snapshot);
    _thimble_drop_piece(loaded);
    unlink(path);
    CHECK(rmdir(folder) == 0); /* and nothing else is left */
}

/* ---- Pieces ---- */

static void test_pieces(void) {
    int local = 0;
    char *held = _thimble_new_piece(100), *piece = _thimble_new_piece(10);
    strcpy(held, "still there");
    _thimble_hold_piece(piece, held);
    CHECK(_thimble_drop_piece(held));
    CHECK(!_thimble_drop_piece(held));
    CHECK_TEXT(held, "still there");
    CHECK(_thimble_drop_piece(piece));
    CHECK(!_thimble_drop_piece(piece) && !_thimble_drop_piece(held));
    CHECK(!_thimble_drop_piece(&local) && _thimble_drop_piece(NULL));
}

int main(void) {
    test_sizes();
    test_groups();
    test_filters();
    test_compared();
    test_checked();
    test_damaged();
    test_files();
    test_pieces();
    if (failures == 0)
        printf("all passed\n");
    return failures != 0;
}
