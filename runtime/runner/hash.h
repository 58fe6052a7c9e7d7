/* hash.h: a number for a text, the same in every run. */
#ifndef RUNNER_HASH_H
#define RUNNER_HASH_H

#include <stdint.h>

/* FNV-1a. */
static inline uint64_t _thimble_hash(const char *text) {
    uint64_t hash = 0xcbf29ce484222325;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3;
    return hash;
}

#endif
