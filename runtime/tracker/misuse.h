/* misuse.h: releases that are certainly wrong. */
#ifndef TRACKER_MISUSE_H
#define TRACKER_MISUSE_H

#include "tracker.h"

/* Called in front of libc's: `callee` (free, realloc) was given what is no live block. Says so
 * where that is certain. */
void _thimble_suspect_release(uintptr_t address, uint32_t by, const char *callee);

#define SMALLEST_PAGE ((uintptr_t)4096)

/* Some block's allocator has a release function of its own. */
extern bool _thimble_any_paired;

/* The function that gives back what the unit's site allocates, or null. */
const char *_thimble_release_of(const struct unit *, uint32_t site);

/* A unit is about to release the block: it may be by the right function, or of an allocator
 * that is not the malloc family. */
void _thimble_grant_release(const struct unit *, uint32_t site, uintptr_t address);

/* In front of libc's, of a block with a record: whether it may be given back so. */
void _thimble_check_pair(uintptr_t address, uint32_t by, const char *callee);

#endif
