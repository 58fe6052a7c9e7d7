#include "last_failed.h"

#include <string.h>
#include <unistd.h>

#include "../base/arena.h"
#include "cache.h"
#include "ids.h"

/* In the file stand the program's path and the ids, a line each. A case's name may have
 * line ends in it. */
static struct {
    struct cache cache;
    const struct tests *tests;
    const bool *known;
} last_failed;

/* What a file says. */
struct content {
    bool *failed;  /* by the tests' places */
    bool any;      /* failed */
    bool outdated; /* it is another program's, or names tests that are gone */
};

/* ---- Lines ---- */

static void put_line(struct text *text, const char *line) {
    for (; *line; line++) {
        if (*line == '\n')
            _thimble_puts(text, "\\n");
        else if (*line == '\\')
            _thimble_puts(text, "\\\\");
        else
            _thimble_put(text, line, 1);
    }
    _thimble_puts(text, "\n");
}

/* Takes the next line off; null behind the last one. */
static const char *take_line(const char **at) {
    size_t length = strcspn(*at, "\n");
    if (!(*at)[length])
        return NULL;
    char *line = _thimble_alloc(&_thimble_arena, length + 1), *end = line;
    for (const char *from = *at; *from != '\n'; from++) {
        bool escaped = *from == '\\' && from[1] != '\n';
        from += escaped;
        *end++ = (char)(escaped && *from == 'n' ? '\n' : *from);
    }
    *at += length + 1;
    return line;
}

static struct content read_content(const char *bytes) {
    const struct tests *tests = last_failed.tests;
    struct content content = {.failed = _thimble_alloc(&_thimble_arena, tests->count + 1)};
    const char *line = take_line(&bytes);
    if (!line || strcmp(line, last_failed.cache.program) != 0) {
        content.outdated = true;
        return content;
    }
    struct id_table table = _thimble_id_table(tests);
    while ((line = take_line(&bytes))) {
        uint32_t number = _thimble_find_id(&table, line);
        if (number == NO_ID)
            content.outdated = true;
        else
            content.failed[number] = content.any = true;
    }
    return content;
}

static struct text write_content(const bool *failed) {
    const struct tests *tests = last_failed.tests;
    struct text text = _thimble_growing_text();
    put_line(&text, last_failed.cache.program);
    for (uint32_t i = 0; i < tests->count; i++) {
        if (failed[i])
            put_line(&text, tests->list[i].id);
    }
    return text;
}

/* ---- Before the run ---- */

void _thimble_last_failed_open(const struct tests *tests, bool read) {
    last_failed.cache = _thimble_find_cache();
    last_failed.tests = tests;
    last_failed.known = NULL;
    if (!read || last_failed.cache.missing)
        return;
    int file = _thimble_open_cache(&last_failed.cache, CACHE_READ);
    if (file < 0)
        return;
    const char *bytes = _thimble_read_cache(file);
    close(file);
    struct content content = read_content(bytes);
    if (content.any)
        last_failed.known = content.failed;
}

const bool *_thimble_last_failed(void) {
    return last_failed.known;
}

const char *_thimble_last_failed_missing(void) {
    return last_failed.cache.missing;
}

/* ---- Behind it ---- */

/* A test is what its rounds that ran make it. Returns whether one failed. */
static bool merge(const struct selection *selection, const bool *failed, const bool *ran,
                  bool *now_ran, bool *now_failed) {
    bool any = false;
    for (size_t i = 0; i < (size_t)selection->count * selection->rounds; i++) {
        size_t number = (size_t)(selection->list[i] - last_failed.tests->list);
        now_ran[number] |= ran[i];
        now_failed[number] |= ran[i] && failed[i];
        any |= ran[i] && failed[i];
    }
    return any;
}

/* Rewrites the file only where that changes it. */
static bool update(int file, const bool *ran, const bool *failed) {
    struct content content = read_content(_thimble_read_cache(file));
    bool changed = content.outdated;
    for (uint32_t i = 0; i < last_failed.tests->count; i++) {
        bool now = ran[i] ? failed[i] : content.failed[i];
        changed |= now != content.failed[i];
        content.failed[i] = now;
    }
    struct text text = write_content(content.failed);
    return !changed || _thimble_write_cache(file, text.data, text.length);
}

bool _thimble_last_failed_update(const struct selection *selection, const bool *failed,
                                 const bool *ran) {
    if (last_failed.cache.missing)
        return true;
    uint32_t count = last_failed.tests->count;
    bool *now_ran = _thimble_alloc(&_thimble_arena, 2 * (size_t)count + 1);
    bool *now_failed = now_ran + count;
    bool any = merge(selection, failed, ran, now_ran, now_failed);
    int file = _thimble_open_cache(&last_failed.cache, any ? CACHE_CREATE : CACHE_WRITE);
    if (file < 0) /* None is known, and there is none. */
        return !any;
    bool written = update(file, now_ran, now_failed);
    close(file);
    return written;
}
