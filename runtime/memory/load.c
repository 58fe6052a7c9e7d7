/* For O_CLOEXEC and pread. */
#define _GNU_SOURCE 1

#include "output.h"
#include "piece.h"
#include "snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Reading ---- */

/* Where the file is shorter than it was, the rest is left out. */
static size_t read_all(int file, char *bytes, size_t size) {
    size_t done = 0;
    while (done < size) {
        ssize_t got = pread(file, bytes + done, size - done, (off_t)done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return done;
}

static struct snapshot *fail(const char *path, const char *what, char *message, size_t room) {
    int error = errno;
    snprintf(message, room, "%s: %s", path, what);
    errno = error;
    return NULL;
}

static struct snapshot *read_snapshot(int file, const char *path, char *message, size_t room) {
    char reason[200];
    struct stat status;
    if (fstat(file, &status) != 0)
        return fail(path, strerror(errno), message, room);
    if (!S_ISREG(status.st_mode)) {
        errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
        return fail(path, "is no file that a memory dump could be read from", message, room);
    }
    struct snapshot *snapshot = _thimble_new_piece((size_t)status.st_size);
    if (!snapshot)
        return fail(path, "no memory to read it into", message, room);
    size_t size = read_all(file, (char *)snapshot, (size_t)status.st_size);
    const char *wrong = _thimble_snapshot_check(snapshot, size, reason, sizeof(reason));
    if (!wrong)
        return snapshot;
    _thimble_drop_piece(snapshot);
    errno = EINVAL;
    return fail(path, wrong, message, room);
}

struct snapshot *_thimble_snapshot_load(const char *path, char *message, size_t room) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return fail(path, strerror(errno), message, room);
    struct snapshot *snapshot = read_snapshot(file, path, message, room);
    int error = errno;
    close(file);
    errno = error;
    return snapshot;
}

/* ---- Writing ---- */

static bool write_snapshot(struct output *output, const void *context) {
    const struct snapshot *snapshot = context;
    _thimble_output_put(output, context, snapshot->size);
    return true;
}

bool _thimble_snapshot_dump(const struct snapshot *snapshot, const char *path) {
    return _thimble_write_file(path, write_snapshot, snapshot);
}
