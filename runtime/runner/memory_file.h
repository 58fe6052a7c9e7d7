/* memory_file.h: files without a name, for the output of tests. */
#ifndef RUNNER_MEMORY_FILE_H
#define RUNNER_MEMORY_FILE_H

#include <stdint.h>

#include "../base/text.h"

/* Descriptors of the runner start here, out of the way of those that tests get,
 * and low enough to keep a fork cheap. */
#define FIRST_OWN_DESCRIPTOR 40

/* A new file, or -1. */
int _thimble_memory_file(void);

/* Empties it, and has all that is written to it appended: to a file of output,
 * whatever a test did to it. (Where bytes are appended pwrite appends, too.) */
void _thimble_empty_file(int file);

uint64_t _thimble_file_size(int file);

/* Gives back the memory of a large file but for its start and its end. Reading
 * there gives zeros. */
void _thimble_thin_file(int file);

/* Appends the file's bytes; of a long one a start and an end, and between them how
 * much was left out. */
void _thimble_put_file(struct text *, int file);

#endif
