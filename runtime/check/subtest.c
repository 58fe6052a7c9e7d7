/* subtest("format", …) { … } */
#include "subtest.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <thimble/check.h>
#include <time.h>
#include <unistd.h>

#include "../base/pool.h"
#include "../tracker/tracker.h"
#include "check.h"
#include "running.h"
#include "subtests.h"

enum { LONGEST_NAME = 256 };

/* Of what passed or was skipped no more is told than so many bytes: what failed matters
 * more. */
enum { MOST_TOLD = 16384 };

struct subtest_block {
    struct open_block block; /* first */
    uint32_t number;         /* in this slate */
    bool failed;
    bool told; /* why it failed or was skipped */
    uint32_t since;
    struct timespec started;
    struct text name; /* with those around it in front */
    char bytes[LONGEST_NAME];
};

static struct pool pool = {.size = sizeof(struct subtest_block)};

static struct subtest_block *subtest_of(struct open_block *block) {
    return (struct subtest_block *)block;
}

struct open_block *_thimble_subtest(void) {
    return _thimble_innermost_here(ROLE_SUBTEST);
}

void _thimble_subtest_fails(struct open_block *block) {
    subtest_of(block)->failed = true;
}

/* ---- On the slate ---- */

void _thimble_begin_saying(struct slate *slate, struct open_block *block, const struct text *what) {
    char buffer[8192 + 512];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    if (!block) {
        _thimble_slate_add(slate, what->data, what->length);
        return;
    }
    struct subtest_block *subtest = (struct subtest_block *)block;
    subtest->told = true;
    if (what->length > sizeof(buffer) / 2)
        text = _thimble_growing_text();
    _thimble_printf(&text, "%c%c %u ", SUBTEST_MARK, SUBTEST_SAYS, subtest->number);
    _thimble_put(&text, subtest->name.data, subtest->name.length);
    _thimble_puts(&text, "\n");
    _thimble_put(&text, what->data, what->length);
    _thimble_slate_add(slate, text.data, text.length);
}

void _thimble_end_saying(struct slate *slate, const struct open_block *block) {
    static const char line[] = {SUBTEST_MARK, SUBTEST_HAS_SAID};
    if (block)
        _thimble_slate_add(slate, line, sizeof(line));
}

static unsigned long long microseconds_since(const struct timespec *start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned long long)((now.tv_sec - start->tv_sec) * 1000000 +
                                (now.tv_nsec - start->tv_nsec) / 1000);
}

static bool has_told_little(struct slate *slate, size_t length) {
    return atomic_fetch_add(&slate->subtest_bytes, (uint32_t)length) + length <= MOST_TOLD;
}

bool _thimble_subtest_may_skip(struct slate *slate, struct open_block *block, size_t length) {
    return has_told_little(slate, 2 * subtest_of(block)->name.length + length + 64);
}

/* What has said something must not be without an outcome. */
static bool may_tell(struct slate *slate, const struct subtest_block *block, char outcome,
                     size_t length) {
    if (block->told)
        return true;
    return outcome == SUBTEST_HAS_FAILED ? _thimble_slate_has_room(slate, length)
                                         : has_told_little(slate, length);
}

static void record(struct slate *slate, const struct subtest_block *block, char outcome) {
    char buffer[LONGEST_NAME + 64];
    struct text line = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&line, "%c%c %u %08llu ", SUBTEST_MARK, outcome, block->number,
                    microseconds_since(&block->started));
    _thimble_put(&line, block->name.data, block->name.length);
    if (may_tell(slate, block, outcome, line.length + 1))
        _thimble_slate_add(slate, line.data, line.length);
    else
        _thimble_count_untold(slate, outcome);
}

/* ---- Names ---- */

/* Whatever could be taken for a mark or the line's end. */
static void put_name(struct text *text, const char *name) {
    for (; *name; name++) {
        char c = *name == '\n' || *name == '\t' ? ' ' : *name;
        if ((unsigned char)c < ' ' || c == 0x7f)
            c = '?';
        _thimble_put(text, &c, 1);
    }
}

static void name_it(struct subtest_block *block, const char *name) {
    struct open_block *outer = _thimble_subtest();
    block->name = _thimble_text(block->bytes, sizeof(block->bytes));
    if (outer) {
        _thimble_put(&block->name, subtest_of(outer)->name.data, subtest_of(outer)->name.length);
        _thimble_puts(&block->name, ": ");
    }
    put_name(&block->name, name);
}

/* ---- The block ---- */

static void say_inner_failed(struct slate *slate, struct subtest_block *block) {
    static const char what[] = "a subtest in it failed";
    char buffer[64];
    struct text text = _thimble_text(buffer, sizeof(buffer));
    _thimble_puts(&text, what);
    if (!_thimble_slate_has_room(slate, sizeof(buffer)))
        return;
    _thimble_begin_saying(slate, &block->block, &text);
    _thimble_end_saying(slate, &block->block);
}

static void conclude(struct slate *slate, struct subtest_block *block, enum way_out out) {
    struct open_block *outer = _thimble_subtest();
    if (block->failed && outer)
        _thimble_subtest_fails(outer);
    if (block->failed && !block->told && atomic_load(&slate->untold) == 0)
        say_inner_failed(slate, block);
    record(slate, block,
           block->failed     ? SUBTEST_HAS_FAILED
           : out == OUT_SKIP ? SUBTEST_WAS_SKIPPED
                             : SUBTEST_HAS_PASSED);
}

static void leave(struct open_block *open, const void *alive, bool itself) {
    (void)alive;
    struct subtest_block block = *subtest_of(open);
    struct slate *slate = _thimble_slate();
    block.name.data = block.bytes;
    _thimble_pool_give(&pool, open);
    if (block.block.out != OUT_NOT)
        _thimble_excuse_since(block.since);
    /* In assert_fails it is that block's affair. */
    if (itself && slate && block.block.process == getpid() && !_thimble_innermost_here(ROLE_FAILS))
        conclude(slate, &block, block.block.out);
}

struct thimble_block thimble_subtest_of(const char *format, ...) {
    char name[LONGEST_NAME];
    struct subtest_block *block = _thimble_pool_take(&pool);
    struct slate *slate = _thimble_slate();
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof(name), format, arguments);
    va_end(arguments);
    name_it(block, name);
    block->number = slate ? atomic_fetch_add(&slate->subtests, 1) : 0;
    block->failed = block->told = false;
    block->since = _thimble_tracker_now();
    clock_gettime(CLOCK_MONOTONIC, &block->started);
    block->block.role = ROLE_SUBTEST;
    block->block.catches = OUT_FAILURE | OUT_SKIP;
    block->block.signals = 0;
    return _thimble_enter_block(&block->block, leave);
}
