#include <thimble/patch.h>

#include "../base/peek.h"
#include "../check/check.h"
#include "memory.h"
#include "target.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A variable as it was. */
struct kept {
    const char *name;
    const char *value; /* null: it was not there */
};

static const char *copy(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(_thimble_test_alloc(size), text, size);
}

static int set(const char *name, const char *value) {
    return value ? setenv(name, value, 1) : unsetenv(name);
}

static void put_back(void *data) {
    const struct kept *kept = data;
    int saved = errno;
    set(kept->name, kept->value);
    errno = saved;
}

static void __attribute__((noreturn)) fail(struct place place, const char *name, const char *why) {
    char bytes[64];
    int ended;
    struct text text = _thimble_growing_text();
    ptrdiff_t length = _thimble_peek_string(bytes, name, sizeof bytes, &ended);
    if (length < 0)
        _thimble_puts(&text, "NULL");
    else
        _thimble_printf(&text, "\"%s\"", bytes);
    _thimble_fail_target(place, text.data, "%s", why);
}

void thimble_patch_env_at(const char *file, int line, const char *name, const char *value) {
    struct place place = {file, line, "patch_env"};
    char byte;
    int saved = errno;
    if (!_thimble_peek(&byte, name, 1) || !byte || strchr(name, '='))
        fail(place, name, "the name of a variable is a string that is not empty and has no '='");
    if (value && !_thimble_peek(&byte, value, 1))
        fail(place, name, "the value is no string; NULL removes the variable");
    const char *before = getenv(name);
    struct kept *kept = _thimble_test_alloc(sizeof *kept);
    *kept = (struct kept){copy(name), before ? copy(before) : NULL};
    _thimble_at_test_end(put_back, kept);
    if (set(name, value) != 0)
        fail(place, name, "there is no memory for it");
    errno = saved;
}
