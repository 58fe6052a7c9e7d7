/* way.h: the way to a failure, as people read it: from check/trace.h's addresses to lines
 *
 *     called from FILE:LINE in FUNCTION
 *
 * the innermost first, inlined calls too. A call that nothing tells the line of is shown by
 * its function where that is the user's. */
#ifndef RUNNER_WAY_H
#define RUNNER_WAY_H

#include "../memory/ask.h"
#include "test.h"

bool _thimble_holds_way(const char *message, size_t length);

/* Appends the message with lines in place of addresses. */
void _thimble_put_way(struct text *, struct symbols *, const struct test *, const char *message,
                      size_t length);

#endif
