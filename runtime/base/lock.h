/* lock.h: a lock that no signal's handler can jump away from: while it is held, none is
 * delivered to the thread. */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include <pthread.h>

#include "kernel.h"

static inline void _thimble_hold_signals(sigset_t *mask) {
    sigset_t all;
    sigfillset(&all);
    kernel_mask(SIG_SETMASK, &all, mask);
}

static inline void _thimble_lock(pthread_mutex_t *lock, sigset_t *mask) {
    _thimble_hold_signals(mask);
    pthread_mutex_lock(lock);
}

static inline void _thimble_unlock(pthread_mutex_t *lock, const sigset_t *mask) {
    pthread_mutex_unlock(lock);
    kernel_mask(SIG_SETMASK, mask, NULL);
}

#endif
