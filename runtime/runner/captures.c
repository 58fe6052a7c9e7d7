#include "captures.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/arena.h"

struct thimble_capture {
    int output[2];
};

struct thimble_capture *_thimble_capture(const int output[2]) {
    static struct thimble_capture capture;
    memcpy(capture.output, output, sizeof(capture.output));
    return &capture;
}

/* All that the file holds, with a zero behind it. */
static const char *read_whole(int file) {
    struct stat status;
    if (fstat(file, &status) != 0)
        return "";
    size_t size = (size_t)status.st_size, done = 0;
    char *bytes = _thimble_alloc(&_thimble_arena, size + 1);
    while (done < size) {
        ssize_t got = pread(file, bytes + done, size - done, (off_t)done);
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return bytes;
}

const char *thimble_captured_stdout(struct thimble_capture *capture) {
    fflush(stdout);
    return read_whole(capture->output[0]);
}

const char *thimble_captured_stderr(struct thimble_capture *capture) {
    fflush(stderr);
    return read_whole(capture->output[1]);
}
