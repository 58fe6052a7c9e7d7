#include "nearest.h"

#include "../base/distance.h"

void _thimble_consider(struct nearest *nearest, const char *candidate) {
    size_t distance = _thimble_distance(nearest->word, candidate);
    if (nearest->best && distance >= nearest->distance)
        return;
    nearest->best = candidate;
    nearest->distance = distance;
}
