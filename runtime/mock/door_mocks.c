/* What a debugger asks about mocks and patches, and the patch that it makes. */
#include "../base/maps.h"
#include "../base/symbols.h"
#include "../check/check.h"
#include "../check/errors.h"
#include "../check/running.h"
#include "../debug/answer.h"
#include "../repr/repr.h"
#include "explain.h"
#include "memory.h"
#include "patch.h"
#include <string.h>

static const char from_debugger[] = "the debugger";

/* The mock whose replacement it is, or null. */
static const struct mock *mock_of(const struct replacement *replacement) {
    const struct mock *mock = NULL;
    while ((mock = _thimble_next_mock(mock)) && &mock->replacement != replacement)
        continue;
    return mock;
}

static void must_be_free(void) {
    _thimble_must_be_free(&_thimble_mocks_lock);
    _thimble_must_be_free(&_thimble_seams_lock);
    _thimble_must_be_free(&_thimble_names_lock);
    _thimble_must_be_free(&_thimble_registry_lock);
}

const char *_thimble_seam_state(const char *identity) {
    _thimble_must_be_free(&_thimble_mocks_lock);
    _thimble_must_be_free(&_thimble_seams_lock);
    for (const struct replacement *at = _thimble_replacements(); at; at = at->older)
        if (at->identity && strcmp(at->identity, identity) == 0)
            return mock_of(at) ? "mocked" : "patched";
    return NULL;
}

/* ---- What they do ---- */

static void put_function(struct text *out, const void *address) {
    struct symbol symbol;
    if (_thimble_find_symbol(address, &symbol) && symbol.is_function)
        _thimble_puts(out, symbol.name);
    else
        _thimble_printf(out, "0x%zx", (size_t)(uintptr_t)address);
}

static void put_values(struct text *out, const struct mock *mock, const struct answer *answer) {
    enum { MOST = 5 };
    size_t next = atomic_load(answer->next), i = next;
    for (; i < answer->count && i < next + MOST; i++) {
        _thimble_puts(out, i == next ? "returns " : ", then ");
        _thimble_put_returned(out, mock, answer->values + i * _thimble_slot_size(mock->signature));
    }
    if (i < answer->count)
        _thimble_printf(out, ", then %zu more", answer->count - i);
    _thimble_puts(out, next < answer->count ? ", then fails the test"
                                            : "fails the test: all its values were returned");
}

static void put_nothing_told(struct text *out, const struct mock *mock) {
    _thimble_puts(out, mock->noreturn                       ? "fails the test"
                       : mock->signature->returned_size > 0 ? "returns zero"
                                                            : "does nothing");
}

static void put_answer(struct text *out, const struct mock *mock, const struct answer *answer) {
    switch (answer ? answer->kind : ANSWER_ZERO) {
    case ANSWER_ZERO:
        put_nothing_told(out, mock);
        break;
    case ANSWER_VALUE:
        _thimble_puts(out, "returns ");
        _thimble_put_returned(out, mock, answer->values);
        break;
    case ANSWER_VALUES:
        put_values(out, mock, answer);
        break;
    case ANSWER_EFFECT:
        _thimble_puts(out, "calls ");
        put_function(out, (const void *)(uintptr_t)answer->function);
        break;
    case ANSWER_REAL:
        _thimble_puts(out, "calls the real one");
        break;
    case ANSWER_EXIT:
        _thimble_printf(out, "calls exit(%d)", answer->status);
        break;
    case ANSWER_ABORT:
        _thimble_puts(out, "aborts");
        break;
    }
    if (answer && answer->error) {
        _thimble_puts(out, " with ");
        _thimble_put_error_name(out, answer->error);
    }
    for (const struct set *set = answer ? answer->sets : NULL; set; set = set->next)
        _thimble_printf(out, ", sets %s to %s", set->name, set->value.text);
}

static void put_place(struct text *out, const struct place *place) {
    if (place->file == from_debugger)
        _thimble_printf(out, "; %s in the debugger", place->verb);
    else
        _thimble_printf(out, "; %s at %s:%d", place->verb, _thimble_plain_path(place->file),
                        place->line);
}

static void put_mock(struct text *out, const struct mock *mock) {
    const struct answer *answer = atomic_load(&mock->answer);
    size_t count = _thimble_call_count(&mock->calls);
    put_answer(out, mock, answer);
    if (count > 1)
        _thimble_printf(out, "; called %zu times", count);
    else
        _thimble_puts(out, count ? "; called once" : "; not called");
    put_place(out, answer ? &answer->place : &mock->place);
}

/* Whether a newer one has taken all its calls over. */
static bool is_hidden(const struct replacement *replacement) {
    const struct replacement *at = _thimble_replacements();
    for (; at != replacement; at = at->older)
        if (at->identity == replacement->identity && at->pointer == replacement->pointer &&
            !at->source)
            return true;
    return false;
}

void _thimble_answer_mocks(struct text *out, const char *const *arguments) {
    (void)arguments;
    must_be_free();
    const struct replacement *at = _thimble_replacements();
    if (!at)
        _thimble_puts(out, "no mocks");
    for (; at; at = at->older) {
        const struct mock *mock = mock_of(at);
        _thimble_printf(out, "%s%s ", out->length ? "\n" : "", at->name);
        if (at->source)
            _thimble_printf(out, "in %s ", at->source);
        if (mock) {
            put_mock(out, mock);
        } else {
            _thimble_puts(out, "calls ");
            put_function(out, at->told);
            put_place(out, &at->place);
        }
        if (is_hidden(at))
            _thimble_puts(out, "; hidden by the one above");
    }
}

/* ---- calls ---- */

static struct target target_of(const char *function) {
    const struct place place = {from_debugger, 0, ""};
    const char *text = _thimble_intern(function);
    return _thimble_target(place,
                           (struct thimble_name){.operand = (void *)(uintptr_t)text, .text = text});
}

static void __attribute__((noreturn)) refuse_unmocked(const char *name) {
    struct text why = _thimble_growing_text();
    const struct mock *mock = NULL;
    _thimble_printf(&why, "%s is not mocked: nobody records its calls", name);
    for (int i = 0; (mock = _thimble_next_mock(mock)); i++)
        _thimble_printf(&why, "%s%s", i ? ", " : "\n  mocked are: ", mock->name);
    _thimble_refuse(&why);
}

/* Of a pointer there may be only this name. */
static const struct mock *find_mock(const char *function) {
    const struct mock *mock = NULL, *named = NULL;
    bool several = false;
    while ((mock = _thimble_next_mock(mock)))
        if (strcmp(mock->name, function) == 0) {
            several |= named != NULL;
            named = mock;
        }
    if (named && !several)
        return named;
    struct target target = target_of(function);
    while ((mock = _thimble_next_mock(mock)) && mock->identity != target.identity)
        continue;
    if (!mock)
        refuse_unmocked(target.name);
    return mock;
}

void _thimble_answer_calls(struct text *out, const char *const *arguments) {
    must_be_free();
    const struct mock *mock = find_mock(arguments[0]);
    _thimble_puts(out, mock->name);
    _thimble_put_calls(out, mock);
}

/* ---- patch ---- */

/* What the units say of the replacement's type: by its address, or by its name where one
 * function has that. */
static struct thimble_ref type_of(uintptr_t address, const char *name) {
    struct thimble_ref found = {.kind = THIMBLE_REF_NONE};
    const char *identity = NULL;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count; i++) {
            const struct thimble_function *function = &unit->functions[i];
            const struct thimble_ref type = {unit->object, function->type, THIMBLE_REF_TYPE};
            const char *own = _thimble_string(unit, function->identity);
            if (function->symbol != THIMBLE_NONE &&
                (uintptr_t)_thimble_symbol(unit, function->symbol) == address)
                return type;
            if (!(function->flags & THIMBLE_DEFINED) ||
                strcmp(_thimble_string(unit, function->name), name) != 0)
                continue;
            found = identity && strcmp(identity, own) != 0 ? (struct thimble_ref){0} : type;
            identity = identity ? identity : own;
        }
    return found;
}

static void must_be_code(uintptr_t address) {
    static struct maps maps;
    struct map_line map;
    bool found = !_thimble_open_maps(&maps);
    if (found)
        return;
    while (!found && _thimble_next_map(&maps, &map))
        found = map.executable && address >= map.start && address < map.end;
    _thimble_close_maps(&maps);
    if (!found)
        _thimble_refuse_with("there is no function at 0x%zx", (size_t)address);
}

static void undo(struct text *out, const struct target *target) {
    const struct replacement *at = _thimble_replacements();
    while (at && (at->identity != target->identity || at->place.file != from_debugger))
        at = at->older;
    if (!at)
        _thimble_refuse_with("%s was not patched in the debugger", target->name);
    _thimble_restore((struct replacement *)(uintptr_t)at, NULL);
    const char *state = _thimble_seam_state(target->identity);
    _thimble_printf(out, "%s is as it was%s%s", target->name, state ? ": " : "",
                    state ? state : "");
}

void _thimble_answer_patch(struct text *out, const char *const *arguments) {
    uintptr_t address = strcmp(arguments[1], "0") ? _thimble_asked_number(arguments[1]) : 0;
    must_be_free();
    struct target target = target_of(arguments[0]);
    if (!address) {
        undo(out, &target);
        return;
    }
    if (!_thimble_is_in_test())
        _thimble_refuse_with("no test is running, at whose end the patch would end");
    must_be_code(address);
    struct place place = {from_debugger, 0, ""};
    _thimble_must_agree(place, &target, type_of(address, arguments[2]), "the replacement");
    place.verb = "patch";
    _thimble_patch_with(place, &target, (void (*)(void))address);
    _thimble_put_callers(out, "", &target);
    _thimble_printf(out, ": %s now calls ", target.name);
    if (*arguments[2])
        _thimble_puts(out, arguments[2]);
    else
        put_function(out, (const void *)address);
    _thimble_puts(out, ", until the test ends");
}
