#include <thimble/patch.h>

#include "../base/arena.h"
#include "../base/peek.h"
#include "../base/pool.h"
#include "../check/block.h"
#include "../check/check.h"
#include "closure.h"
#include "memory.h"
#include "seams.h"
#include <limits.h>
#include <stdatomic.h>
#include <string.h>

static void replace(struct place place, const struct target *target,
                    struct replacement *replacement, void (*function)(void)) {
    if (!function)
        _thimble_fail_target(place, target->text, "the replacement is a null pointer");
    void *entry =
        target->noreturn ? _thimble_noreturn(place, target, function) : (void *)(uintptr_t)function;
    if (!_thimble_replace(replacement, target, entry))
        _thimble_fail_no_seam(place, target);
}

void thimble_patch_at(const char *file, int line, struct thimble_name f,
                      struct thimble_replacement wanted) {
    struct place place = {file, line, "patch"};
    struct target target = _thimble_target(place, f);
    struct replacement *replacement = _thimble_test_alloc(sizeof *replacement);
    replace(place, &target, replacement, wanted.function);
    _thimble_at_test_end(_thimble_restore_at_end, replacement);
}

/* ---- with_patch ---- */

struct patch_block {
    struct open_block block; /* first */
    struct replacement replacement;
};

static struct pool pool = {.size = sizeof(struct patch_block)};

static void leave(struct open_block *open, const void *alive, bool itself) {
    (void)itself;
    struct patch_block *block = (struct patch_block *)open;
    _thimble_restore(&block->replacement, alive);
    _thimble_pool_give(&pool, block);
}

static void leave_all(void *before) {
    _thimble_restore_blocks_since((unsigned)(uintptr_t)before);
}

/* Threads may still be in them then, or have left without a word. Once in each scope. */
static void leave_all_at_end(void) {
    static _Atomic unsigned scope = UINT_MAX;
    unsigned current = _thimble_scope();
    if (atomic_exchange(&scope, current) != current)
        _thimble_at_test_end(leave_all, (void *)(uintptr_t)_thimble_last_replacement());
}

struct thimble_block thimble_with_patch_at(const char *file, int line, struct thimble_name f,
                                           struct thimble_replacement wanted) {
    struct place place = {file, line, "with_patch"};
    struct target target = _thimble_target(place, f);
    leave_all_at_end();
    struct patch_block *block = _thimble_pool_take(&pool);
    block->block.role = ROLE_PATCH;
    block->block.catches = 0;
    replace(place, &target, &block->replacement, wanted.function);
    block->replacement.of_block = true;
    return _thimble_enter_block(&block->block, leave);
}

/* ---- patch_value ---- */

struct kept {
    void *object;
    size_t size;
    bool on_stack;
    unsigned char bytes[];
};

/* AddressSanitizer, where the program has it: it knows what is freed, and it keeps frames
 * elsewhere than on the stack. */
extern void *__asan_region_is_poisoned(void *, size_t) __attribute__((weak));

static bool is_gone(const struct kept *kept) {
    unsigned char byte;
    const unsigned char *last = (const unsigned char *)kept->object + kept->size - 1;
    if (kept->on_stack || !_thimble_peek(&byte, kept->object, 1) || !_thimble_peek(&byte, last, 1))
        return true;
    return __asan_region_is_poisoned && __asan_region_is_poisoned(kept->object, kept->size);
}

static void put_back(void *data) {
    const struct kept *kept = data;
    if (!is_gone(kept))
        memcpy(kept->object, kept->bytes, kept->size);
}

void thimble_patch_value_at(const char *file, int line, void *object, const void *value,
                            size_t size, const char *text) {
    (void)file, (void)line, (void)text;
    struct kept *kept = _thimble_test_alloc(sizeof *kept + size);
    kept->object = object;
    kept->size = size;
    kept->on_stack = _thimble_is_on_stack(object);
    memcpy(kept->bytes, object, size);
    memcpy(object, value, size);
    _thimble_at_test_end(put_back, kept);
}
