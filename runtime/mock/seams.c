#include "seams.h"

#include "../base/lock.h"

/* Guards the list and all writing of slots. */
pthread_mutex_t _thimble_seams_lock = PTHREAD_MUTEX_INITIALIZER;
static struct replacement *newest;
static unsigned last_number;
static bool watches_units;

/* ---- Slots ---- */

/* The seams read with a plain load, of code that is all there: a replacement must
 * be written before its address is. */
static void set(void **place, void *function) {
    __atomic_store_n(place, function, __ATOMIC_RELEASE);
}

static struct replacement *newest_of(const char *identity, void *const *pointer) {
    for (struct replacement *at = newest; at; at = at->older)
        if (at->identity == identity && at->pointer == pointer)
            return at;
    return NULL;
}

static bool applies(const struct replacement *replacement, const struct unit *unit) {
    return !replacement->source || _thimble_path_matches(unit->file, replacement->source);
}

/* What a slot of this unit is to hold, where that is not what stood there before all. */
static struct replacement *newest_in(const char *identity, const struct unit *unit) {
    for (struct replacement *at = newest; at; at = at->older)
        if (at->identity == identity && applies(at, unit))
            return at;
    return NULL;
}

/* Each slot gets what is to stand there. */
static void fill_slots_of(const struct unit *unit, const char *identity, void *before) {
    uint32_t at = 0;
    void **slot;
    if (!_thimble_next_slot(unit, identity, &at, &slot))
        return;
    const struct replacement *replacement = newest_in(identity, unit);
    do
        set(slot, replacement ? replacement->function : before);
    while (_thimble_next_slot(unit, identity, &at, &slot));
}

static void fill_slots(const char *identity, void *before) {
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        fill_slots_of(unit, identity, before);
}

/* Whether it concerns any call. *before is what stands in the function's first slot. */
static bool has_slot(const struct replacement *replacement, void **before) {
    bool any = false, applying = false;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        uint32_t at = 0;
        void **slot;
        if (!_thimble_next_slot(unit, replacement->identity, &at, &slot))
            continue;
        *before = any ? *before : *slot;
        any = true;
        applying |= applies(replacement, unit);
    }
    return applying;
}

static void take_in(struct unit *unit) {
    sigset_t mask;
    _thimble_lock(&_thimble_seams_lock, &mask);
    for (struct replacement *at = newest; at; at = at->older)
        if (at->identity && newest_in(at->identity, unit) == at)
            fill_slots_of(unit, at->identity, at->before);
    _thimble_unlock(&_thimble_seams_lock, &mask);
}

/* The registry calls take_in under its own lock, so ours is not held here; no signal may jump
 * away from that one either. */
static void watch_units(void) {
    sigset_t mask;
    if (__atomic_load_n(&watches_units, __ATOMIC_ACQUIRE))
        return;
    _thimble_hold_signals(&mask);
    if (!__atomic_exchange_n(&watches_units, true, __ATOMIC_ACQ_REL))
        _thimble_each_unit(take_in);
    kernel_mask(SIG_SETMASK, &mask, NULL);
}

/* ---- Replacing and restoring ---- */

static bool replace_function(struct replacement *replacement) {
    struct replacement *last = newest_of(replacement->identity, NULL);
    void *before = NULL;
    if (!has_slot(replacement, &before))
        return false;
    replacement->before = last ? last->before : before;
    return true;
}

static void take_on(struct replacement *replacement) {
    replacement->active = true;
    replacement->number = ++last_number;
    replacement->older = newest;
    newest = replacement;
    if (replacement->identity)
        fill_slots(replacement->identity, replacement->before);
    else
        set(replacement->pointer, replacement->function);
}

bool _thimble_replace_like(struct replacement *replacement, const struct target *target,
                           void *function, const struct replacement *like) {
    sigset_t mask;
    *replacement = (struct replacement){.identity = target->identity,
                                        .pointer = target->pointer,
                                        .source = like->source,
                                        .of_block = like->of_block,
                                        .name = target->name,
                                        .place = like->place,
                                        .told = like->told,
                                        .function = function};
    if (replacement->pointer) {
        if (!_thimble_is_writable(replacement->pointer, sizeof *replacement->pointer))
            return false;
        replacement->home = _thimble_home(replacement->pointer, sizeof *replacement->pointer);
    }
    watch_units();
    _thimble_lock(&_thimble_seams_lock, &mask);
    if (replacement->pointer)
        replacement->before = *replacement->pointer;
    bool done = replacement->pointer || replace_function(replacement);
    if (done)
        take_on(replacement);
    _thimble_unlock(&_thimble_seams_lock, &mask);
    return done;
}

bool _thimble_replace(struct replacement *replacement, const struct target *target,
                      void *function) {
    return _thimble_replace_like(replacement, target, function, &(struct replacement){0});
}

/* Takes it off the list. Returns the one that came next for the same place, or
 * null where it was the newest. */
static struct replacement *take_off(struct replacement *replacement) {
    struct replacement *newer = NULL;
    struct replacement **link = &newest;
    for (; *link && *link != replacement; link = &(*link)->older)
        if ((*link)->identity == replacement->identity && (*link)->pointer == replacement->pointer)
            newer = *link;
    if (*link)
        *link = replacement->older;
    return newer;
}

static void restore(struct replacement *replacement, const void *alive) {
    struct replacement *newer = take_off(replacement);
    replacement->active = false;
    if (replacement->identity)
        fill_slots(replacement->identity, replacement->before);
    else if (newer)
        newer->before = replacement->before;
    else if (_thimble_is_home(&replacement->home, alive))
        set(replacement->pointer, replacement->before);
}

void _thimble_restore(struct replacement *replacement, const void *alive) {
    sigset_t mask;
    _thimble_lock(&_thimble_seams_lock, &mask);
    if (replacement->active)
        restore(replacement, alive);
    _thimble_unlock(&_thimble_seams_lock, &mask);
}

void _thimble_restore_at_end(void *replacement) {
    _thimble_restore(replacement, (const void *)UINTPTR_MAX);
}

unsigned _thimble_last_replacement(void) {
    sigset_t mask;
    _thimble_lock(&_thimble_seams_lock, &mask);
    unsigned number = last_number;
    _thimble_unlock(&_thimble_seams_lock, &mask);
    return number;
}

static struct replacement *newest_of_block(void) {
    struct replacement *at = newest;
    while (at && !at->of_block)
        at = at->older;
    return at;
}

void _thimble_restore_blocks_since(unsigned number) {
    struct replacement *replacement;
    sigset_t mask;
    _thimble_lock(&_thimble_seams_lock, &mask);
    while ((replacement = newest_of_block()) && replacement->number > number)
        restore(replacement, (const void *)UINTPTR_MAX);
    _thimble_unlock(&_thimble_seams_lock, &mask);
}

const struct replacement *_thimble_newest(const struct target *target) {
    sigset_t mask;
    _thimble_lock(&_thimble_seams_lock, &mask);
    const struct replacement *found = newest_of(target->identity, target->pointer);
    _thimble_unlock(&_thimble_seams_lock, &mask);
    return found;
}

const struct replacement *_thimble_replacements(void) {
    return newest;
}

void *_thimble_value_before(void **pointer) {
    const struct replacement *oldest = NULL;
    sigset_t mask;
    _thimble_lock(&_thimble_seams_lock, &mask);
    for (const struct replacement *at = newest; at; at = at->older)
        if (at->pointer == pointer)
            oldest = at;
    void *value = oldest ? oldest->before : __atomic_load_n(pointer, __ATOMIC_ACQUIRE);
    _thimble_unlock(&_thimble_seams_lock, &mask);
    return value;
}
