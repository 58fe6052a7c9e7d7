/* For F_DUPFD_CLOEXEC. */
#define _GNU_SOURCE 1

#include "streams.h"

#include <fcntl.h>
#include <unistd.h>

#include "memory_file.h"

static struct {
    bool known;
    int nothing;
    int streams[3]; /* copies; -1 for one that was closed */
} kept;

static int keep(int stream) {
    return fcntl(stream, F_DUPFD_CLOEXEC, FIRST_OWN_DESCRIPTOR);
}

void _thimble_keep_streams(void) {
    if (kept.known)
        return;
    for (int i = 0; i < 3; i++)
        kept.streams[i] = keep(i);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    kept.nothing = keep(nothing);
    close(nothing);
    kept.known = true;
}

void _thimble_streams_to(const struct lane *lane) {
    _thimble_keep_streams();
    dup2(kept.nothing, STDIN_FILENO);
    dup2(lane->output[0], STDOUT_FILENO);
    dup2(lane->output[1], STDERR_FILENO);
}

void _thimble_streams_back(void) {
    for (int i = 0; i < 3; i++) {
        if (kept.streams[i] < 0)
            close(i);
        else
            dup2(kept.streams[i], i);
    }
}
