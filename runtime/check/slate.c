#include "slate.h"

#include <string.h>
#include <time.h>

#include "../base/text.h"
#include "subtests.h"

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

static void add(struct slate *slate, const char *bytes, size_t length) {
    uint32_t start = atomic_load(&slate->length);
    struct text text = _thimble_text(slate->text + start, SLATE_TEXT_SIZE - start);
    if (start > 0)
        _thimble_puts(&text, "\n");
    _thimble_put(&text, bytes, length);
    atomic_store(&slate->length, start + (uint32_t)text.length);
}

void _thimble_slate_add(struct slate *slate, const char *bytes, size_t length) {
    if (!lock(slate))
        return;
    add(slate, bytes, length);
    atomic_store(&slate->busy, false);
}

bool _thimble_slate_has_room(struct slate *slate, size_t length) {
    const size_t reserved = 16384;
    return atomic_load(&slate->length) + length < SLATE_TEXT_SIZE - reserved;
}

/* ---- What is counted only ---- */

enum { DIGITS = 10, COUNTS = 3, LINE = 2 + COUNTS * (1 + DIGITS) };

static void put_untold(const struct slate *slate, char line[LINE]) {
    line[0] = SUBTEST_MARK;
    line[1] = SUBTESTS_UNTOLD;
    for (int i = 0; i < COUNTS; i++) {
        char *digits = line + 2 + i * (1 + DIGITS);
        uint32_t rest = slate->untold_subtests[i];
        digits[0] = ' ';
        for (int j = DIGITS; j > 0; j--, rest /= 10)
            digits[j] = (char)('0' + rest % 10);
    }
}

/* In one line, which is written over and over. */
void _thimble_count_untold(struct slate *slate, char outcome) {
    char line[LINE];
    int i = outcome == SUBTEST_HAS_FAILED ? 0 : outcome == SUBTEST_HAS_PASSED ? 1 : 2;
    if (!lock(slate))
        return;
    slate->untold_subtests[i]++;
    put_untold(slate, line);
    if (slate->untold_at)
        memcpy(slate->text + slate->untold_at - 1, line, LINE);
    else
        add(slate, line, LINE);
    if (!slate->untold_at)
        slate->untold_at = atomic_load(&slate->length) - LINE + 1;
    atomic_store(&slate->busy, false);
}

int64_t _thimble_slate_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

void _thimble_slate_clear(struct slate *slate) {
    atomic_store(&slate->process, 0);
    atomic_store(&slate->stage, SLATE_RUNNING);
    atomic_store(&slate->failed, false);
    atomic_store(&slate->left, false);
    atomic_store(&slate->skipped, false);
    atomic_store(&slate->xfailed, false);
    atomic_store(&slate->leaked, false);
    atomic_store(&slate->around, 0);
    atomic_store(&slate->error, false);
    atomic_store(&slate->signal, 0);
    atomic_store(&slate->sanitizer, false);
    atomic_store(&slate->tracing, false);
    slate->fault = (struct fault){0};
    atomic_store(&slate->stop.held, false);
    atomic_store(&slate->stop.missed, false);
    slate->stop.took = 0;
    slate->started = _thimble_slate_clock();
    atomic_store(&slate->busy, false);
    atomic_store(&slate->told, 0);
    atomic_store(&slate->untold, 0);
    atomic_store(&slate->subtests, 0);
    atomic_store(&slate->subtest_bytes, 0);
    memset(slate->untold_subtests, 0, sizeof(slate->untold_subtests));
    slate->untold_at = 0;
    atomic_store(&slate->length, 0);
    slate->text[0] = '\0';
}
