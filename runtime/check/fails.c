/* For strchrnul. */
#define _GNU_SOURCE 1

#include "fails.h"

#include <string.h>
#include <thimble/check.h>

#include "../base/pool.h"
#include "../repr/repr.h"
#include "../tracker/tracker.h"
#include "check.h"

enum { MOST_HEARD = 4096, LONGEST_WANTED = 200 };

/* assert_fails("text") { … } */
struct fails_block {
    struct open_block block; /* first */
    const char *file;
    int line;
    const char *wanted;
    bool found;
    uint32_t since;
    struct text heard;
    char bytes[MOST_HEARD];
};

static struct pool pool = {.size = sizeof(struct fails_block)};

static void put_indented(struct text *text, const char *lines) {
    for (const char *end; *lines; lines = *end ? end + 1 : end) {
        end = strchrnul(lines, '\n');
        _thimble_puts(text, "\n    ");
        _thimble_put(text, lines, (size_t)(end - lines));
    }
}

bool _thimble_hear_failure(const struct text *message) {
    struct fails_block *block = (struct fails_block *)_thimble_innermost_here(ROLE_FAILS);
    if (!block)
        return false;
    block->found = block->found || strstr(message->data, block->wanted);
    put_indented(&block->heard, message->data);
    return true;
}

static void judge(const struct fails_block *block) {
    char buffer[MOST_HEARD + 1024];
    struct text what = _thimble_text(buffer, sizeof(buffer));
    _thimble_puts(&what, "assert_fails(");
    _thimble_repr_string(&what, block->wanted, strlen(block->wanted), LONGEST_WANTED);
    _thimble_puts(&what, ")");
    if (block->heard.length == 0)
        _thimble_puts(&what, ": nothing failed in the block");
    else
        _thimble_printf(&what, ": what failed in the block says something else\n  failed:%s",
                        block->heard.data);
    _thimble_fail_text(block->file, block->line, &what);
}

static void leave(struct open_block *open, const void *alive, bool itself) {
    (void)alive;
    struct fails_block block = *(struct fails_block *)open;
    block.heard.data = block.bytes;
    _thimble_pool_give(&pool, open);
    if (block.block.out == OUT_FAILURE)
        _thimble_excuse_since(block.since);
    if (itself && !block.found)
        judge(&block);
}

struct thimble_block thimble_assert_fails_at(const char *file, int line, const char *wanted) {
    struct fails_block *block = _thimble_pool_take(&pool);
    block->file = file;
    block->line = line;
    block->wanted = wanted ? wanted : "";
    block->found = false;
    block->since = _thimble_tracker_now();
    block->heard = _thimble_text(block->bytes, sizeof(block->bytes));
    block->block.role = ROLE_FAILS;
    block->block.catches = OUT_FAILURE;
    block->block.signals = 0;
    return _thimble_enter_block(&block->block, leave);
}
