/* Which releases are certainly wrong. Nothing is said where a block may have passed the
 * recorder by. */
#include "misuse.h"

#include <string.h>

#include "../base/modules.h"
#include "../base/stack.h"
#include "interpose.h"
#include "records.h"
#include "shadow.h"

void (*_thimble_on_misuse)(const struct misuse *);
bool _thimble_any_paired;

static void report(const struct misuse *misuse) {
    if (_thimble_on_misuse)
        _thimble_on_misuse(misuse);
    else
        _thimble_say_misuse(misuse);
}

/* ---- No block ---- */

static bool is_in_module(uintptr_t address) {
    bool is_code;
    if (!_thimble_lock_modules())
        return false;
    const struct module *module = _thimble_module_at(address, &is_code);
    _thimble_unlock_modules();
    return module;
}

/* glibc's malloc keeps words of its own in front of a block, and what aligned_alloc and its like
 * return is known: this is what mmap returned. Other allocators' blocks are closer together, and
 * may begin where a page does. */
static bool begins_page(uintptr_t address) {
    return address % SMALLEST_PAGE == 0 && _thimble_smallest_block == 32;
}

void _thimble_suspect_release(uintptr_t address, uint32_t by, const char *callee) {
    struct misuse misuse = {.address = (const void *)address, .by = by, .callee = callee};
    if (!_thimble_observed_all() || _thimble_shadow_dropped())
        return;
    if (_thimble_find_block_around(address, &misuse.block))
        misuse.kind = MISUSE_INSIDE;
    else if (_thimble_shadow_find_released(address, &misuse.block, &misuse.released) &&
             misuse.block.address == address)
        misuse.kind = MISUSE_FREED_TWICE;
    else if (_thimble_on_stack(address) || is_in_module(address) || begins_page(address))
        misuse.kind = MISUSE_NO_BLOCK;
    else
        return;
    report(&misuse);
}

/* ---- Pairs ---- */

const char *_thimble_release_of(const struct unit *unit, uint32_t site) {
    for (uint32_t i = 0; i < unit->pair_count; i++)
        if (unit->pairs[i].allocator == unit->sites[site].callee)
            return _thimble_string(unit, unit->pairs[i].release);
    return NULL;
}

/* What gives the block back, by the site that it was got from. */
static const char *release_of_block(const struct block *block) {
    struct trace trace = _thimble_trace_of(block->trace);
    return trace.unit ? _thimble_release_of(trace.unit, trace.site) : NULL;
}

void _thimble_grant_release(const struct unit *unit, uint32_t site, uintptr_t address) {
    struct block block;
    if (!(_thimble_shadow_flags(address, 0) & RECORD_PAIRED) ||
        !_thimble_find_block(address, &block))
        return;
    const char *expected = release_of_block(&block);
    if (expected && strcmp(expected, _thimble_function_name(unit, unit->sites[site].callee)) == 0)
        _thimble_shadow_flags(address, RECORD_GRANTED);
}

/* Whether a unit's function of that name stands in the file: then what is in there may be its
 * helpers. */
static bool is_at_home(const char *name, const char *file) {
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count; i++)
            if (unit->functions[i].flags & THIMBLE_DEFINED &&
                strcmp(_thimble_function_name(unit, i), name) == 0 &&
                strcmp(_thimble_string(unit, unit->functions[i].file), file) == 0)
                return true;
    return false;
}

void _thimble_check_pair(uintptr_t address, uint32_t by, const char *callee) {
    struct misuse misuse = {MISUSE_MISMATCHED, (const void *)address, by, .callee = callee};
    uint32_t flags = _thimble_shadow_flags(address, 0);
    struct trace trace = _thimble_trace_of(by);
    if (!(flags & RECORD_PAIRED) || flags & RECORD_GRANTED || !trace.unit ||
        !_thimble_find_block(address, &misuse.block))
        return;
    const struct thimble_site *site = &trace.unit->sites[trace.site];
    misuse.expected = release_of_block(&misuse.block);
    if (!misuse.expected || is_at_home(misuse.expected, _thimble_string(trace.unit, site->file)))
        return;
    misuse.callee = _thimble_function_name(trace.unit, site->callee);
    report(&misuse);
}
