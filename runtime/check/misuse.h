/* misuse.h: a release that is certainly wrong fails the test that makes it. */
#ifndef CHECK_MISUSE_H
#define CHECK_MISUSE_H

/* From now on, in this process and those that it forks. */
void _thimble_watch_misuse(void);

#endif
