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
#include <sys/syscall.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/text.h"
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

struct directory_entry {
    uint64_t inode;
    int64_t offset;
    uint16_t size;
    unsigned char type;
    char name[];
};

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

static bool is_dots(const char *name) {
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Calls visit for each entry that the folder had when this began. */
static void each_entry(int folder, void (*visit)(struct removal *, int folder, const char *name),
                       struct removal *removal) {
    _Alignas(struct directory_entry) char buffer[4096];
    lseek(folder, 0, SEEK_SET);
    for (;;) {
        long size = syscall(SYS_getdents64, folder, buffer, sizeof(buffer));
        if (size <= 0)
            return;
        for (long at = 0; at < size;) {
            const struct directory_entry *entry = (const void *)(buffer + at);
            if (!is_dots(entry->name))
                visit(removal, folder, entry->name);
            at += entry->size;
        }
    }
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

static void remove_or_move_up(struct removal *removal, int folder, const char *name) {
    if (!remove_entry(removal, folder, name))
        move_up(removal, folder, name);
}

static void remove_whole(struct removal *removal, int top, const char *name) {
    if (remove_entry(removal, top, name))
        return;
    int folder = open_folder(top, name);
    if (folder < 0)
        return;
    fchmod(folder, 0700);
    each_entry(folder, remove_or_move_up, removal);
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
        each_entry(removal.top, remove_whole, &removal);
    }
    close(removal.top);
    return rmdir(path) == 0;
}
