#include <thimble/patch.h>

#include "../base/arena.h"
#include "../base/peek.h"
#include "../base/pool.h"
#include "../check/block.h"
#include "../check/check.h"
#include "closure.h"
#include "memory.h"
#include "patch.h"
#include "seams.h"
#include <limits.h>
#include <stdatomic.h>
#include <string.h>

/* What is replaced must be in the replacement's memory before a signal can jump away, so that
 * it is undone. */
static void replace(struct place place, const struct target *target,
                    struct replacement *replacement, struct thimble_replacement wanted,
                    const struct replacement *like) {
    void *entry;
    struct replacement told = *like;
    told.place = place;
    told.told = (const void *)(uintptr_t)wanted.function;
    if (!wanted.function)
        _thimble_fail_target(place, target->text, "the replacement is a null pointer");
    if (target->noreturn)
        entry = _thimble_noreturn(place, target, wanted.function);
    else
        entry = (void *)(uintptr_t)wanted.function;
    if (_thimble_replace_like(replacement, target, entry, &told))
        return;
    if (like->source)
        _thimble_fail_not_called_from(place, target, like->source);
    _thimble_fail_no_seam(place, target);
}

/* A compiler that sees the function has compared the types itself. */
static struct target find(struct place place, struct thimble_name f,
                          struct thimble_replacement wanted) {
    struct target target = _thimble_target(place, f);
    if (f.ref.kind == THIMBLE_REF_NONE)
        _thimble_must_agree(place, &target, wanted.type, "the replacement");
    return target;
}

static struct replacement *undone_at_end(void) {
    struct replacement *replacement = _thimble_test_alloc(sizeof *replacement);
    replacement->active = false;
    _thimble_at_test_end(_thimble_restore_at_end, replacement);
    return replacement;
}

void _thimble_patch_with(struct place place, const struct target *target, void (*function)(void)) {
    replace(place, target, undone_at_end(), (struct thimble_replacement){.function = function},
            &(struct replacement){.source = NULL});
}

void thimble_patch_at(const char *file, int line, struct thimble_name f,
                      struct thimble_replacement wanted) {
    struct place place = {file, line, "patch"};
    struct target target = find(place, f, wanted);
    _thimble_patch_with(place, &target, wanted.function);
}

/* The text is the user's, and may be gone while the replacement holds. */
static const char *read_source(struct place place, const char *source, const char *text) {
    char bytes[1024];
    int ended;
    ptrdiff_t length = _thimble_peek_string(bytes, source, sizeof bytes, &ended);
    if (length <= 0 || !ended)
        _thimble_fail_target(place, text, "the file is a source file's path, as \"zoo.c\"");
    return _thimble_intern(bytes);
}

void thimble_patch_in_at(const char *file, int line, const char *source, struct thimble_name f,
                         struct thimble_replacement wanted) {
    struct place place = {file, line, "patch_in"};
    struct target target = find(place, f, wanted);
    source = read_source(place, source, f.text);
    if (target.pointer)
        _thimble_fail_target(place, f.text,
                             "a pointer is one for all files: patch(%s, …) replaces it", f.text);
    replace(place, &target, undone_at_end(), wanted, &(struct replacement){.source = source});
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

/* Threads may still be in them then, or have left without a word. Once in each scope, and at
 * least that where a signal jumps away. */
static void leave_all_at_end(void) {
    static _Atomic unsigned scope = UINT_MAX;
    unsigned current = _thimble_scope();
    if (atomic_load(&scope) == current)
        return;
    _thimble_at_test_end(leave_all, (void *)(uintptr_t)_thimble_last_replacement());
    atomic_store(&scope, current);
}

struct thimble_block thimble_with_patch_at(const char *file, int line, struct thimble_name f,
                                           struct thimble_replacement wanted) {
    struct place place = {file, line, "with_patch"};
    struct target target = find(place, f, wanted);
    leave_all_at_end();
    struct patch_block *block = _thimble_pool_take(&pool);
    block->block.role = ROLE_PATCH;
    block->block.catches = 0;
    replace(place, &target, &block->replacement, wanted, &(struct replacement){.of_block = true});
    return _thimble_enter_block(&block->block, leave);
}
