#include "fixtures.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <thimble/run.h>
#include <unistd.h>

#include "../base/arena.h"

const struct fixture _thimble_fixtures[] = {
    [PROVIDER_TMP_PATH] = {"tmp_path", THIMBLE_CHAR, NULL},
    [PROVIDER_CAPTURE] = {"capture", THIMBLE_STRUCT, "thimble_capture"},
    {NULL, THIMBLE_OPAQUE, NULL},
};

static bool type_fits(const struct unit *unit, const struct fixture *fixture, uint32_t type) {
    const struct thimble_type *pointer = _thimble_bare_type(unit, type);
    if (!pointer || pointer->kind != THIMBLE_POINTER)
        return false;
    const struct thimble_type *target = _thimble_bare_type(unit, pointer->target);
    if (!target || target->kind != (uint32_t)fixture->target)
        return false;
    return !fixture->tag || strcmp(_thimble_string(unit, target->name), fixture->tag) == 0;
}

int _thimble_provider(const struct unit *unit, const char *name,
                      const struct thimble_member *parameter) {
    for (int i = 0; _thimble_fixtures[i].name; i++) {
        if (strcmp(_thimble_fixtures[i].name, name) == 0)
            return type_fits(unit, &_thimble_fixtures[i], parameter->type) ? i : -1;
    }
    return -1;
}

bool _thimble_uses(const struct test *test, enum provider provider) {
    for (uint32_t i = 0; i < test->parameter_count; i++) {
        if (test->providers[i] == provider)
            return true;
    }
    return false;
}

struct thimble_capture {
    int output[2];
};

void *_thimble_provide(const struct provisions *provisions, enum provider provider) {
    if (provider == PROVIDER_TMP_PATH)
        return (void *)provisions->tmp_path;
    struct thimble_capture *capture = _thimble_alloc(&_thimble_arena, sizeof(*capture));
    memcpy(capture->output, provisions->output, sizeof(capture->output));
    return capture;
}

/* All that the file holds, with a zero behind it. */
static const char *read_whole(int file) {
    struct stat status;
    if (fstat(file, &status) != 0)
        return "";
    size_t size = (size_t)status.st_size, done = 0;
    char *bytes = _thimble_alloc(&_thimble_arena, size + 1);
    while (done < size) {
        ssize_t got = pread(file, bytes + done, size - done, (off_t)done);
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return bytes;
}

const char *thimble_captured_stdout(struct thimble_capture *capture) {
    fflush(stdout);
    return read_whole(capture->output[0]);
}

const char *thimble_captured_stderr(struct thimble_capture *capture) {
    fflush(stderr);
    return read_whole(capture->output[1]);
}
