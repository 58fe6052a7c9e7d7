#include <thimble/patch.h>

#include "../check/check.h"
#include "home.h"
#include "memory.h"
#include <string.h>

struct kept {
    struct home home;
    unsigned char bytes[];
};

/* Whatever the test has on its stack is gone then. */
static void put_back(void *data) {
    const struct kept *kept = data;
    if (_thimble_is_home(&kept->home, (const void *)UINTPTR_MAX))
        memcpy(kept->home.object, kept->bytes, kept->home.size);
}

void thimble_patch_value_at(const char *file, int line, void *object, const void *value,
                            size_t size, const char *text) {
    struct place place = {file, line, "patch_value"};
    if (size == 0)
        return;
    if (!_thimble_is_writable(object, size))
        _thimble_fail_unwritable(place, text, object, "object");
    struct kept *kept = _thimble_test_alloc(sizeof *kept + size);
    kept->home = _thimble_home(object, size);
    memcpy(kept->bytes, object, size);
    _thimble_at_test_end(put_back, kept);
    memcpy(object, value, size);
}
