/* cache.h: the file that a program keeps from run to run. Runs of one program may be
 * concurrent: who has the file open holds its lock. */
#ifndef RUNNER_CACHE_H
#define RUNNER_CACHE_H

#include <stdbool.h>
#include <stddef.h>

struct cache {
    const char *folder, *path;
    const char *program; /* absolute */
    const char *missing; /* why nothing is kept, or null */
};

enum cache_mode { CACHE_READ, CACHE_WRITE, CACHE_CREATE };

struct cache _thimble_find_cache(void);

/* A descriptor, or -1 and errno. */
int _thimble_open_cache(const struct cache *, enum cache_mode);

/* All of it, "" where it can't be read. */
const char *_thimble_read_cache(int file);
bool _thimble_write_cache(int file, const char *bytes, size_t length);

#endif
