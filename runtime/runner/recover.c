/* For dup3. */
#define _GNU_SOURCE 1

#include "recover.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/text.h"

#define OWN 3

/* Which files they were. */
static struct {
    bool known;
    dev_t device[OWN];
    ino_t number[OWN];
} files;

static int own(const struct session *session, const struct lane *lane, int i) {
    return i == 0 ? session->spool : lane->output[i - 1];
}

void _thimble_note_descriptors(const struct session *session, const struct lane *lane) {
    struct stat status;
    for (int i = 0; i < OWN && !files.known; i++) {
        bool open = fstat(own(session, lane, i), &status) == 0;
        files.device[i] = open ? status.st_dev : 0;
        files.number[i] = open ? status.st_ino : 0;
    }
    files.known = true;
}

static bool is_sound(int i, int file) {
    struct stat status;
    if (files.number[i] == 0)
        return true;
    return fstat(file, &status) == 0 && status.st_dev == files.device[i] &&
           status.st_ino == files.number[i];
}

/* The process that the user started has it under the same number. */
static void reopen(const struct session *session, int file) {
    char buffer[64];
    struct text path = _thimble_text(buffer, sizeof(buffer));
    _thimble_printf(&path, "/proc/%d/fd/%d", (int)session->supervisor, file);
    int again = open(path.data, O_RDWR | O_CLOEXEC);
    if (again < 0 || again == file)
        return;
    dup3(again, file, O_CLOEXEC);
    close(again);
}

bool _thimble_recover_descriptors(struct session *session, struct lane *lane) {
    bool sound = true;
    for (int i = 0; i < OWN; i++) {
        int file = own(session, lane, i);
        if (is_sound(i, file))
            continue;
        sound = false;
        reopen(session, file);
    }
    return sound;
}
