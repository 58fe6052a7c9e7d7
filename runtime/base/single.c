#include "single.h"

#include <sys/stat.h>

/* A folder's link count is 2 and one more for each folder in it. */
bool _thimble_single_threaded(void) {
    struct stat threads;
    if (_thimble_surely_single())
        return true;
    return stat("/proc/self/task", &threads) == 0 && threads.st_nlink == 3;
}
