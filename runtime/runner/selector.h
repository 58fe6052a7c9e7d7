/* selector.h: FILE, FILE::NAME and FILE::NAME[CASE], a case by its name or index. */
#ifndef RUNNER_SELECTOR_H
#define RUNNER_SELECTOR_H

#include "../base/text.h"
#include "test.h"

struct selector {
    const char *written;
    const char *file;
    const char *absolute; /* seen from the current directory, or "" */
    const char *label;    /* NAME or NAME[CASE], null for all of the file */
    size_t name_length;   /* of the label */
};

struct selector _thimble_read_selector(const char *written);

/* Marks the tests that it means. False where there are none. */
bool _thimble_mark_selected(bool *marks, const struct tests *, const struct selector *);

/* Whether it names a file with tests. */
bool _thimble_selects_file(const struct tests *, const struct selector *);

/* That it matches nothing, and what it may have meant. */
void _thimble_put_nearest_test(struct text *, const struct tests *, const struct selector *);

#endif
