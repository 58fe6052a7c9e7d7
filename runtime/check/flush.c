#include "flush.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

/* Not 0 while the process has a single thread, for certain; not in every libc. */
extern char __libc_single_threaded __attribute__((weak));

/* A folder's link count is 2 and one more for each folder in it. */
static bool single_threaded(void) {
    struct stat threads;
    if (&__libc_single_threaded && __libc_single_threaded)
        return true;
    return stat("/proc/self/task", &threads) == 0 && threads.st_nlink == 3;
}

static void flush_if_free(FILE *stream) {
    if (ftrylockfile(stream) != 0)
        return;
    fflush(stream);
    funlockfile(stream);
}

void _thimble_flush(void) {
    if (single_threaded()) {
        fflush(NULL);
        return;
    }
    flush_if_free(stdout);
    flush_if_free(stderr);
}
