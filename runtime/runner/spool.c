#include <string.h>
#include <unistd.h>

#include "../base/arena.h"
#include "session.h"

struct piece _thimble_spool(struct session *session, const char *bytes, size_t length) {
    struct piece piece = {0};
    if (length == 0)
        return piece;
    piece.offset = atomic_fetch_add(&session->board->spooled, length);
    for (size_t done = 0; done < length;) {
        ssize_t written =
            pwrite(session->spool, bytes + done, length - done, (off_t)(piece.offset + done));
        if (written <= 0)
            break;
        done += (size_t)written;
        piece.length = (uint32_t)done;
    }
    return piece;
}

const char *_thimble_unspool(const struct session *session, struct piece piece) {
    char *bytes = _thimble_alloc(&_thimble_arena, (size_t)piece.length + 1);
    ssize_t got = pread(session->spool, bytes, piece.length, (off_t)piece.offset);
    bytes[got > 0 ? got : 0] = '\0';
    return bytes;
}

/* The length comes last: a note without one is not there yet. */
void _thimble_note(struct session *session, const char *line) {
    struct board *board = session->board;
    struct piece piece = _thimble_spool(session, line, strlen(line));
    uint32_t place = atomic_fetch_add(&board->note_count, 1);
    if (place >= MOST_NOTES)
        return;
    board->notes[place].offset = piece.offset;
    atomic_thread_fence(memory_order_release);
    board->notes[place].length = piece.length;
}
