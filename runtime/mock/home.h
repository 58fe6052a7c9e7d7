/* home.h: where an object lies that a test has changed, so that it is put back only while it
 * is there. */
#ifndef MOCK_HOME_H
#define MOCK_HOME_H

#include "target.h"
#include <stdbool.h>
#include <sys/types.h>

struct home {
    void *object;
    size_t size;
    bool on_stack;
    pid_t thread; /* whose thread-local object it is, or 0 */
};

/* Must be called by the thread that changes the object. */
struct home _thimble_home(void *object, size_t size);

/* Whether the object is there still. Of this thread's stack there is what lies at `alive` and
 * above. */
bool _thimble_is_home(const struct home *, const void *alive);

bool _thimble_is_writable(const void *object, size_t size);

/* Fails because the object is not there or cannot be written to; `kind` says what it is. */
void _thimble_fail_unwritable(struct place, const char *text, const void *object, const char *kind)
    __attribute__((noreturn));

#endif
