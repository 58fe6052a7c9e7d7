#include "slate.h"

#include <time.h>

#include "../base/text.h"

/* A process that was killed while it wrote stays the holder for ever, so after
 * half a second the text is given up. */
#define PATIENCE 500

static bool lock(struct slate *slate) {
    const struct timespec millisecond = {0, 1000000};
    for (int i = 0; i < PATIENCE; i++) {
        if (!atomic_exchange(&slate->busy, true))
            return true;
        nanosleep(&millisecond, NULL);
    }
    return false;
}

void _thimble_slate_add(struct slate *slate, const char *bytes, size_t length) {
    if (!lock(slate))
        return;
    uint32_t start = atomic_load(&slate->length);
    struct text text = _thimble_text(slate->text + start, SLATE_TEXT_SIZE - start);
    if (start > 0)
        _thimble_puts(&text, "\n");
    _thimble_put(&text, bytes, length);
    atomic_store(&slate->length, start + (uint32_t)text.length);
    atomic_store(&slate->busy, false);
}

void _thimble_slate_clear(struct slate *slate) {
    atomic_store(&slate->process, 0);
    atomic_store(&slate->stage, SLATE_RUNNING);
    atomic_store(&slate->failed, false);
    atomic_store(&slate->left, false);
    atomic_store(&slate->skipped, false);
    atomic_store(&slate->xfailed, false);
    atomic_store(&slate->leaked, false);
    atomic_store(&slate->error, false);
    atomic_store(&slate->signal, 0);
    atomic_store(&slate->sanitizer, false);
    atomic_store(&slate->tracing, false);
    slate->fault = (struct fault){0};
    atomic_store(&slate->busy, false);
    atomic_store(&slate->told, 0);
    atomic_store(&slate->untold, 0);
    atomic_store(&slate->length, 0);
    slate->text[0] = '\0';
}
