/* For F_DUPFD_CLOEXEC. */
#define _GNU_SOURCE 1

#include "streams.h"

#include <fcntl.h>
#include <unistd.h>

#include "memory_file.h"

static struct {
    bool known;
    const struct lane *lane; /* whose files they are now, or null */
    int nothing;
    int streams[3]; /* copies; -1 for one that was closed */
} kept;

void _thimble_give_streams(const struct session *session, const struct lane *lane) {
    int nothing = open("/dev/null", O_RDONLY);
    if (nothing > 0) {
        dup2(nothing, STDIN_FILENO);
        close(nothing);
    }
    if (session->options->show_output)
        return;
    dup2(lane->output[0], STDOUT_FILENO);
    dup2(lane->output[1], STDERR_FILENO);
}

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

void _thimble_streams_to(const struct lane *lane, bool anew) {
    if (kept.lane == lane && !anew)
        return;
    _thimble_keep_streams();
    kept.lane = lane;
    dup2(kept.nothing, STDIN_FILENO);
    dup2(lane->output[0], STDOUT_FILENO);
    dup2(lane->output[1], STDERR_FILENO);
}

int _thimble_stream_copy(int stream) {
    _thimble_keep_streams();
    return kept.streams[stream];
}

void _thimble_streams_back(void) {
    kept.lane = NULL;
    for (int i = 0; i < 3; i++) {
        if (kept.streams[i] < 0)
            close(i);
        else
            dup2(kept.streams[i], i);
    }
}
