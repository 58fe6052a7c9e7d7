/* What was allocated in a stretch of time is told by its blocks' numbers, so that to excuse
 * it costs an allocation nothing, and the blocks are looked at when there are very many such
 * stretches only. */
#include "excuse.h"

#include <pthread.h>
#include <string.h>

#include "shadow.h"

/* Numbers from `since` up to below `until`; in order, and none in another. */
struct stretch {
    uint32_t since, until;
};

enum { MOST = 1024 };

static struct stretch stretches[MOST];
static size_t count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

bool _thimble_is_excused(uint32_t number) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stretches[middle].until <= number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && stretches[low].since <= number;
}

void _thimble_excuse_since(uint32_t since) {
    uint32_t until = _thimble_tracker_now();
    pthread_mutex_lock(&lock);
    while (count > 0 && stretches[count - 1].since >= since)
        count--;
    /* A stretch of another thread's, that ended meanwhile. */
    if (count > 0 && stretches[count - 1].until > since)
        since = stretches[count - 1].until;
    if (count == MOST) {
        _thimble_shadow_make_old(_thimble_is_excused);
        count = 0;
    }
    stretches[count++] = (struct stretch){since, until};
    pthread_mutex_unlock(&lock);
}
