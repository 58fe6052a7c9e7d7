/* hot.h: the variables that each test's process writes stand together: after a fork each page
 * that is written to is copied first. */
#ifndef BASE_HOT_H
#define BASE_HOT_H

#define HOT __attribute__((__section__("thimble_hot")))

#endif
