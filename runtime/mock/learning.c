/* mock_learn: what a spy was called with, as the check that would pass. */
#include "../check/check.h"
#include "../check/running.h"
#include "../registry/registry.h"
#include "explain.h"
#include <unistd.h>

/* With two spaces more in front of each line. */
static void put_indented(struct text *out, const struct text *lines) {
    for (size_t i = 0; i < lines->length; i++) {
        if (i == 0 || lines->data[i - 1] == '\n')
            _thimble_puts(out, "  ");
        _thimble_put(out, lines->data + i, 1);
    }
}

/* With the test's result, and so in all reports, whether it passes or fails. */
static void say(const struct text *text) {
    struct slate *slate = _thimble_slate();
    if (slate) {
        _thimble_slate_add(slate, text->data, text->length);
        return;
    }
    _thimble_write(STDERR_FILENO, text->data, text->length);
    _thimble_write(STDERR_FILENO, "\n", 1);
}

static void show(void *data) {
    const struct mock *mock = data;
    struct text text = _thimble_growing_text(), check = _thimble_growing_text();
    size_t calls = _thimble_call_count(&mock->calls);
    _thimble_put_learned(&check, mock, mock->learned_text);
    _thimble_printf(&text, "%s:%d: mock_learn(%s): %s was called %zu time%s; this would pass:\n",
                    _thimble_plain_path(mock->learned_at.file), mock->learned_at.line,
                    mock->learned_text, mock->name, calls, calls == 1 ? "" : "s");
    put_indented(&text, &check);
    say(&text);
}

void _thimble_show_learned_at_end(struct mock *mock) {
    _thimble_at_test_end(show, mock);
}
