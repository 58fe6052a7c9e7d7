/* entries.h: what a folder holds, as the kernel gives it: opendir would take memory from a
 * malloc that is watched. */
#ifndef RUNNER_ENTRIES_H
#define RUNNER_ENTRIES_H

/* Calls visit for each entry that the folder had when this began, "." and ".." left out. */
void _thimble_each_entry(int folder, void (*visit)(void *data, int folder, const char *name),
                         void *data);

#endif
