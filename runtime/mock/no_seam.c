/* Why calls of a function cannot be replaced, and what to do about it. */
#include "../check/check.h"
#include "home.h"
#include <string.h>

/* What all units say of a function together. */
struct account {
    uint32_t flags;
    const char *file; /* null where no unit knows it */
    uint32_t line;
};

static struct account account_of(const char *identity) {
    struct account account = {.file = NULL};
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count; i++) {
            const struct thimble_function *function = &unit->functions[i];
            if (strcmp(_thimble_string(unit, function->identity), identity) != 0)
                continue;
            account.flags |= function->flags;
            if (account.file && !(function->flags & THIMBLE_DEFINED))
                continue;
            account.file = _thimble_string(unit, function->file);
            account.line = function->line;
        }
    return account;
}

static void put_system(struct text *what, const char *name) {
    _thimble_printf(what,
                    "no file compiled with the plugin calls the library's %s through a seam\n"
                    "  compile the code that calls it with -fplugin=thimble.so; where the "
                    "compiler knows %s as a pure built-in\n"
                    "  (memcpy, strlen, sqrt), add -fplugin-arg-thimble-seam-builtin=%s",
                    name, name, name);
}

static void put_own(struct text *what, const char *name, const struct account *account) {
    _thimble_printf(what, "no file compiled with the plugin calls %s (%s%s:%u)\n", name,
                    account->flags & THIMBLE_INTERNAL ? "static, " : "",
                    account->file ? account->file : "?", account->line);
    _thimble_printf(what,
                    "  compile the code that calls it with -fplugin=thimble.so, and without "
                    "seams=off%s",
                    account->flags & THIMBLE_DEFINED ? " or seams=extern" : "");
    _thimble_puts(what, "\n  where it is called through a pointer only, replace the pointer");
}

void _thimble_fail_no_seam(struct place place, const struct target *target) {
    if (target->pointer)
        _thimble_fail_unwritable(place, target->text, target->pointer, "pointer");
    struct account account = account_of(target->identity);
    struct text what = _thimble_growing_text();
    _thimble_printf(&what,
                    *place.verb ? "%s(%s): no call in this program can be replaced: "
                                : "%s%s: no call in this program can be replaced: ",
                    place.verb, target->text);
    if (account.flags & THIMBLE_SYSTEM)
        put_system(&what, target->name);
    else
        put_own(&what, target->name, &account);
    _thimble_put_near(&what, target->name);
    _thimble_fail_text(place.file, place.line, &what);
}

/* ---- patch_in ---- */

static bool calls(const struct unit *unit, const struct target *target) {
    uint32_t at = 0;
    void **slot;
    return _thimble_next_slot(unit, target->identity, &at, &slot);
}

static bool is_file(const char *source) {
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        if (_thimble_path_matches(unit->file, source))
            return true;
    return false;
}

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void put_near_files(struct text *out, const char *source) {
    struct near near = {.count = 0};
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next) {
        if (!strcmp(last_part(unit->file), last_part(source)))
            _thimble_near_add(&near, unit->file, 0);
        _thimble_near_consider(&near, last_part(source), last_part(unit->file));
    }
    _thimble_put_near_names(out, &near);
}

/* The first behind `before` in the alphabet: units come in any order. */
static const char *next_caller(const struct target *target, const char *before) {
    const char *next = NULL;
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        if (strcmp(unit->file, before) > 0 && (!next || strcmp(unit->file, next) < 0) &&
            calls(unit, target))
            next = unit->file;
    return next;
}

void _thimble_put_callers(struct text *out, const char *before, const struct target *target) {
    enum { MOST = 8 };
    int count = 0;
    for (const char *file = ""; (file = next_caller(target, file)); count++)
        if (count < MOST)
            _thimble_printf(out, "%s%s", count ? ", " : before, file);
    if (count > MOST)
        _thimble_printf(out, " and %d more", count - MOST);
}

static void put_near_callees(struct text *out, const char *source, const char *name) {
    struct near near = {.count = 0};
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        for (uint32_t i = 0; i < unit->function_count; i++)
            if (unit->functions[i].slot != THIMBLE_NONE &&
                _thimble_path_matches(unit->file, source))
                _thimble_near_consider(&near, name, _thimble_string(unit, unit->functions[i].name));
    _thimble_put_near_names(out, &near);
}

void _thimble_fail_not_called_from(struct place place, const struct target *target,
                                   const char *source) {
    bool anywhere = false;
    struct text what = _thimble_growing_text();
    for (const struct unit *unit = _thimble_units(); unit; unit = unit->next)
        anywhere |= calls(unit, target);
    if (!anywhere)
        _thimble_fail_no_seam(place, target);
    _thimble_printf(&what, "%s(\"%s\", %s): ", place.verb, source, target->text);
    if (!is_file(source)) {
        _thimble_puts(&what, "no source file of that name was compiled with the plugin");
        put_near_files(&what, source);
    } else {
        _thimble_printf(&what, "no call of %s in that file can be replaced", target->name);
        put_near_callees(&what, source, target->name);
    }
    _thimble_put_callers(&what, "\n  it is called from: ", target);
    _thimble_fail_text(place.file, place.line, &what);
}
