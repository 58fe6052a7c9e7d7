/* For flock and O_NOFOLLOW. */
#define _GNU_SOURCE 1

#include "cache.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/text.h"
#include "entries.h"
#include "hash.h"

#define LARGEST 0x1000000

/* ---- Finding it ---- */

static const char *join(const char *folder, const char *name) {
    struct text path = _thimble_growing_text();
    _thimble_printf(&path, "%s/%s", folder, name);
    return path.data;
}

/* The standard for these folders ignores relative paths. */
static const char *cache_folder(void) {
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (cache && cache[0] == '/')
        return join(cache, "thimble");
    return home && home[0] == '/' ? join(home, ".cache/thimble") : NULL;
}

static const char *own_program(void) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path));
    return length > 0 ? _thimble_strndup(&_thimble_arena, path, (size_t)length) : NULL;
}

struct cache _thimble_find_cache(void) {
    struct cache cache = {.folder = cache_folder(), .program = own_program()};
    /* Tests there may write into their own folders only. */
    if (getenv("BAZEL_TEST"))
        cache.missing = "none are kept under Bazel";
    else if (!cache.folder)
        cache.missing = "neither XDG_CACHE_HOME nor HOME says where to keep them";
    else if (!cache.program)
        cache.missing = "/proc does not say which program this is";
    if (cache.missing)
        return cache;
    char name[24];
    struct text text = _thimble_text(name, sizeof(name));
    _thimble_printf(&text, "%016" PRIx64, _thimble_hash(cache.program));
    cache.path = join(cache.folder, name);
    return cache;
}

/* ---- Opening it ---- */

static void make_folders(const char *folder) {
    char path[PATH_MAX];
    if (strlen(folder) >= sizeof(path))
        return;
    strcpy(path, folder);
    for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        mkdir(path, 0700);
        *at = '/';
    }
    mkdir(path, 0700);
}

/* Whoever holds it does so for moments: a run must not wait for one that is stopped. */
static bool lock(int file, int how) {
    const struct timespec pause = {0, 10000000};
    for (int i = 0; i < 200; i++) {
        if (flock(file, how | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return false;
        nanosleep(&pause, NULL);
    }
    return false;
}

static void remove_old(const struct cache *cache);

int _thimble_open_cache(const struct cache *cache, enum cache_mode mode) {
    int flags = O_CLOEXEC | O_NOFOLLOW | (mode == CACHE_READ ? O_RDONLY : O_RDWR);
    int file = open(cache->path, flags);
    if (file < 0 && errno == ENOENT && mode == CACHE_CREATE) {
        make_folders(cache->folder);
        remove_old(cache);
        file = open(cache->path, flags | O_CREAT, 0600);
    }
    if (file < 0 || lock(file, mode == CACHE_READ ? LOCK_SH : LOCK_EX))
        return file;
    int error = errno;
    close(file);
    errno = error;
    return -1;
}

const char *_thimble_read_cache(int file) {
    struct stat status;
    if (fstat(file, &status) != 0 || status.st_size <= 0 || status.st_size > LARGEST)
        return "";
    char *bytes = _thimble_alloc(&_thimble_arena, (size_t)status.st_size + 1);
    size_t length = 0;
    ssize_t got;
    do {
        got = pread(file, bytes + length, (size_t)status.st_size - length, (off_t)length);
        length += got > 0 ? (size_t)got : 0;
    } while (got > 0);
    return bytes;
}

static bool write_all(int file, const char *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        ssize_t written = pwrite(file, bytes + at, length - at, (off_t)at);
        if (written < 0 && errno != EINTR)
            return false;
        at += written > 0 ? (size_t)written : 0;
    }
    return true;
}

bool _thimble_write_cache(int file, const char *bytes, size_t length) {
    if (write_all(file, bytes, length) && ftruncate(file, (off_t)length) == 0)
        return true;
    int error = errno;
    if (ftruncate(file, 0) != 0)
        error = errno;
    errno = error;
    return false;
}

/* ---- Files of programs that are gone ---- */

#define OLD_SECONDS (30 * 24 * 3600)

/* A month, as the program may be on a disk that is not there now. */
static bool is_old(int folder, const char *name) {
    struct stat status;
    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode) ||
        time(NULL) - status.st_mtime < OLD_SECONDS)
        return false;
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return false;
    char path[PATH_MAX];
    ssize_t length = pread(file, path, sizeof(path) - 1, 0);
    close(file);
    path[length > 0 ? length : 0] = '\0';
    path[strcspn(path, "\n")] = '\0';
    return access(path, F_OK) != 0 && errno == ENOENT;
}

static bool is_own_name(const char *name) {
    return strlen(name) == 16 && strspn(name, "0123456789abcdef") == 16;
}

static void remove_if_old(void *unused, int folder, const char *name) {
    (void)unused;
    if (is_own_name(name) && is_old(folder, name))
        unlinkat(folder, name, 0);
}

static void remove_old(const struct cache *cache) {
    int folder = open(cache->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return;
    _thimble_each_entry(folder, remove_if_old, NULL);
    close(folder);
}
