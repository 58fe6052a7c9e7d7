#include "real.h"

#include "../base/arena.h"
#include "address.h"
#include "memory.h"
#include "seams.h"
#include <stdatomic.h>
#include <string.h>
#include <thimble/patch.h>

/* What a unit says of a function, at one of several places. */
struct knowledge {
    bool internal;
    bool told; /* a call that goes elsewhere tells */
    const char *file;
    void (*address)(void);
};

/* ---- What calls tell ---- */

static const void *_Atomic *new_places(struct unit *unit) {
    const void *_Atomic *places =
        _thimble_alloc(&_thimble_arena, unit->function_count * sizeof *places);
    const void *_Atomic *before = NULL;
    return atomic_compare_exchange_strong(&unit->places, &before, places) ? places : before;
}

THIMBLE_API void thimble_function_at(const struct thimble_unit *object, uint32_t function,
                                     const void *address) {
    struct unit *unit = object->state;
    if (!unit || function >= unit->function_count)
        return;
    const void *_Atomic *places = atomic_load_explicit(&unit->places, memory_order_acquire);
    if (!places)
        places = new_places(unit);
    atomic_store_explicit(&places[function], address, memory_order_relaxed);
}

static void (*place_in(const struct unit *unit, uint32_t function))(void) {
    const void *_Atomic *places = atomic_load_explicit(&unit->places, memory_order_acquire);
    const void *place =
        places ? atomic_load_explicit(&places[function], memory_order_relaxed) : NULL;
    return (void (*)(void))(uintptr_t)place;
}

/* ---- What the units know ---- */

static struct knowledge look_it_up(const char *identity) {
    struct knowledge known = {.file = ""};
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count && !known.address; i++) {
            const struct thimble_function *function = &unit->functions[i];
            if (strcmp(_thimble_string(unit, function->identity), identity) != 0)
                continue;
            known.internal |= (function->flags & THIMBLE_INTERNAL) != 0;
            known.told |= (function->flags & THIMBLE_TELLS) != 0;
            known.file = _thimble_string(unit, function->file);
            if (function->symbol != THIMBLE_NONE)
                known.address = (void (*)(void))(uintptr_t)_thimble_symbol(unit, function->symbol);
            else
                known.address = place_in(unit, i);
        }
    return known;
}

static void __attribute__((noreturn))
fail_static(struct place place, const struct target *target, const struct knowledge *known) {
    _thimble_fail_target(
        place, target->text,
        "where %s is, only the code that can name it knows: it is static in %s\n"
        "  in a file that includes or holds it, name it without quotes; elsewhere compile it with "
        "-O0, or ask behind\n"
        "  a call of it that went to a replacement",
        target->name, known->file);
}

static void (*where_is(struct place place, const struct target *target))(void) {
    struct knowledge known = look_it_up(target->identity);
    if (!known.address && known.internal)
        fail_static(place, target, &known);
    if (!known.address && strcmp(target->identity, "main") == 0)
        known.address = _thimble_address_of("program_main");
    if (!known.address)
        known.address = _thimble_address_of(target->identity);
    if (!known.address)
        _thimble_fail_target(
            place, target->text,
            "the program's symbols do not say where %s is, or nothing of it is left\n"
            "  where a declaration is in sight, name it without quotes: %s(%s)",
            target->name, strcmp(place.verb, "real_as") ? place.verb : "real", target->name);
    return known.address;
}

static void (*stood_there(struct place place, const struct target *target))(void) {
    void *value = _thimble_value_before(target->pointer);
    if (!value)
        _thimble_fail_target(place, target->text,
                             "it was a null pointer: there is no real function");
    return (void (*)(void))(uintptr_t)value;
}

void (*_thimble_real(struct place place, const struct target *target, void (*known)(void)))(void) {
    if (target->pointer)
        return stood_there(place, target);
    return known ? known : where_is(place, target);
}

void (*_thimble_real_later(struct place place, const struct target *target,
                           void (*known)(void)))(void) {
    bool told = !target->pointer && !known && look_it_up(target->identity).told;
    return told ? _thimble_told_address(target->identity) : _thimble_real(place, target, known);
}

void (*_thimble_told_address(const char *identity))(void) {
    return look_it_up(identity).address;
}

/* The macro puts a string into parentheses. */
static const char *without_parentheses(const char *text) {
    size_t length = strlen(text);
    if (length < 2 || text[0] != '(' || text[length - 1] != ')')
        return text;
    char *bare = _thimble_test_alloc(length - 1);
    memcpy(bare, text + 1, length - 2);
    bare[length - 2] = '\0';
    return bare;
}

void (*thimble_real_at(const char *file, int line, struct thimble_name f,
                       struct thimble_replacement like))(void) {
    if (like.function)
        return like.function;
    bool by_string = f.ref.kind != THIMBLE_REF_FUNCTION && f.ref.kind != THIMBLE_REF_TYPE;
    struct place place = {file, line, by_string ? "real_as" : "real"};
    if (by_string)
        f.text = without_parentheses(f.text);
    struct target target = _thimble_target(place, f);
    _thimble_must_agree(place, &target, like.type, "the function that it is to be like");
    return _thimble_real(place, &target, NULL);
}
