#include "real.h"

#include "address.h"
#include "memory.h"
#include "seams.h"
#include <string.h>
#include <thimble/patch.h>

/* What a unit says of a function, at one of several places. */
struct knowledge {
    bool internal, defined;
    const char *file;
    void (*address)(void);
};

static struct knowledge look_it_up(const char *identity) {
    struct knowledge known = {.file = ""};
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count && !known.address; i++) {
            const struct thimble_function *function = &unit->functions[i];
            if (strcmp(_thimble_string(unit, function->identity), identity) != 0)
                continue;
            known.internal |= (function->flags & THIMBLE_INTERNAL) != 0;
            known.file = _thimble_string(unit, function->file);
            if (function->symbol != THIMBLE_NONE)
                known.address = (void (*)(void))(uintptr_t)_thimble_symbol(unit, function->symbol);
        }
    return known;
}

static void __attribute__((noreturn))
fail_static(struct place place, const struct target *target, const struct knowledge *known) {
    _thimble_fail_target(place, target->text,
                         "where %s is, only its own file knows: it is static in %s\n"
                         "  compile that file with -O0 (an optimized one tells only where all that "
                         "the function uses "
                         "is in that file\n"
                         "  or in the system's libraries), or name it without quotes in a file "
                         "that holds or includes it",
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
