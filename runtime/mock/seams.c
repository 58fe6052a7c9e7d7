/* For syscall. */
#define _GNU_SOURCE 1

#include "seams.h"

#include "../base/peek.h"
#include <pthread.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Guards the list and all writing of slots. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
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

/* Returns what stood in the first slot, and in *any whether there is one. */
static void *fill_slots(const char *identity, void *function, bool *any) {
    void *before = NULL;
    *any = false;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        uint32_t at = 0;
        void **slot;
        while (_thimble_next_slot(unit, identity, &at, &slot)) {
            before = *any ? before : *slot;
            *any = true;
            set(slot, function);
        }
    }
    return before;
}

static void take_in(struct unit *unit) {
    pthread_mutex_lock(&lock);
    for (struct replacement *at = newest; at; at = at->older) {
        uint32_t place = 0;
        void **slot;
        if (at->identity && newest_of(at->identity, NULL) == at)
            while (_thimble_next_slot(unit, at->identity, &place, &slot))
                set(slot, at->function);
    }
    pthread_mutex_unlock(&lock);
}

/* The registry calls take_in under its own lock, so ours is not held here. */
static void watch_units(void) {
    if (!__atomic_exchange_n(&watches_units, true, __ATOMIC_ACQ_REL))
        _thimble_each_unit(take_in);
}

/* ---- Replacing and restoring ---- */

static bool replace_function(struct replacement *replacement) {
    struct replacement *last = newest_of(replacement->identity, NULL);
    bool any;
    void *before = fill_slots(replacement->identity, replacement->function, &any);
    replacement->before = last ? last->before : before;
    return any;
}

static bool replace_pointer(struct replacement *replacement) {
    replacement->on_stack = _thimble_is_on_stack(replacement->pointer);
    replacement->before = *replacement->pointer;
    set(replacement->pointer, replacement->function);
    return true;
}

bool _thimble_replace(struct replacement *replacement, const struct target *target,
                      void *function) {
    *replacement = (struct replacement){
        .identity = target->identity, .pointer = target->pointer, .function = function};
    watch_units();
    pthread_mutex_lock(&lock);
    bool done = target->identity ? replace_function(replacement) : replace_pointer(replacement);
    if (done) {
        replacement->active = true;
        replacement->number = ++last_number;
        replacement->older = newest;
        newest = replacement;
    }
    pthread_mutex_unlock(&lock);
    return done;
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

static bool is_there(const struct replacement *replacement, const void *alive) {
    void *value;
    void **pointer = replacement->pointer;
    if (replacement->on_stack && (uintptr_t)pointer < (uintptr_t)alive)
        return false;
    return _thimble_peek(&value, pointer, sizeof value) == sizeof value;
}

static void restore(struct replacement *replacement, const void *alive) {
    struct replacement *newer = take_off(replacement);
    bool any;
    replacement->active = false;
    if (replacement->identity && !newer) {
        const struct replacement *last = newest_of(replacement->identity, NULL);
        fill_slots(replacement->identity, last ? last->function : replacement->before, &any);
    } else if (replacement->pointer && newer) {
        newer->before = replacement->before;
    } else if (replacement->pointer && is_there(replacement, alive)) {
        set(replacement->pointer, replacement->before);
    }
}

void _thimble_restore(struct replacement *replacement, const void *alive) {
    pthread_mutex_lock(&lock);
    if (replacement->active)
        restore(replacement, alive);
    pthread_mutex_unlock(&lock);
}

void _thimble_restore_at_end(void *replacement) {
    _thimble_restore(replacement, (const void *)UINTPTR_MAX);
}

unsigned _thimble_last_replacement(void) {
    pthread_mutex_lock(&lock);
    unsigned number = last_number;
    pthread_mutex_unlock(&lock);
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
    pthread_mutex_lock(&lock);
    while ((replacement = newest_of_block()) && replacement->number > number)
        restore(replacement, (const void *)UINTPTR_MAX);
    pthread_mutex_unlock(&lock);
}

const struct replacement *_thimble_newest(const struct target *target) {
    pthread_mutex_lock(&lock);
    const struct replacement *found = newest_of(target->identity, target->pointer);
    pthread_mutex_unlock(&lock);
    return found;
}

void *_thimble_value_before(void **pointer) {
    const struct replacement *oldest = NULL;
    pthread_mutex_lock(&lock);
    for (const struct replacement *at = newest; at; at = at->older)
        if (at->pointer == pointer)
            oldest = at;
    void *value = oldest ? oldest->before : __atomic_load_n(pointer, __ATOMIC_ACQUIRE);
    pthread_mutex_unlock(&lock);
    return value;
}

/* A thread's own descriptor lies at the upper end of its stack; above the first
 * thread's stack there is nothing. */
bool _thimble_is_on_stack(const void *object) {
    bool first = syscall(SYS_gettid) == getpid();
    uintptr_t place = (uintptr_t)object;
    return place >= (uintptr_t)__builtin_frame_address(0) &&
           (first || place < (uintptr_t)pthread_self());
}
