#include "paths.h"

#include <stdbool.h>
#include <string.h>

#include "../base/arena.h"
#include "../base/text.h"
#include "../registry/registry.h"

static bool is(const char *part, size_t length, const char *word) {
    return strlen(word) == length && memcmp(part, word, length) == 0;
}

/* Takes the last part off again. */
static size_t parent(const char *path, size_t length) {
    while (length > 0 && path[length - 1] != '/')
        length--;
    return length > 0 ? length - 1 : 0;
}

/* Appends the parts of `from`, each with a '/' in front. */
static size_t append_parts(char *path, size_t length, const char *from) {
    while (*from) {
        size_t part = strcspn(from, "/");
        if (is(from, part, "..")) {
            length = parent(path, length);
        } else if (part > 0 && !is(from, part, ".")) {
            path[length++] = '/';
            memcpy(path + length, from, part);
            length += part;
        }
        from += part;
        from += *from == '/';
    }
    return length;
}

const char *_thimble_absolute_path(const char *directory, const char *file) {
    char *path = _thimble_alloc(&_thimble_arena, strlen(directory) + strlen(file) + 3);
    size_t length = file[0] == '/' ? 0 : append_parts(path, 0, directory);
    path[append_parts(path, length, file)] = '\0';
    return path;
}

static bool is_unique(const char *end, const char *path, const char *const *others, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (_thimble_path_matches(others[i], end) && strcmp(others[i], path) != 0)
            return false;
    }
    return true;
}

const char *_thimble_unique_end(const char *path, const char *const *others, size_t count) {
    const char *end = path + strlen(path);
    while (end > path) {
        end--;
        bool whole_part = end > path && end[-1] == '/';
        if (whole_part && is_unique(end, path, others, count))
            return end;
    }
    return path;
}
