/* For getdents64. */
#define _GNU_SOURCE 1

#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/text.h"
#include "entries.h"
#include "paths.h"

const char *_thimble_new_temporary(void) {
    char directory[PATH_MAX] = "/";
    /* Bazel's, then everybody's. */
    const char *parent = getenv("TEST_TMPDIR");
    if (!parent || !*parent)
        parent = getenv("TMPDIR");
    if (!parent || !*parent)
        parent = "/tmp";
    if (parent[0] != '/' && !getcwd(directory, sizeof(directory)))
        return NULL;
    struct text path = _thimble_growing_text();
    _thimble_printf(&path, "%s/thimble-XXXXXX", _thimble_absolute_path(directory, parent));
    return mkdtemp(path.data);
}

const char *_thimble_test_folder(const char *temporary, const char *test) {
    struct text path = _thimble_growing_text();
    _thimble_printf(&path, "%s/%.*s", temporary, NAME_MAX - 12, test);
    size_t length = path.length;
    for (int i = 2; mkdir(path.data, 0700) != 0; i++) {
        /* A test may have removed it. */
        if (errno == ENOENT && mkdir(temporary, 0700) == 0)
            continue;
        if (errno != EEXIST)
            return NULL;
        path.length = length;
        _thimble_printf(&path, "-%d", i);
    }
    return path.data;
}

/* ---- Removing ----
 *
 * Trees may be deeper than there are descriptors or stack for. So nothing
 * recurses: what a folder in the top one holds is moved up into the top one, and
 * the folder, empty then, removed, until the top one is empty. */

struct removal {
    int top;
    bool progress;
    unsigned moved; /* for new names */
};

static int open_folder(int parent, const char *name) {
    int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int folder = openat(parent, name, flags);
    if (folder >= 0 || errno != EACCES)
        return folder;
    fchmodat(parent, name, 0700, 0);
    return openat(parent, name, flags);
}

static void move_up(struct removal *removal, int folder, const char *name) {
    char fresh[32];
    struct text text = _thimble_text(fresh, sizeof(fresh));
    _thimble_printf(&text, ".thimble-%u", removal->moved++);
    /* A folder that changes its parent is itself written to. */
    fchmodat(folder, name, 0700, 0);
    if (renameat(folder, name, removal->top, fresh) == 0)
        removal->progress = true;
}

static bool remove_entry(struct removal *removal, int folder, const char *name) {
    bool removed = unlinkat(folder, name, 0) == 0 || unlinkat(folder, name, AT_REMOVEDIR) == 0;
    removal->progress |= removed;
    return removed;
}

static void remove_or_move_up(void *data, int folder, const char *name) {
    struct removal *removal = data;
    if (!remove_entry(removal, folder, name))
        move_up(removal, folder, name);
}

static void remove_whole(void *data, int top, const char *name) {
    struct removal *removal = data;
    if (remove_entry(removal, top, name))
        return;
    int folder = open_folder(top, name);
    if (folder < 0)
        return;
    fchmod(folder, 0700);
    _thimble_each_entry(folder, remove_or_move_up, removal);
    close(folder);
    remove_entry(removal, top, name);
}

bool _thimble_remove_folder(const char *path) {
    struct removal removal = {.top = open_folder(AT_FDCWD, path), .progress = true};
    if (removal.top < 0)
        return errno == ENOENT;
    fchmod(removal.top, 0700);
    while (removal.progress) {
        removal.progress = false;
        _thimble_each_entry(removal.top, remove_whole, &removal);
    }
    close(removal.top);
    return rmdir(path) == 0;
}
