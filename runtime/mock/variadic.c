/* A call of a variadic function, or of one without a prototype, tells in front of it what it
 * passes. Its mock receives words and reads them by that. */
#include "variadic.h"

#include "../base/arena.h"
#include "../check/check.h"
#include "../repr/number.h"
#include "eightbytes.h"
#include "mocks.h"
#include <errno.h>
#include <string.h>
#include <thimble/base.h>

/* ---- Words as arguments, by the x86-64 convention ---- */

#ifdef __x86_64__

struct reading {
    const struct unit *unit;
    struct registers left;
    uint64_t *integers, *reals, *stack; /* the next of each */
    uint64_t *stack_start;
};

static void *from_registers(struct reading *reading, uint32_t type, char pair[16]) {
    enum register_kind kinds[MOST_EIGHTBYTES];
    size_t count = _thimble_take_registers(&reading->left, reading->unit, type, kinds);
    for (size_t i = 0; i < count; i++) {
        const uint64_t *word =
            kinds[i] == REGISTER_INTEGER ? reading->integers++ : reading->reals++;
        memcpy(pair + i * 8, word, 8);
    }
    return count ? pair : NULL;
}

static void *from_stack(struct reading *reading, uint32_t index) {
    const struct thimble_type *type = _thimble_bare_type(reading->unit, index);
    size_t at = (size_t)(reading->stack - reading->stack_start);
    size_t size = type ? (size_t)(type->size + 7) / 8 : 1;
    if (type && type->align > 8)
        at = (at + 1) / 2 * 2;
    if (size > STACK_WORDS || at > STACK_WORDS - size)
        return NULL;
    reading->stack = reading->stack_start + at + size;
    return reading->stack_start + at;
}

bool _thimble_decode(struct decoded *decoded, const struct signature *signature,
                     const struct words_interface *interface, struct words *words) {
    struct reading reading = {
        .unit = signature->unit,
        .integers = words->words,
        .reals = words->words + interface->integers,
        .left = {interface->integers, REAL_REGISTERS},
    };
    reading.stack = reading.stack_start = reading.reals + REAL_REGISTERS;
    for (size_t i = 0; i < signature->count; i++) {
        uint32_t type = signature->parameters[i].type;
        if (i == MOST_ARGUMENTS)
            return false;
        decoded->arguments[i] = from_registers(&reading, type, decoded->pairs[i]);
        if (!decoded->arguments[i])
            decoded->arguments[i] = from_stack(&reading, type);
        if (!decoded->arguments[i])
            return false;
    }
    return true;
}

#else

bool _thimble_decode(struct decoded *decoded, const struct signature *signature,
                     const struct words_interface *interface, struct words *words) {
    (void)decoded, (void)signature, (void)interface, (void)words;
    return false;
}

#endif

/* ---- The signatures of calls ---- */

enum { BUCKETS = 64 };

struct known {
    struct known *next;
    const struct unit *unit;
    uint32_t type;
    const struct signature *signature; /* or */
    const char *why;
};

static struct known *_Atomic buckets[BUCKETS];

static const struct known *find(const struct known *known, const struct unit *unit, uint32_t type) {
    while (known && (known->unit != unit || known->type != type))
        known = known->next;
    return known;
}

/* Two threads may make the same one. */
static const struct known *make(struct known *_Atomic *bucket, const struct unit *unit,
                                uint32_t type) {
    struct text why = _thimble_growing_text();
    struct known *known = _thimble_alloc(&_thimble_arena, sizeof *known);
    struct signature *signature = _thimble_signature(unit, type, &why);
    known->unit = unit;
    known->type = type;
    known->signature = signature;
    known->why = why.data;
    known->next = atomic_load(bucket);
    while (!atomic_compare_exchange_weak(bucket, &known->next, known))
        continue;
    return known;
}

/* A unit's own struct stays when it leaves, and is no other's later. */
const struct signature *_thimble_call_signature(const struct unit *unit, uint32_t type,
                                                const char **why) {
    struct known *_Atomic *bucket = &buckets[((uintptr_t)unit / 64 + type) % BUCKETS];
    const struct known *known = find(atomic_load(bucket), unit, type);
    if (!known)
        known = make(bucket, unit, type);
    *why = known->why;
    return known->signature;
}

/* ---- A call ---- */

/* What the next call passes, if it goes to that replacement. */
static __thread struct {
    const struct thimble_unit *unit;
    uint32_t type;
    const void *replacement;
} told;

THIMBLE_API void thimble_variadic(const struct thimble_unit *unit, uint32_t type,
                                  const void *replacement) {
    told.unit = unit;
    told.type = type;
    told.replacement = replacement;
}

/* The mock's own, of the parameters that all calls have, where the call told nothing: one that
 * was made through a pointer. */
static const struct signature *signature_of(const struct mock *mock) {
    const char *why;
    if (told.replacement != mock->entry)
        return mock->signature;
    told.replacement = NULL;
    const struct unit *unit = told.unit->state;
    const struct signature *signature =
        unit ? _thimble_call_signature(unit, told.type, &why) : mock->signature;
    if (!signature)
        _thimble_fail_called(mock->place.file, mock->place.line,
                             "%s(%s): %s was called in a way that its mock cannot receive: %s\n"
                             "  patch works there too",
                             mock->place.verb, mock->name, mock->name, why);
    return signature;
}

static void __attribute__((noreturn)) fail_too_many(const struct mock *mock) {
    _thimble_fail_called(mock->place.file, mock->place.line,
                         "%s(%s): %s was called with more than its mock can receive: %d words "
                         "on the stack\n  patch works there too",
                         mock->place.verb, mock->name, mock->name, STACK_WORDS);
}

void _thimble_called_with_words(ffi_cif *cif, void *returned, void **arguments, void *data) {
    struct mock *mock = data;
    struct words words;
    struct decoded decoded;
    int saved = errno;
    const struct signature *signature = signature_of(mock);
    _thimble_copy_words(&words, mock->words, arguments);
    if (!_thimble_decode(&decoded, signature, mock->words, &words))
        fail_too_many(mock);
    errno = saved;
    const struct invocation invocation = {signature, decoded.arguments, cif, words.pointers,
                                          returned};
    _thimble_called(mock, &invocation);
}
