/* What a noreturn function is called with need not be known to be handed on:
 * a closure that takes as many words as there are registers for arguments, and
 * then some from the stack, receives whatever it was, variadic or not, and a call
 * of the same form passes the same. */
#include "../base/arena.h"
#include "../check/check.h"
#include "closure.h"
#include <pthread.h>

#if defined(__x86_64__)
enum { INTEGER_REGISTERS = 6, REAL_REGISTERS = 8 };
#elif defined(__i386__)
enum { INTEGER_REGISTERS = 0, REAL_REGISTERS = 0 };
#else
enum { INTEGER_REGISTERS = 8, REAL_REGISTERS = 8 };
#endif

enum { STACK_WORDS = 24, WORDS = INTEGER_REGISTERS + REAL_REGISTERS + STACK_WORDS };

struct guard {
    struct guard *next;
    void (*replacement)(void);
    const char *name;
    struct place place; /* of the latest use */
    ffi_cif cif;
    ffi_type *words[WORDS];
    void *entry;
};

static struct guard *guards;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Behind the arguments lie words of the caller's frame, which a sanitizer that
 * watches memcpy may have fenced off. */
static void __attribute__((no_sanitize("address")))
copy_words(uint64_t words[WORDS], void *pointers[WORDS], void *const *arguments) {
    for (int i = 0; i < WORDS; i++) {
        words[i] = *(volatile uint64_t *)arguments[i];
        pointers[i] = &words[i];
    }
}

static void pass_on(ffi_cif *cif, void *returned, void **arguments, void *data) {
    const struct guard *guard = data;
    uint64_t words[WORDS];
    void *pointers[WORDS];
    copy_words(words, pointers, arguments);
    ffi_call(cif, guard->replacement, returned, pointers);
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
    for (int i = 0; i < WORDS; i++) {
        bool real = i >= INTEGER_REGISTERS && i < INTEGER_REGISTERS + REAL_REGISTERS;
        guard->words[i] = real ? &ffi_type_double : &ffi_type_pointer;
    }
    guard->replacement = replacement;
    guard->name = target->name;
    ffi_prep_cif(&guard->cif, FFI_DEFAULT_ABI, WORDS, &ffi_type_void, guard->words);
    guard->entry = _thimble_closure(place, target, &guard->cif, pass_on, guard);
    return guard;
}

void *_thimble_noreturn(struct place place, const struct target *target,
                        void (*replacement)(void)) {
    pthread_mutex_lock(&lock);
    struct guard *guard = find(replacement, target->name);
    pthread_mutex_unlock(&lock);
    if (!guard) {
        guard = make(place, target, replacement);
        pthread_mutex_lock(&lock);
        guard->next = guards;
        guards = guard;
        pthread_mutex_unlock(&lock);
    }
    guard->place = place;
    return guard->entry;
}
