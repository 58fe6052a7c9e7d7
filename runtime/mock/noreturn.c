/* What a noreturn function is called with need not be known to be handed on. */
#include "../base/arena.h"
#include "../base/lock.h"
#include "../check/check.h"
#include "closure.h"
#include "words.h"

struct guard {
    struct guard *next;
    void (*replacement)(void);
    const char *name;
    struct place place; /* of the latest use */
    struct words_interface interface;
    void *entry;
};

static struct guard *guards;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void pass_on(ffi_cif *cif, void *returned, void **arguments, void *data) {
    const struct guard *guard = data;
    struct words words;
    _thimble_copy_words(&words, &guard->interface, arguments);
    ffi_call(cif, guard->replacement, returned, words.pointers);
    _thimble_fail_called(
        guard->place.file, guard->place.line,
        "%s(%s): the replacement returned, but %s never returns and its callers count on that\n"
        "  let the replacement leave by longjmp or by ending the process",
        guard->place.verb, guard->name, guard->name);
}

static struct guard *find(void (*replacement)(void), const char *name) {
    for (struct guard *guard = guards; guard; guard = guard->next)
        if (guard->replacement == replacement && guard->name == name)
            return guard;
    return NULL;
}

static struct guard *make(struct place place, const struct target *target,
                          void (*replacement)(void)) {
    struct guard *guard = _thimble_alloc(&_thimble_arena, sizeof *guard);
    guard->replacement = replacement;
    guard->name = target->name;
    _thimble_words_interface(&guard->interface, &ffi_type_void);
    guard->entry = _thimble_closure(place, target, &guard->interface.cif, pass_on, guard);
    return guard;
}

void *_thimble_noreturn(struct place place, const struct target *target,
                        void (*replacement)(void)) {
    sigset_t mask;
    _thimble_lock(&lock, &mask);
    struct guard *guard = find(replacement, target->name);
    _thimble_unlock(&lock, &mask);
    if (!guard) {
        guard = make(place, target, replacement);
        _thimble_lock(&lock, &mask);
        guard->next = guards;
        guards = guard;
        _thimble_unlock(&lock, &mask);
    }
    guard->place = place;
    return guard->entry;
}
