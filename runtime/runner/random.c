/* For getentropy. */
#define _GNU_SOURCE 1

#include "random.h"

#include <time.h>
#include <unistd.h>

#define LONGEST_SEED 1000000000

uint64_t _thimble_random(struct random *random) {
    uint64_t number = random->state += 0x9e3779b97f4a7c15;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
    number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
    return number ^ (number >> 31);
}

uint32_t _thimble_random_below(struct random *random, uint32_t count) {
    /* What lies above the last whole multiple would make some numbers likelier. */
    uint64_t end = UINT64_MAX - UINT64_MAX % count;
    uint64_t number;
    do {
        number = _thimble_random(random);
    } while (number >= end);
    return (uint32_t)(number % count);
}

uint64_t _thimble_random_seed(void) {
    struct random random;
    if (getentropy(&random.state, sizeof(random.state)) != 0) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        random.state = ((uint64_t)now.tv_sec << 32) ^ (uint64_t)now.tv_nsec ^ (uint64_t)getpid();
    }
    return _thimble_random(&random) % LONGEST_SEED;
}
