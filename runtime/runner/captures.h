/* captures.h: the fixture `capture`. */
#ifndef RUNNER_CAPTURES_H
#define RUNNER_CAPTURES_H

#include <thimble/run.h>

/* What a test asks for what it wrote; its standard output and error go to these files. */
struct thimble_capture *_thimble_capture(const int output[2]);

#endif
