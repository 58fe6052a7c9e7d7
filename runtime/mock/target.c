#include "target.h"

#include "../base/peek.h"
#include "../check/check.h"
#include "../repr/number.h"
#include "../repr/repr.h"
#include "memory.h"
#include "signature.h"
#include <string.h>

void _thimble_fail_target(struct place place, const char *text, const char *format, ...) {
    struct text what = _thimble_growing_text();
    va_list arguments;
    va_start(arguments, format);
    _thimble_printf(&what, *place.verb ? "%s(%s): " : "%s%s: ", place.verb, text);
    _thimble_vprintf(&what, format, arguments);
    va_end(arguments);
    _thimble_fail_text(place.file, place.line, &what);
}

/* ---- Descriptions of one function, of which any unit may hold some ---- */

static bool is_of(const struct unit *unit, const struct thimble_function *function,
                  const char *identity) {
    return !strcmp(_thimble_string(unit, function->identity), identity);
}

bool _thimble_next_slot(const struct unit *unit, const char *identity, uint32_t *at, void ***slot) {
    while (*at < unit->function_count) {
        const struct thimble_function *function = &unit->functions[(*at)++];
        if (function->slot == THIMBLE_NONE || !is_of(unit, function, identity))
            continue;
        *slot = &unit->object->slots[function->slot];
        return true;
    }
    return false;
}

/* Mocks need all types complete, checks want arguments counted and named. */
static int worth(const struct unit *unit, const struct thimble_function *function) {
    const struct thimble_type *type = _thimble_bare_type(unit, function->type);
    const struct thimble_member *first = type ? _thimble_member(unit, type, 0) : NULL;
    bool prototyped = type && !(type->flags & THIMBLE_UNPROTOTYPED);
    bool named = first && *_thimble_string(unit, first->name);
    return 1 + 4 * _thimble_signature_is_complete(unit, function->type) + 2 * prototyped + named;
}

static void consider(struct target *target, const struct unit *unit, int *best) {
    for (uint32_t i = 0; i < unit->function_count; i++) {
        const struct thimble_function *function = &unit->functions[i];
        if (!is_of(unit, function, target->identity))
            continue;
        target->noreturn |= (function->flags & THIMBLE_NORETURN) != 0;
        int value = worth(unit, function);
        if (value <= *best)
            continue;
        *best = value;
        target->unit = unit;
        target->type = function->type;
    }
}

bool _thimble_describe_target(struct target *target, const struct unit *without) {
    const struct unit *own = target->unit;
    int best = 0;
    if (own && own != without) /* first, so that it wins among equals */
        consider(target, own, &best);
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        if (unit != own && unit != without)
            consider(target, unit, &best);
    return best > 0;
}

/* ---- Names in strings: "name" and "file.c:name" ---- */

struct spelled {
    char file[256]; /* "" for any */
    char name[256];
};

static struct spelled split(struct place place, const struct thimble_name *f) {
    struct spelled spelled = {"", ""};
    char bytes[512];
    int ended;
    ptrdiff_t length = _thimble_peek_string(bytes, f->operand, sizeof bytes, &ended);
    const char *colon = length > 0 ? strrchr(bytes, ':') : NULL;
    const char *name = colon ? colon + 1 : bytes;
    size_t file_length = colon ? (size_t)(colon - bytes) : 0;
    if (length <= 0 || !ended || !*name || strlen(name) >= sizeof spelled.name ||
        file_length >= sizeof spelled.file)
        _thimble_fail_target(place, f->text,
                             "a name in a string is \"function\" or \"file.c:function\"");
    memcpy(spelled.file, bytes, file_length);
    memcpy(spelled.name, name, strlen(name) + 1);
    return spelled;
}

static bool is_spelled(const struct unit *unit, const struct thimble_function *function,
                       const struct spelled *spelled) {
    return !strcmp(_thimble_string(unit, function->name), spelled->name) &&
           (!spelled->file[0] ||
            _thimble_path_matches(_thimble_string(unit, function->file), spelled->file));
}

struct search {
    const struct unit *unit;
    const struct thimble_function *found;
    bool several;
    struct text candidates;
};

static void add_candidate(struct search *search, const struct unit *unit,
                          const struct thimble_function *function) {
    _thimble_printf(&search->candidates, "\n  \"%s:%s\", line %u",
                    _thimble_string(unit, function->file), _thimble_string(unit, function->name),
                    function->line);
}

/* Whether an earlier description was of the same function. */
static bool is_known(const struct unit *unit, const struct thimble_function *function,
                     const struct spelled *spelled) {
    const char *identity = _thimble_string(unit, function->identity);
    for (const struct unit *other = _thimble_units(); other; other = other->next)
        for (uint32_t i = 0; i < other->function_count; i++) {
            const struct thimble_function *earlier = &other->functions[i];
            if (earlier == function)
                return false;
            if (is_spelled(other, earlier, spelled) && is_of(other, earlier, identity))
                return true;
        }
    return false;
}

static struct search find_spelled(const struct spelled *spelled) {
    struct search search = {.candidates = _thimble_growing_text()};
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count; i++) {
            const struct thimble_function *function = &unit->functions[i];
            if (!is_spelled(unit, function, spelled) || is_known(unit, function, spelled))
                continue;
            add_candidate(&search, unit, function);
            search.several = search.found != NULL;
            if (!search.found) {
                search.unit = unit;
                search.found = function;
            }
        }
    return search;
}

/* The same name in other files than the one that was asked for. */
static void fail_unknown(struct place place, const struct thimble_name *f,
                         const struct spelled *spelled) {
    struct spelled anywhere = *spelled;
    anywhere.file[0] = '\0';
    struct search search = find_spelled(&anywhere);
    struct text near = _thimble_growing_text();
    _thimble_put_near(&near, spelled->name);
    if (search.found)
        _thimble_fail_target(place, f->text, "no function of that name in %s; there is%s",
                             spelled->file, search.candidates.data);
    _thimble_fail_target(place, f->text,
                         "no function of that name in any file compiled with the plugin%s",
                         near.data);
}

static void find_by_string(struct place place, const struct thimble_name *f,
                           struct target *target) {
    struct spelled spelled = split(place, f);
    struct search search = find_spelled(&spelled);
    if (!search.found)
        fail_unknown(place, f, &spelled);
    if (search.several)
        _thimble_fail_target(place, f->text, "several functions have that name; say which:%s",
                             search.candidates.data);
    target->unit = search.unit;
    target->identity = _thimble_intern(_thimble_string(search.unit, search.found->identity));
    target->name = _thimble_intern(_thimble_string(search.unit, search.found->name));
}

/* ---- The other two ways to name a function ---- */

static void find_by_function(struct place place, const struct thimble_name *f,
                             struct target *target) {
    const struct thimble_function *function = _thimble_ref_function(f->ref);
    const struct unit *unit = _thimble_ref_unit(f->ref);
    if (!function)
        _thimble_fail_target(place, f->text,
                             "this file's descriptions cannot be read: compile it with the plugin "
                             "that belongs to this runtime");
    target->unit = unit;
    target->identity = _thimble_intern(_thimble_string(unit, function->identity));
    target->name = _thimble_intern(_thimble_string(unit, function->name));
}

static void find_by_pointer(struct place place, const struct thimble_name *f,
                            struct target *target) {
    const struct unit *unit = _thimble_ref_unit(f->ref);
    const struct thimble_type *type = unit ? _thimble_bare_type(unit, f->ref.index) : NULL;
    if (!type || type->kind != THIMBLE_FUNCTION)
        _thimble_fail_target(place, f->text, "this is neither a function nor a pointer to one");
    void *value;
    if (_thimble_peek(&value, f->operand, sizeof value) != sizeof value)
        _thimble_fail_target(place, f->text, "there is no memory at the pointer's address");
    target->pointer = f->operand;
    target->unit = unit;
    target->type = f->ref.index;
    target->name = _thimble_intern(f->text);
}

struct target _thimble_target(struct place place, struct thimble_name f) {
    struct target target = {.text = f.text, .type = THIMBLE_NONE};
    if (f.ref.kind == THIMBLE_REF_TYPE) {
        find_by_pointer(place, &f, &target);
        return target;
    }
    if (f.ref.kind == THIMBLE_REF_FUNCTION)
        find_by_function(place, &f, &target);
    else if (f.operand)
        find_by_string(place, &f, &target);
    else
        _thimble_fail_target(place, f.text, "the plugin does not know this function");
    _thimble_describe_target(&target, NULL);
    return target;
}
