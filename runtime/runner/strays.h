/* strays.h: processes that a test left behind. They become children of its worker,
 * or of the supervisor where there is no worker any more. */
#ifndef RUNNER_STRAYS_H
#define RUNNER_STRAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Whether processes that lose their parent become this process's children. */
void _thimble_adopt_orphans(bool adopt);

/* One system call. */
bool _thimble_has_children(void);

/* Some of this process's children; returns how many. */
size_t _thimble_list_children(pid_t *list, size_t capacity);

/* Ends the processes of a group, and all children of this process and their
 * descendants, but those to keep, and waits for them. Returns how many there were. */
size_t _thimble_end_strays(pid_t group, const pid_t *keep, size_t keep_count);

#endif
