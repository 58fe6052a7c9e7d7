/* hot.h: what is touched often, and what is not. */
#ifndef BASE_HOT_H
#define BASE_HOT_H

/* The variables that each test's process writes stand together: after a fork each page that is
 * written to is copied first. */
#define HOT __attribute__((__section__("thimble_hot")))

/* What each malloc and free goes through: a call would cost as much as the work. */
#define HOT_INLINE static inline __attribute__((__always_inline__))

/* What is not on the way of anything that must be quick: small. */
#define COLD __attribute__((__cold__))

#endif
