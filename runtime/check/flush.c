#include "flush.h"

#include <stdio.h>

#include "../base/single.h"

static void flush_if_free(FILE *stream) {
    if (ftrylockfile(stream) != 0)
        return;
    fflush(stream);
    funlockfile(stream);
}

void _thimble_flush(void) {
    if (_thimble_single_threaded()) {
        fflush(NULL);
        return;
    }
    flush_if_free(stdout);
    flush_if_free(stderr);
}
