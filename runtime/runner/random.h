/* random.h: numbers by chance that are the same on every machine. */
#ifndef RUNNER_RANDOM_H
#define RUNNER_RANDOM_H

#include <stdint.h>

/* SplitMix64: begin with the seed. */
struct random {
    uint64_t state;
};

uint64_t _thimble_random(struct random *);

/* From 0 to count - 1, each as likely as the others. */
uint32_t _thimble_random_below(struct random *, uint32_t count);

/* Another one each time, short enough to be typed. */
uint64_t _thimble_random_seed(void);

#endif
