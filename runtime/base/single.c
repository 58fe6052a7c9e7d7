#include "single.h"

#include <sys/stat.h>

/* Not 0 while the process has a single thread, for certain; not in every libc. */
extern char __libc_single_threaded __attribute__((weak));

/* A folder's link count is 2 and one more for each folder in it. */
bool _thimble_single_threaded(void) {
    struct stat threads;
    if (&__libc_single_threaded && __libc_single_threaded)
        return true;
    return stat("/proc/self/task", &threads) == 0 && threads.st_nlink == 3;
}
