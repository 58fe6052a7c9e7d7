/* paths.h: source files' names. */
#ifndef RUNNER_PATHS_H
#define RUNNER_PATHS_H

#include <stddef.h>

/* The file's absolute path without "." and ".." in it, in the arena. */
const char *_thimble_absolute_path(const char *directory, const char *file);

/* The shortest end of the path, from behind a '/', that none of the other paths
 * has, but those that are equal to it. */
const char *_thimble_unique_end(const char *path, const char *const *others, size_t count);

#endif
